# The lines that start an entry, each with the deeper lines below it. A list may stand at the
# indent of its key.
{
  fail,
  isItem,
  lib,
}:
lines:
let
  inherit (lib.head lines) indent;
  list = isItem (lib.head lines);
  starts = line: line.indent == indent && isItem line == list;
  add =
    done: line:
    if starts line then
      done ++ [ (line // { below = [ ]; }) ]
    else if line.indent < indent || (line.indent == indent && list) then
      fail line.line "`${line.text}` does not belong to the lines above it; check its indent"
    else
      lib.init done ++ [ (lib.last done // { below = (lib.last done).below ++ [ line ]; }) ];
in
lib.foldl' add [ ] lines
