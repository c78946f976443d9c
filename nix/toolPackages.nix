{ lib }:
/**
  The packages of tools of the table. llvm-tools are part of the toolchain.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `tools`
  : Rows of the table.
*/
{ pkgs, tools }:
lib.concatMap (
  tool:
  lib.optional (lib.elem tool.install [
    "cargo"
    "distribution"
  ]) pkgs.${tool.id}
) tools
