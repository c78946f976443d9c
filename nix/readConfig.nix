{ functions, lib }:
/**
  What the Nix functions need of .github/pipeline-config.yml, with the defaults for what it does
  not say. cargo-blocks reads the rest of the file, and refuses unknown keys.

  # Inputs

  `text`
  : The file's text; empty when there is none.

  `stages`
  : The ids that `stages:` may hold.

  # Outputs

  `resources.{timeout_minutes,max_attempts}`, `full`, `badges` (paths), `stages.<id>.enabled`.
*/
{
  text,
  stages,
  file ? ".github/pipeline-config.yml",
}:
let
  lazy = functions.readYaml { inherit file text; };
  # All of it is read, so that an error shows in whatever part it is.
  tree = builtins.deepSeq lazy lazy;
  fail = node: path: wants: throw "${file}:${toString node.line}: ${path} wants ${wants}, not ${builtins.toJSON (plain node)}";
  plain =
    node:
    if lib.isAttrs node.value then
      "a map"
    else if lib.isList node.value then
      "a list"
    else
      node.value;

  # The keys of a section; a section that is there and empty is as good as none.
  section =
    path: node:
    if node.value == null then
      { }
    else if lib.isAttrs node.value then
      node.value
    else
      fail node path "a map";
  top = section "the file" tree;
  get =
    name: key: default: accepts: wants:
    let
      node = (section name (top.${name} or { value = null; })).${key} or null;
    in
    if node == null then
      default
    else if accepts node.value then
      node.value
    else
      fail node "${name}.${key}" wants;
  count = name: key: default: most: wants: get name key default (value: lib.isInt value && value >= 1 && value <= most) wants;

  flag = name: key: default: get name key default lib.isBool "true or false";
  listed =
    if lib.isList top.badges.value then
      lib.filter (entry: lib.isAttrs entry.value) top.badges.value
    else
      fail top.badges "badges" "a list";
  badgeFiles = map (name: ".github/badges/${name}.svg") [
    "build"
    "tests"
    "coverage"
  ];

  switches = section "stages" (top.stages or { value = null; });
  unknown = lib.findFirst (id: !(lib.elem id stages)) null (lib.attrNames switches);
  enabled =
    id:
    let
      path = "stages.${id}";
      node = (section path (switches.${id} or { value = null; })).enabled or { value = true; };
    in
    if lib.isBool node.value then node.value else fail node "${path}.enabled" "true or false";
in
{
  resources = {
    timeout_minutes = count "resources" "timeout_minutes" 30 1440 "a whole number of minutes, from 1 to 1440";
    max_attempts = count "resources" "max_attempts" 2 10 "a whole number, from 1 to 10";
  };
  # Whether the stages of the full set run too.
  full = flag "verify" "full_proofs" false || !(flag "verify" "quick_mode" true);
  badges = if top ? badges then map (entry: entry.value.path.value or "") listed else badgeFiles;
  stages =
    if unknown != null then
      throw "${file}:${toString switches.${unknown}.line}: there is no stage `${unknown}`; the stages are ${lib.concatStringsSep ", " stages}"
    else
      lib.genAttrs stages (id: {
        enabled = enabled id;
      });
}
