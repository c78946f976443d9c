# The value that a run of lines stands for: block <lines>. The first line's indent is the block's.
{
  fail,
  lib,
  scalar,
}:
let
  isItem = line: builtins.match "-( .*)?" line.text != null;

  entries = import ./entries.nix { inherit fail isItem lib; };

  # The value of an entry: on its own line, or on the lines below.
  valueOf =
    entry: text:
    if text != "" && entry.below != [ ] then
      fail (lib.head entry.below).line "this line is indented below a value; a value that spans lines is not understood"
    else if text != "" then
      {
        inherit (entry) line;
        value = scalar entry.line text;
      }
    else if entry.below == [ ] then
      {
        inherit (entry) line;
        value = null;
      }
    else
      block entry.below // { inherit (entry) line; };
  withoutComment = text: if builtins.match "#.*" text != null then "" else text;

  keyOf = text: builtins.match "([A-Za-z_][A-Za-z0-9_.-]*):( +(.*))?" text;
  pair =
    entry:
    let
      parts = keyOf entry.text;
    in
    if parts == null then
      fail entry.line "`${entry.text}` is not `key: value`"
    else
      lib.nameValuePair (lib.head parts) (
        valueOf entry (withoutComment (if lib.last parts == null then "" else lib.last parts))
      );

  mapping =
    found:
    let
      pairs = map pair found;
      names = map (entry: entry.name) pairs;
      twice = lib.findFirst (entry: lib.length (lib.filter (name: name == entry.name) names) > 1) null (
        lib.reverseList pairs
      );
    in
    if twice != null then
      fail twice.value.line "the key `${twice.name}` is here for the second time"
    else
      lib.listToAttrs pairs;

  item =
    entry:
    let
      parts = builtins.match "-( +)?(.*)" entry.text;
      text = withoutComment (lib.last parts);
      # `- key: value` starts a map whose other keys stand under `key`.
      started = entry // {
        inherit text;
        indent = entry.indent + 1 + builtins.stringLength (lib.head parts);
      };
    in
    if text != "" && keyOf text != null then
      block ([ (builtins.removeAttrs started [ "below" ]) ] ++ entry.below)
    else
      valueOf entry text;

  block =
    lines:
    let
      found = entries lines;
    in
    {
      inherit (lib.head lines) line;
      value = if isItem (lib.head lines) then map item found else mapping found;
    };
in
block
