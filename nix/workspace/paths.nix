# Paths inside of a workspace, as texts without a leading or trailing slash; the root is "".
{ lib }:
rec {
  join = folder: name: if folder == "" then name else "${folder}/${name}";

  # `a/./b/../c` → `a/c`. null for a path that leaves the root.
  normal =
    path:
    let
      step =
        done: part:
        if done == null then
          null
        else if part == "" || part == "." then
          done
        else if part != ".." then
          done ++ [ part ]
        else if done == [ ] then
          null
        else
          lib.init done;
      parts = builtins.foldl' step [ ] (lib.splitString "/" path);
    in
    if parts == null then null else lib.concatStringsSep "/" parts;

  # Whether `path` is `folder`, or lies below it.
  isIn = folder: path: folder == "" || path == folder || lib.hasPrefix "${folder}/" path;

  # What builds, version control and others leave in a folder: never sources.
  isState =
    name: type:
    name == ".git"
    || name == ".direnv"
    || name == "target" && type == "directory"
    || type == "symlink" && lib.hasPrefix "result" name;

  # What Blocks draws into a workspace. It is no source: drawing it must not make old what it shows.
  isView = isIn ".github/badges";

  parent = path: if builtins.match "[^/]*" path != null then "" else dirOf path;

  # Searching without a regular expression: a source file may be long.
  holds = text: part: builtins.replaceStrings [ part ] [ "" ] text != text;
}
