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

  `resources.{timeout_minutes,max_attempts}`, `full`, `stages.<id>.enabled`,
  `cache.members_per_build`, `members.<name>` (the paths of `members.<name>.files`).
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
  access = import ./yaml/access.nix { inherit lib; } { inherit file tree; };
  inherit (access) fail flag get section top;

  count =
    key: default: most: what:
    get "resources" key default (
      value: lib.isInt value && value >= 1 && value <= most
    ) "a whole number${what}, from 1 to ${toString most}";

  switches = access.sectionOf "stages";
  unknown = lib.findFirst (id: !(lib.elem id stages)) null (lib.attrNames switches);
  enabled =
    id:
    let
      node = (section "stages.${id}" (switches.${id} or { value = null; })).enabled or { value = true; };
    in
    if lib.isBool node.value then node.value else fail node "stages.${id}.enabled" "true or false";

  members = access.sectionOf "members";
  filesOf =
    name: node:
    let
      files = (section "members.${name}" node).files or { value = [ ]; };
      texts = if lib.isList files.value then map (entry: entry.value) files.value else [ null ];
    in
    if lib.all lib.isString texts then texts else fail files "members.${name}.files" "a list of paths";
in
{
  cache.members_per_build = get "cache" "members_per_build" "auto" (
    value: value == "auto" || lib.isInt value && value >= 1 && value <= 1000
  ) "auto or a whole number of members, from 1 to 1000";
  members = lib.mapAttrs filesOf members;
  resources = {
    timeout_minutes = count "timeout_minutes" 30 1440 " of minutes";
    max_attempts = count "max_attempts" 2 10 "";
  };
  # Whether the stages of the full set run too.
  full = flag "verify" "full_proofs" false || !(flag "verify" "quick_mode" true);
  stages =
    if unknown != null then
      throw "${file}:${toString switches.${unknown}.line}: there is no stage `${unknown}`; the stages are ${lib.concatStringsSep ", " stages}"
    else
      lib.genAttrs stages (id: {
        enabled = enabled id;
      });
}
