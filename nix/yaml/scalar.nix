# The value that stands on one line: scalar <line> <text>.
{ fail, lib }:
let
  comment = "( +#.*)?";
  first = pattern: text: builtins.match "(${pattern})${comment}" text;
  inner = text: builtins.substring 1 (builtins.stringLength text - 2) text;

  plain =
    line: text:
    if
      lib.elem text [
        ""
        "~"
        "null"
      ]
    then
      null
    else if text == "true" || text == "false" then
      text == "true"
    else if builtins.match "-?(0|[1-9][0-9]*)(\\.[0-9]+)?" text != null then
      builtins.fromJSON text
    else if builtins.match "[]&*!|>%@`{}[,?].*|- .*|.*: .*|.*:" text != null then
      fail line "`${text}` is not understood here; write a plain or quoted value, lists and maps on lines of their own"
    else
      text;

  quoted =
    line: text:
    let
      double = first ''"[^"\]*"'' text;
      single = first "'([^']|'')*'" text;
    in
    if double != null then
      inner (builtins.head double)
    else if single != null then
      builtins.replaceStrings [ "''" ] [ "'" ] (inner (builtins.head single))
    else
      fail line "the quoted text `${text}` does not end on its line, or holds a backslash";

  # [a, b]: scalars only.
  flow =
    line: text:
    let
      found = first "\\[[^][{}]*]" text;
      body = inner (builtins.head found);
      trim = item: builtins.head (builtins.match " *(.*[^ ]|) *" item);
    in
    if found == null then
      fail line "`${text}` is not understood; write this list with one `- item` a line"
    else if builtins.match " *" body != null then
      [ ]
    else
      map (item: {
        inherit line;
        value = value line (trim item);
      }) (lib.splitString "," body);

  value =
    line: text:
    let
      start = builtins.substring 0 1 text;
    in
    if start == "\"" || start == "'" then
      quoted line text
    else if start == "[" then
      flow line text
    else if builtins.match "\\{ *}${comment}" text != null then
      { }
    else
      plain line (builtins.head (builtins.match "(([^ ]| +[^# ])*)( +#.*)?" text));
in
value
