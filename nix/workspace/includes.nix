# The files outside of a package's folder that its code takes in by name: `include_str!("../../x")`,
# `#[path = "../x.rs"]` and `concat!(env!("CARGO_MANIFEST_DIR"), "/../x")`. Paths from the root.
{ lib, paths }:
{ folder, src }:
let
  literal = "\"([^\"]*)\"";
  included = "(include(_str|_bytes)?!|path *=)[[:space:]]*[({[]?[[:space:]]*${literal}";
  fromManifest = "CARGO_MANIFEST_DIR\"\\)[[:space:]]*,[[:space:]]*\"/(\\.\\./[^\"]*)\"";

  # Regular expressions are slow, so only code that may have a match is searched.
  matches =
    words: pattern: text:
    if lib.all (paths.holds text) words then
      lib.filter lib.isList (builtins.split pattern text)
    else
      [ ];
  ofFile =
    file: text:
    map (found: paths.normal "${paths.parent file}/${lib.elemAt found 2}") (
      matches [ "\"../" ] included text
    )
    ++ map (found: paths.normal "${folder}/${lib.head found}") (
      matches [ "CARGO_MANIFEST_DIR" "\"/../" ] fromManifest text
    );
  isElsewhere =
    path:
    path != null
    && path != ""
    && !(folder != "" && paths.isIn folder path)
    && builtins.pathExists (src + "/${path}");
in
code: lib.unique (lib.filter isElsewhere (lib.concatLists (lib.mapAttrsToList ofFile code)))
