# The files outside of a package's folder that its manifest names, and that are published with it. Paths from the root.
{ lib, paths }:
{ package, src }:
let
  # What is taken from the workspace is a path from the root.
  inherited = key: lib.isAttrs (package.raw.package.${key} or null);
  named =
    key:
    let
      path = package.manifest.package.${key} or null;
    in
    if !(lib.isString path) then
      null
    else
      paths.normal (if inherited key then path else paths.join package.folder path);
  isElsewhere =
    path:
    path != null && !(package.folder != "" && paths.isIn package.folder path) && builtins.pathExists (src + "/${path}");
in
lib.filter isElsewhere (map named [ "readme" "license-file" ])
