{ lib }:
/**
  Reads the part of YAML in which configuration files are written: nested maps, lists of scalars
  and of maps, comments, quoted strings, numbers and booleans. What it does not understand is an
  error that names the line, never a guess.

  # Inputs

  `file`
  : The name that errors show.

  `text`
  : The text.

  # Output

  A tree of `{ line; value; }`, where value is a scalar, a list of such or a set of such. An empty
  text is an empty map.

  # Examples

  `(readYaml { file = "f.yml"; text = "a: 1"; }).value.a.value` is 1.
*/
{ file, text }:
let
  fail = line: message: throw "${file}:${toString line}: ${message}";
  scalar = import ./scalar.nix { inherit fail lib; };
  block = import ./block.nix { inherit fail lib scalar; };
  lines = import ./lines.nix { inherit fail lib; } text;
in
if lines == [ ] then
  {
    line = 1;
    value = { };
  }
else
  block lines
