# The table of options is that of the functions, and who gives something else is told so.
{
  functions,
  lib,
  pkgs,
}:
let
  options = functions.readOptions;
  of = name: lib.filter (option: lib.elem name option.of) options;
  # Argument to whether it may be left out.
  argumentsOf =
    name: builtins.functionArgs (import (../. + "/${name}.nix") { inherit functions lib; });
  rowsOf = name: lib.listToAttrs (map (it: lib.nameValuePair it.name (!it.isRequired)) (of name));
  # The flake gives these where callers do not.
  given = {
    mkFlake = [
      "blocks"
      "nixpkgs"
    ];
    mkPipeline = [ "blocks" ];
  };
  withoutGiven = name: row: row // lib.genAttrs given.${name} (_: true);
  recordOf = stage: change: (plain change).records.${stage}.fixture.drvAttrs;
  plain =
    change:
    functions.mkPipeline (
      {
        inherit pkgs;
        src = ./workspace;
        blocks = pkgs.jq;
      }
      // change
    );
  commandOf = stage: change: (recordOf stage change).buildPhase;
  has = infix: text: lib.hasInfix infix text;
in
{
  "the rows of options are the arguments of the functions" = {
    is = lib.genAttrs (lib.attrNames given) rowsOf;
    wants = lib.genAttrs (lib.attrNames given) (name: withoutGiven name (argumentsOf name));
  };
  "each option of the module is one of a pipeline" = {
    is = lib.subtractLists (map (it: it.name) (of "mkPipeline")) (map (it: it.name) (of "flakeModule"));
    wants = [ ];
  };
  "each type of the table is used, and each used one is known" = {
    is = lib.sort lib.lessThan (lib.unique (map (it: it.type) options));
    wants = lib.sort lib.lessThan (map (it: it.id) (lib.importTOML ../options.toml).type);
  };
  "arguments of a stage stand with the packages, and at the end what follows two dashes" = {
    is =
      map
        (
          infix:
          has infix (
            commandOf "clippy" {
              perStage.clippy.arguments = [
                "--all-features"
                "--"
                "--verbose"
              ];
            }
          )
        )
        [
          "--package blocks-workspace --all-features --all-targets"
          " -- --verbose"
        ];
    wants = [
      true
      true
    ];
  };
  "what a command has at its end stays there" = {
    is = has "-- --check --verbose" (
      commandOf "fmt" {
        perStage.fmt.arguments = [
          "--"
          "--verbose"
        ];
      }
    );
    wants = true;
  };
  "what a stage has of its own concerns no other stage" =
    let
      more = plain {
        perStage.test = {
          env.SERVER = "here";
          nativeBuildInputs = [ pkgs.zstd ];
        };
      };
      before = plain { };
      changed = lib.filter (
        id:
        map (drv: drv.drvPath) (lib.attrValues more.records.${id})
        != map (drv: drv.drvPath) (lib.attrValues before.records.${id})
      ) (lib.attrNames before.records);
      env = drv: drv.drvAttrs // drv.drvAttrs.env or { };
    in
    {
      is = {
        inherit changed;
        server = (env more.records.test.fixture).SERVER;
        hasProgram = lib.elem pkgs.zstd more.records.test.fixture.drvAttrs.nativeBuildInputs;
      };
      wants = {
        changed = [ "test" ];
        server = "here";
        hasProgram = true;
      };
    };
  "arguments that are null are as if they were not given" = {
    is =
      (plain {
        today = null;
        advisory-db = null;
      }).checks.fmt.drvPath;
    wants = (plain { }).checks.fmt.drvPath;
  };
  "what is wrong with arguments is said in words" =
    let
      flake = functions.explainArguments "mkFlake";
      pipeline = functions.explainArguments "mkPipeline";
      some = {
        inherit pkgs;
        src = ./workspace;
        blocks = pkgs.jq;
      };
    in
    {
      is = [
        (pipeline.names some)
        (pipeline.names (some // { buildInput = [ ]; }))
        (pipeline.names (some // { zzzzzzzz = [ ]; }))
        (pipeline.names (removeAttrs some [ "src" ]))
        (flake.names ./workspace)
        (flake.names [ ./workspace ])
        (pipeline.value "buildInputs" pkgs.jq)
        (pipeline.value "buildInputs" [ "jq" ])
        (pipeline.value "env" { A = [ 1 ]; })
        (pipeline.value "env" {
          A = "text";
          B = 1;
          C = pkgs.jq;
        })
        (pipeline.value "perStage" { test = [ ]; })
        (pipeline.value "perStage" { test.argument = [ ]; })
        (pipeline.value "perStage" { test.arguments = "--release"; })
        (pipeline.value "perStage" { test.arguments = [ "--release" ]; })
        (pipeline.value "src" null)
        (pipeline.value "src" 5)
        (pipeline.value "toolchain" "1.95.0")
        (pipeline.value "today" 20270131)
        (pipeline.value "pkgs" { })
        (flake.value "systems" "x86_64-linux")
        (flake.value "pipeline" { buildInputs = [ ]; })
        (flake.value "nixpkgs" pkgs.jq)
      ];
      wants = [
        null
        "mkPipeline has no argument `buildInput`; did you mean `buildInputs`?"
        "mkPipeline has no argument `zzzzzzzz`; it has ${
          lib.concatStringsSep ", " (lib.sort lib.lessThan (map (it: it.name) (of "mkPipeline")))
        }"
        "mkPipeline lacks the argument `src`, which wants a path, or an input of the flake"
        "mkFlake wants a set of arguments, such as `{ src = ./.; }`, not a path"
        "mkFlake wants a set of arguments, such as `{ src = ./.; }`, not a list with a path"
        "mkPipeline: `buildInputs` wants a list of packages, not a package"
        "mkPipeline: `buildInputs` wants a list of packages, not a list with \"jq\""
        "mkPipeline: `env` wants a set of strings, numbers, paths or packages by name, not a set of A"
        null
        "mkPipeline: `perStage` wants a set by stage of sets with `arguments`, `env` or `nativeBuildInputs`, not a set of test"
        "mkPipeline: `perStage` wants a set by stage of sets with `arguments`, `env` or `nativeBuildInputs`, not a set of test"
        "mkPipeline: `perStage` wants a set by stage of sets with `arguments`, `env` or `nativeBuildInputs`, not a set of test"
        null
        "mkPipeline: `src` wants a path, or an input of the flake, not null"
        "mkPipeline: `src` wants a path, or an input of the flake, not the number 5"
        "mkPipeline: `toolchain` wants a package, not \"1.95.0\""
        "mkPipeline: `today` wants a string, not the number 20270131"
        "mkPipeline: `pkgs` wants nixpkgs for a system, such as `nixpkgs.legacyPackages.x86_64-linux`, not an empty set"
        "mkFlake: `systems` wants a list of strings, not \"x86_64-linux\""
        "mkFlake: `pipeline` wants a function, not a set of buildInputs"
        "mkFlake: `nixpkgs` wants the flake of nixpkgs, an input, not a package"
      ];
    };
  "what is refused stops the evaluation" =
    let
      evaluates = value: (builtins.tryEval (builtins.seq value true)).success;
    in
    {
      is = map evaluates [
        (plain { }).checks.fmt.drvPath
        (plain { buildInput = [ ]; })
        (plain { name = 5; }).records.fmt.fixture.drvPath
        (plain { perStage.gone.env = { }; }).checks.fmt.drvPath
        (plain { perStage.coverage.env = { }; }).checks.fmt.drvPath
        (plain { perStage.unused-deps.arguments = [ "--fix" ]; }).checks.fmt.drvPath
        (plain { perStage.unused-deps.env.A = "1"; }).checks.fmt.drvPath
      ];
      wants = [
        true
        false
        false
        false
        false
        false
        true
      ];
    };
  "a toolchain file is read as rustup reads it" =
    let
      of = name: functions.readToolchain { src = ./toolchains + "/${name}"; };
      evaluates = name: (builtins.tryEval (builtins.deepSeq (of name) true)).success;
    in
    {
      is = {
        named = of "named";
        table = of "table";
        both = of "both";
        none = functions.readToolchain { src = ./workspaces; };
        refused = lib.filter evaluates [
          "folder"
          "several"
        ];
      };
      wants = {
        named.channel = "1.95.0";
        table = {
          channel = "nightly-2026-05-20";
          components = [ "rust-src" ];
        };
        # rustup takes the one without an ending.
        both.channel = "beta";
        none = { };
        refused = [ ];
      };
    };
}
