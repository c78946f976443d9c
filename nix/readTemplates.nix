{ lib }:
/**
  The templates of the flake: the folders of `examples/`, each described by its own flake.

  # Inputs

  `src`
  : The folder that holds them.
*/
{ src }:
let
  folders = lib.filterAttrs (_: type: type == "directory") (builtins.readDir src);
in
lib.mapAttrs (name: _: {
  path = src + "/${name}";
  inherit (import (src + "/${name}/flake.nix")) description;
}) folders
