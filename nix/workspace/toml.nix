# A TOML document of a value that builtins.fromTOML gave: a section for each table of the top, and inline below it.
# Tools that edit manifests, and do not know that a table can be inline, look for `[package]`.
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
table:
let
  line = name: it: "${key name} = ${value it}";
  isTable = _: lib.isAttrs;
  section = name: of: [ "[${key name}]" ] ++ lib.mapAttrsToList line of;
in
# What is no table has to come first: below a section's head it would be the section's.
lib.concatLines (
  lib.mapAttrsToList line (lib.filterAttrs (name: it: !(isTable name it)) table)
  ++ lib.concatLists (lib.mapAttrsToList section (lib.filterAttrs isTable table))
)
