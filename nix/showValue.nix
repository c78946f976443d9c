{ lib }:
/**
  A value in a few words, for messages about what was given.

  # Example

  ```nix
  showValue [ 1 "a" ]
  => "a list with the number 1, \"a\""
  ```
*/
let
  # Words of others may be as long as they like.
  short = text: if lib.stringLength text > 40 then "${builtins.substring 0 40 text}…" else text;
  one =
    value:
    {
      bool = if value == true then "true" else "false";
      float = "the number ${toString value}";
      int = "the number ${toString value}";
      lambda = "a function";
      list = "a list";
      null = "null";
      path = "a path";
      set = if lib.isDerivation value then "a package" else "a set";
      string = builtins.toJSON (short (builtins.unsafeDiscardStringContext value));
    }
    .${builtins.typeOf value};
  withParts =
    kind: parts:
    if parts == [ ] then
      "an empty ${kind}"
    else
      "a ${kind} with ${lib.concatStringsSep ", " (map one (lib.take 3 parts))}${
        lib.optionalString (lib.length parts > 3) ", …"
      }";
in
value:
if builtins.isList value then
  withParts "list" value
else if builtins.isAttrs value && !(lib.isDerivation value) && !(value ? outPath) then
  if value == { } then
    "an empty set"
  else
    "a set of ${lib.concatStringsSep ", " (map short (lib.take 5 (lib.attrNames value)))}"
else
  one value
