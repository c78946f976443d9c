{ functions, lib }:
/**
  The module for flake-parts: `perSystem.blocks` has the options of mkPipeline, and the pipeline's outputs are those of the
  system.

  # Inputs

  `given`
  : What the flake gives where nobody says otherwise: a function of the system.

  # Example

  ```nix
  flake-parts.lib.mkFlake { inherit inputs; } {
    imports = [ inputs.blocks.flakeModules.default ];
    systems = [ "x86_64-linux" ];
    perSystem.blocks.enable = true;
  };
  ```
*/
{ given }:
let
  rows = lib.filter (option: lib.elem "flakeModule" option.of) functions.readOptions;
in
# `lib` is that of whoever has modules, which has more than a flake needs.
{
  self,
  flake-parts-lib,
  lib,
  ...
}:
let
  inherit (lib) types;
  # What is wanted, in the words that mkPipeline has for it.
  checked =
    row:
    lib.mkOptionType {
      name = row.type;
      description = row.wants;
      descriptionClass = "noun";
      check = row.accepts;
      merge = lib.mergeEqualOption;
    };
  perStage = types.submodule {
    options = {
      arguments = lib.mkOption {
        type = types.listOf types.str;
        default = [ ];
        description = "Arguments, put in where the stage's command selects packages.";
      };
      env = lib.mkOption {
        type = types.lazyAttrsOf types.raw;
        default = { };
        description = "Environment variables.";
      };
      nativeBuildInputs = lib.mkOption {
        type = types.listOf types.package;
        default = [ ];
        description = "Programs.";
      };
    };
  };
  # Where several modules say something, lists and sets have all of it.
  merging = {
    packages = types.listOf types.package;
    packages-by-name = types.lazyAttrsOf types.package;
    stages = types.lazyAttrsOf perStage;
    strings = types.listOf types.str;
    strings-by-name = types.lazyAttrsOf types.str;
    variables = types.lazyAttrsOf types.raw;
  };
  # Null stands for what is not given.
  optionOf =
    row:
    lib.nameValuePair row.name (
      lib.mkOption (
        {
          type = types.nullOr (merging.${row.type} or (checked row));
          default = null;
          description = row.about;
          defaultText = lib.literalMD (if row.default == null then "the flake itself" else row.default);
        }
        // lib.optionalAttrs (row.example != null) { example = lib.literalExpression row.example; }
      )
    );
in
{
  _file = "blocks#flakeModules.default";

  options.perSystem = flake-parts-lib.mkPerSystemOption (
    {
      config,
      pkgs,
      system,
      ...
    }:
    let
      own = config.blocks;
      # A stage without arguments is not told of any: one that takes none would refuse them.
      stages = lib.mapAttrs (_: lib.filterAttrs (_: value: value != [ ] && value != { }));
      said = lib.filterAttrs (_: value: value != null) (
        lib.genAttrs (map (row: row.name) rows) (name: own.${name})
      );
    in
    {
      options.blocks = lib.listToAttrs (map optionOf rows) // {
        enable = lib.mkEnableOption "the checks, views and dev shell of Blocks";
        pipeline = lib.mkOption {
          type = types.raw;
          readOnly = true;
          description = "What mkPipeline makes of these options.";
        };
      };
      config = lib.mkMerge [
        {
          blocks.pipeline = functions.mkPipeline (
            given system
            // {
              inherit pkgs;
              src = self;
            }
            // said
            // lib.optionalAttrs (said ? perStage) { perStage = stages said.perStage; }
          );
        }
        (lib.mkIf own.enable {
          inherit (own.pipeline) apps checks packages;
          devShells.default = lib.mkDefault own.pipeline.devShell;
          legacyPackages =
            own.pipeline.groups
            // own.pipeline.aliases
            // own.pipeline.programs
            // {
              inherit (own.pipeline) artifacts layers records;
              baseline.records = if own.pipeline.baseline == null then { } else own.pipeline.baseline.records;
            };
        })
      ];
    }
  );
}
