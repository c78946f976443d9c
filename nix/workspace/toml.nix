# A TOML document of a value that builtins.fromTOML gave: one line a key of the top, inline below it.
# JSON's escapes are a part of TOML's, so that builtins.toJSON writes texts and numbers.
{ lib }:
let
  key = name: if builtins.match "[A-Za-z0-9_-]+" name != null then name else builtins.toJSON name;
  value =
    it:
    if lib.isAttrs it then
      "{ ${lib.concatStringsSep ", " (lib.mapAttrsToList (name: of: "${key name} = ${value of}") it)} }"
    else if lib.isList it then
      "[${lib.concatMapStringsSep ", " value it}]"
    else
      builtins.toJSON it;
in
table: lib.concatLines (lib.mapAttrsToList (name: it: "${key name} = ${value it}") table)
