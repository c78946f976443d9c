# Tests of the Nix functions, run by evaluating: the number of cases as text, or an error that lists
# the cases that failed. `{ functions, lib, pkgs }` are those of the flake; on its own,
#   nix eval --impure --file nix/tests --argstr flake <this flake>
{
  flake ? toString ../..,
  inputs ? (builtins.getFlake flake).inputs,
  system ? builtins.currentSystem,
  lib ? inputs.nixpkgs.lib,
  pkgs ? inputs.nixpkgs.legacyPackages.${system},
  functions ? import ../. { inherit lib; inherit (inputs) crane rust-overlay; },
}:
let
  cases =
    import ./config.nix { inherit functions lib; }
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
