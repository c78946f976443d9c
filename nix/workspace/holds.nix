# Whether texts of a workspace hold a word: texts of these names at its root and in the folders of its members, and files
# by their paths from the root.
{ lib, paths }:
{ packages, src }:
{
  reads,
  texts,
  words,
}:
let
  members = lib.filter (package: package.isMember) (lib.attrValues packages);
  folders = lib.unique ([ "" ] ++ map (package: package.folder) members);
  files = lib.concatMap (folder: map (paths.join folder) texts) folders ++ reads;
  # A link would lead to what is not here, and counts as none.
  isFile =
    file:
    builtins.pathExists (src + "/${file}") && builtins.readFileType (src + "/${file}") == "regular";
  holds =
    file:
    let
      text = builtins.readFile (src + "/${file}");
    in
    lib.any (word: lib.hasInfix word text) words;
in
lib.any (file: isFile file && holds file) files
