{ lib }:
/**
  The options of mkFlake, mkPipeline and the module for flake-parts: the rows of options.toml, each with what its
  type wants and how a value of it is known.

  # Outputs

  A list of `name`, `of`, `type`, `wants`, `accepts` (a function of a value), `isRequired`, `default` (a text for
  people, null where it has to be given), `about`, `example` (null where there is none).
*/
let
  table = lib.importTOML ./options.toml;
  isSources = value: builtins.isPath value || lib.isString value || value ? outPath;
  isPackage = value: lib.isString (value.outPath or null) || builtins.isPath value;
  isVariable = value: lib.isString value || builtins.isInt value || isPackage value;
  allOf = accepts: value: builtins.isList value && lib.all accepts value;
  eachOf = accepts: value: builtins.isAttrs value && lib.all accepts (lib.attrValues value);
  perStage = {
    arguments = allOf lib.isString;
    env = eachOf isVariable;
    nativeBuildInputs = allOf isPackage;
  };
  accepts = {
    sources = isSources;
    string = lib.isString;
    number = builtins.isInt;
    strings = allOf lib.isString;
    package = isPackage;
    packages = allOf isPackage;
    packages-by-name = builtins.isAttrs;
    nixpkgs = value: value ? legacyPackages;
    pkgs = value: value ? stdenv;
    variables = eachOf isVariable;
    strings-by-name = eachOf lib.isString;
    set = builtins.isAttrs;
    stages = eachOf (
      stage:
      builtins.isAttrs stage
      && lib.all (name: (perStage.${name} or (_: false)) stage.${name}) (lib.attrNames stage)
    );
    function = lib.isFunction;
  };
  wants = lib.listToAttrs (map (type: lib.nameValuePair type.id type.wants) table.type);
in
map (
  row:
  {
    default = null;
    example = null;
  }
  // row
  // {
    isRequired = !(row ? default);
    accepts = accepts.${row.type};
    wants = wants.${row.type};
  }
) table.option
