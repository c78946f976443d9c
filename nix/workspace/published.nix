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
  top = builtins.readDir (src + "/${package.folder}");
  isLinkedFile =
    name:
    let
      path = paths.join package.folder name;
    in
    # Only of a text that ends so Nix asks whether it is a folder.
    top.${name} == "symlink" && isThere path && !(builtins.pathExists "${toString src}/${path}/");
in
{
  # Those outside of its folder, which are published with it.
  elsewhere = lib.filter isElsewhere (
    map named [
      "readme"
      "license-file"
    ]
  );
  # Links beside its manifest that lead to a file, such as to the licence of the workspace. Cargo packs what they lead to,
  # which may not be here.
  links = map (paths.join package.folder) (lib.filter isLinkedFile (lib.attrNames top));
  # That of its licence, wherever it lies.
  licences = lib.filter isThere [ (named "license-file") ];
}
