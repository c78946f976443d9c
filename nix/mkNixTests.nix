{ functions, lib }:
/**
  The tests of the Nix functions, as a check: they run while the flake is evaluated, and a failure
  is an error of that evaluation.

  # Inputs

  `pkgs`
  : nixpkgs for the system.
*/
{ pkgs }:
pkgs.writeText "nix-tests" (import ./tests { inherit functions lib pkgs; })
