# Tests of the Nix functions, run by evaluating: the number of cases as text, or an error that lists
# the cases that failed. mkNixTests makes a check of it; alone it runs with
#   nix eval .#checks.<system>.nix-tests.drvPath
{
  functions,
  lib,
  pkgs,
}:
let
  cases =
    import ./book.nix { inherit functions lib pkgs; }
    // import ./config.nix { inherit functions lib; }
    // import ./options.nix { inherit functions lib pkgs; }
    // import ./pipeline.nix { inherit functions lib pkgs; }
    // import ./record-plan.nix { inherit functions lib; };

  show = value: if lib.isString value then value else builtins.toJSON value;
  failures = lib.filterAttrs (_: case: case.is != case.wants) cases;
  report = lib.concatStrings (
    lib.mapAttrsToList (name: case: ''

      ${name}
        wants: ${show case.wants}
        is:    ${show case.is}'') failures
  );
in
if failures == { } then
  "${toString (lib.length (lib.attrNames cases))} cases passed\n"
else
  throw "nix/tests: these cases failed:${report}"
