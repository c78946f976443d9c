{ functions, lib }:
/**
  The whole pipeline of a workspace.

  # Inputs

  `src`
  : The workspace: a path, or the flake itself.

  `pkgs`
  : nixpkgs for the system.

  `blocks`
  : The cargo-blocks package, which reads records.

  `name`
  : A word for derivation names (`workspace`).

  `attempts`
  : Stage id to a string; another string asks that stage again (`{ }`).

  `nativeBuildInputs`, `buildInputs`, `env`
  : What crates and tests need beside Rust: programs, C libraries, environment variables.

  `devTools`
  : What the dev shell has beside the toolchain and the stages' tools (`[ blocks ]`).

  `toolchain`
  : A toolchain with clippy, rustfmt and llvm-tools (that of rust-toolchain.toml).

  `craneLib`
  : crane for the toolchain.

  # Outputs

  `checks.<stage>`, `records.<stage>.workspace`, `layers.<layer>`, `packages.{badges,status}`,
  `devShell`, and what they were made from: `config`, `stages`, `source`, `toolchain`.
*/
{
  src,
  pkgs,
  blocks,
  name ? "workspace",
  attempts ? { },
  nativeBuildInputs ? [ ],
  buildInputs ? [ ],
  env ? { },
  devTools ? [ blocks ],
  toolchain ? functions.mkToolchain { inherit pkgs src; },
  craneLib ? functions.mkCraneLib { inherit pkgs toolchain; },
}:
let
  table = functions.readStages { };
  configFile = src + "/.github/pipeline-config.yml";
  hasConfig = builtins.pathExists configFile;
  config = functions.readConfig {
    text = if hasConfig then builtins.readFile configFile else "";
    stages = map (stage: stage.id) table.stages;
  };
  selected = lib.filter (
    stage: config.stages.${stage.id}.enabled && (stage.set == "quick" || config.full)
  ) table.stages;

  source = functions.mkSource {
    inherit src;
    without = config.badges;
  };
  cargoVendorDir = craneLib.vendorCargoDeps { src = source; };
  context = {
    inherit attempts blocks buildInputs cargoVendorDir config craneLib devTools env layers name;
    inherit nativeBuildInputs pkgs source table toolchain;
    configFile =
      if hasConfig then
        builtins.path {
          path = configFile;
          name = "pipeline-config.yml";
        }
      else
        null;
  };
  layers = lib.mapAttrs (_: layer: functions.mkLayer (context // { inherit layer; })) table.layers;
  records = lib.mapAttrs (_: stage: {
    workspace = functions.mkRecord (context // { inherit stage; });
  }) (lib.filterAttrs (_: stage: stage.record == stage.id) table.stage);
  views = context // {
    inherit records;
    stages = selected;
  };
in
{
  inherit config records source toolchain;
  stages = map (stage: stage.id) selected;
  layers = lib.filterAttrs (_: layer: layer != null) layers;
  checks = lib.listToAttrs (
    map (stage: {
      name = stage.id;
      value = functions.mkGate (views // { inherit stage; });
    }) selected
  );
  packages = {
    badges = functions.mkBadges views;
    status = functions.mkStatus views;
  };
  devShell = functions.mkDevShell context;
}
