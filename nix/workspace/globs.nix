# The folders that a list such as workspace.members names. As for cargo, `*`, `?` and `[…]` stand
# for parts of one name, and `**` for any number of folders.
{ lib, paths }:
{ src, list }:
let
  inherit (paths) join;
  foldersIn =
    folder:
    let
      entries = builtins.readDir (if folder == "" then src else src + "/${folder}");
    in
    map (join folder) (
      lib.filter (name: entries.${name} == "directory" && name != "target" && name != ".git") (
        lib.attrNames entries
      )
    );
  isPattern = part: builtins.match ".*[*?[].*" part != null;
  toRegex =
    builtins.replaceStrings
      [
        "."
        "+"
        "("
        ")"
        "*"
        "?"
        "[!"
      ]
      [
        "\\."
        "\\+"
        "\\("
        "\\)"
        ".*"
        "."
        "[^"
      ];
  below = folder: [ folder ] ++ lib.concatMap below (foldersIn folder);

  expand =
    folder: parts:
    if parts == [ ] then
      [ folder ]
    else
      let
        part = lib.head parts;
        rest = lib.tail parts;
        fits = name: builtins.match (toRegex part) (baseNameOf name) != null;
      in
      if part == "**" then
        lib.concatMap (inner: expand inner rest) (below folder)
      else if isPattern part then
        lib.concatMap (inner: expand inner rest) (lib.filter fits (foldersIn folder))
      else
        expand (join folder part) rest;

  hasManifest = folder: builtins.pathExists (src + "/${join folder "Cargo.toml"}");
  # A pattern passes over folders without a manifest; a plain name that has none is an error of cargo.
  one =
    pattern:
    let
      path = paths.normal pattern;
      found = expand "" (lib.filter (part: part != "") (lib.splitString "/" path));
    in
    lib.filter hasManifest found;
in
lib.unique (lib.concatMap one list)
