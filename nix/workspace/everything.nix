# The whole of a workspace, as tree.nix has a part of it, for tools that look into whatever there is: the files of the
# flake's source, so those that git knows. Nothing of it is made for cargo.
{ lib, paths }:
src:
let
  root = toString src;
  isSource =
    path: type:
    let
      base = baseNameOf path;
      inner = lib.removePrefix "${root}/" path;
      # Below the root a folder of this name is one like any other.
      isNamed = base == "target" && inner != "target";
    in
    !(paths.isState base type && !isNamed || paths.isView inner);
  everything = builtins.path {
    path = src;
    name = "everything";
    filter = isSource;
  };
in
# Files of the root: without any of them there is nothing to look into, and nothing is here. Where none is named,
# everything is.
wanted:
let
  isThere = wanted == [ ] || lib.any (file: builtins.pathExists (src + "/${file}")) wanted;
  spec = lib.optionalString isThere ".\t${everything}\n";
in
{
  inherit isThere;
  # The folder itself, for what is no tree to build in.
  source = everything;
  onlyManifests = true;
  libraries = [ ];
  allApart = false;
  copies = false;
  spec = builtins.toFile "tree" spec;
  id = "nix-${
    builtins.substring 0 32 (builtins.hashString "sha256" (builtins.unsafeDiscardStringContext spec))
  }";
  select = [ ];
}
