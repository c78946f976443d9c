# Files that a package's manifest names for those who get the package. Paths from the root.
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
  isThere = path: path != null && builtins.pathExists (src + "/${path}");
  isElsewhere = path: isThere path && !(package.folder != "" && paths.isIn package.folder path);
in
{
  # Those outside of its folder, which are published with it.
  elsewhere = lib.filter isElsewhere (
    map named [
      "readme"
      "license-file"
    ]
  );
  # That of its licence, wherever it lies.
  licences = lib.filter isThere [ (named "license-file") ];
}
