{ lib }:
/**
  Typed access to what readYaml gives: every complaint names the file, the line and what was wanted.

  # Inputs

  `file`
  : The name that errors show.

  `tree`
  : The whole text, as readYaml gives it.
*/
{ file, tree }:
let
  shown =
    value:
    if lib.isAttrs value then
      "a map"
    else if lib.isList value then
      "a list"
    else
      value;
  none = {
    value = null;
  };
  access = {
    # The keys of a section; one that is absent or empty has none.
    section =
      path: node:
      if node.value == null then
        { }
      else if lib.isAttrs node.value then
        node.value
      else
        access.fail node path "a map";
    top = access.section "the file" tree;
    sectionOf = name: access.section name (access.top.${name} or none);

    # The value of a key, or the default; `accepts` tells good values from bad.
    get =
      name: key: default: accepts: wants:
      let
        node = (access.sectionOf name).${key} or null;
      in
      if node == null then
        default
      else if accepts node.value then
        node.value
      else
        access.fail node "${name}.${key}" wants;
    flag =
      name: key: default:
      access.get name key default lib.isBool "true or false";

    fail =
      node: path: wants:
      throw "${file}:${toString node.line}: ${path} wants ${wants}, not ${builtins.toJSON (shown node.value)}";
  };
in
access
