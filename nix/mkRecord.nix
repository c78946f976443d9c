{ functions, lib }:
/**
  The record of a stage: what its tools said, whatever they said. The build fails only when there
  was no answer, after as many tries as the configuration allows. cargo-blocks has no part in it.

  # Inputs

  `stage`
  : The stage's row.

  `compared`
  : What the steps of a stage with a material compare: the material's record `now`, the folder `before` of the
    baseline's, and `sources`, which identifies both; null for others.

  `unit`
  : The members that it is of, as mkShards gives them, with their `part` of the workspace. The rest is the context
    that mkPipeline makes.
*/
{
  stage,
  unit,
  artifactsOf,
  attempts,
  compared,
  config,
  database,
  env,
  interface,
  name,
  pkgs,
  table,
  versions,
  workspace,
  ...
}@context:
let
  # The members that it asks: all, or those that depend on certain crates.
  depends =
    name:
    lib.any (
      edge: lib.elem edge.package stage.depends_on
    ) context.workspace.packages.${name}.dependencies;
  # Where no text has what the stage looks for, there is nobody to ask.
  isIdle =
    stage.marked != [ ]
    && !(workspace.holds {
      inherit (stage) reads texts;
      words = stage.marked;
    });
  asked =
    if isIdle then
      [ ]
    else if stage.depends_on == [ ] then
      unit.members
    else
      lib.filter depends unit.members;
  tree =
    if stage.everything then
      workspace.everything stage.tools_where
    else
      unit.part {
        inherit asked;
        inherit (stage) packaged reads texts;
        withoutTests = stage.without_tests;
        onlyManifests = stage.layer == "none";
        inherit (table.layers.${stage.layer}) apart;
      };
  # Without anything to look into, tools are not needed.
  ids = lib.optionals (tree.isThere or true) stage.tools;
  packages = functions.toolPackages {
    inherit pkgs;
    tools = map (id: table.tools.${id}) ids;
  };
  used = functions.toolchainOf {
    inherit context;
    tools = ids;
  };
  # What is known before the tools run; record.sh adds the rest.
  known = {
    schema = 1;
    stage = stage.id;
    unit = unit.name;
    # Of files, whosoever's they are, is what has no list of members.
    members = lib.optionals (!stage.everything) unit.members;
    sources =
      if compared == null then
        tree.id
      else
        "nix-${builtins.hashString "sha256" "${tree.id} ${compared.sources}"}";
    attempt = attempts.${stage.id} or "";
    toolchain.tools = lib.listToAttrs (
      map (package: {
        name = lib.getName package;
        value = lib.getVersion package;
      }) (packages ++ lib.optional (used.id != null) used.toolchain)
    );
  };
in
if asked == [ ] then
  functions.mkIdleRecord {
    inherit
      name
      pkgs
      stage
      unit
      ;
  }
else
  functions.mkTreeDerivation {
    inherit tree;
    context = context // {
      nativeBuildInputs = context.nativeBuildInputs ++ (stage.given or { }).nativeBuildInputs or [ ];
    };
    inherit (stage) compiler crates;
    tools = ids;
    layer = table.layers.${stage.layer};
    # Of what could be built next, Nix takes the first by name. Artifacts come before records, layers that
    # compile much before those that compile little, and what takes longest before what fits beside it.
    pname = "${name}-${stage.layer}-${
      if stage.longest then "long-record" else "record"
    }-${stage.id}-${unit.name}";
    inherit (artifactsOf stage.layer (lib.optionals stage.own_library unit.members ++ unit.needs))
      artifacts
      treeLayer
      ;
    env =
      env
      # Of a material nobody gives more.
      // (stage.given or { }).env or { }
      // functions.mkRecordEnv {
        inherit
          compared
          config
          database
          known
          stage
          versions
          ;
      };
    build = ''
      source ${./record.sh}
      ${functions.mkRecordPlan {
        inherit stage;
        inherit (tree) select;
        inherit (unit) shard;
        features = functions.mkFeatureWords {
          inherit interface workspace;
          inherit (unit) members;
        };
      }}
      record_make "$out"
    '';
    # cargo-blocks asks for it when it collects records.
    passthru = { inherit (known) sources stage; };
  }
