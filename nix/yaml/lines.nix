# The lines that say something: { line; indent; text; }, without blank lines and comments.
{ fail, lib }:
text:
let
  numbered = lib.imap1 (line: text: { inherit line text; }) (
    lib.splitString "\n" (builtins.replaceStrings [ "\r\n" ] [ "\n" ] text)
  );
  speaking = lib.filter (
    { line, text }: builtins.match "[ \t]*(#.*)?" text == null && !(text == "---" && line == 1)
  ) numbered;
  measure =
    { line, text }:
    let
      parts = builtins.match "( *)([^ ].*[^ \t]|[^ ])[ \t]*" text;
      rest = builtins.elemAt parts 1;
    in
    if lib.hasPrefix "\t" rest then
      fail line "a tab indents this line; YAML wants spaces"
    else if rest == "---" || rest == "..." then
      fail line "this file holds one document; remove `${rest}`"
    else
      {
        inherit line;
        indent = builtins.stringLength (builtins.head parts);
        text = rest;
      };
in
map measure speaking
