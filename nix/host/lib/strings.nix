# Strings, and what is passed to shells.
_lib: rec {
  inherit (builtins)
    concatStringsSep
    match
    replaceStrings
    split
    splitVersion
    stringLength
    substring
    ;

  concatStrings = concatStringsSep "";
  concatMapStrings = function: list: concatStrings (map function list);
  concatMapStringsSep =
    separator: function: list:
    concatStringsSep separator (map function list);
  concatLines = concatMapStrings (line: line + "\n");
  optionalString = condition: string: if condition then string else "";

  hasPrefix = prefix: string: substring 0 (stringLength prefix) string == prefix;
  hasSuffix =
    suffix: string:
    let
      start = stringLength string - stringLength suffix;
    in
    start >= 0 && substring start (-1) string == suffix;
  hasInfix = infix: string: length' (split (escapeRegex infix) string) > 1;
  removePrefix =
    prefix: string:
    if hasPrefix prefix string then substring (stringLength prefix) (-1) string else string;
  removeSuffix =
    suffix: string:
    if hasSuffix suffix string then
      substring 0 (stringLength string - stringLength suffix) string
    else
      string;

  splitString =
    separator: string:
    builtins.filter builtins.isString (split (escapeRegex separator) (toString string));
  stringToCharacters = string: builtins.genList (n: substring n 1 string) (stringLength string);
  toLower = replaceStrings upper lower;
  toUpper = replaceStrings lower upper;

  escape = characters: replaceStrings characters (map (character: "\\" + character) characters);
  escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
  escapeShellArg =
    value:
    let
      string = toString value;
    in
    if match "[a-zA-Z0-9,._+:@%/-]+" string != null then
      string
    else
      "'${replaceStrings [ "'" ] [ "'\\''" ] string}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;

  # How many letters have to be put in, taken out or changed to make one text of the other.
  levenshtein =
    left: right:
    let
      letters = stringToCharacters right;
      least = builtins.foldl' (a: b: if a < b then a else b);
      # A row of the table of distances, from the one above it.
      below =
        above: letter:
        builtins.foldl' (
          row: column:
          let
            isSame = letter == builtins.elemAt letters column;
            last = builtins.elemAt row column;
          in
          row
          ++ [
            (least (last + 1) [
              (builtins.elemAt above (column + 1) + 1)
              (builtins.elemAt above column + (if isSame then 0 else 1))
            ])
          ]
        ) [ (builtins.head above + 1) ] (builtins.genList (n: n) (builtins.length letters));
      rows = builtins.foldl' below (builtins.genList (n: n) (builtins.length letters + 1)) (
        stringToCharacters left
      );
    in
    builtins.elemAt rows (builtins.length letters);

  versionOlder = left: right: builtins.compareVersions right left == 1;
  versionAtLeast = left: right: !versionOlder left right;
  getName = value: value.pname or (builtins.parseDrvName (value.name or value)).name;
  getVersion = value: value.version or (builtins.parseDrvName (value.name or value)).version;
  getExe = package: "${package}/bin/${package.meta.mainProgram or (getName package)}";

  # Not exported by nixpkgs under these names: the pieces of the functions above.
  length' = builtins.length;
  lower = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  upper = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
}
