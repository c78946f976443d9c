{ functions, lib }:
/**
  What the Nix functions need of .github/pipeline-config.yml, with the defaults for what it does
  not say. cargo-blocks reads the rest of the file, and refuses unknown keys.

  # Inputs

  `text`
  : The file's text; empty when there is none.

  `stages`
  : The ids of the table's stages. Others below `stages:` are of the workspace's own, and have a command.

  `optIn`
  : Those of them that run only where the text says so (`[ ]`).

  `taken`
  : Other ids that no stage of the workspace's own can have (`[ ]`).

  `isThere`
  : Whether the workspace has a file (`_: true`).

  `isFile`
  : Whether it is one, and no folder or link (`_: true`).

  # Outputs

  `interface.<member>` (the features that its interface is described with: `all` or not, and `features`),
  `release.{changelog,programs,targets}`, `resources.{timeout_minutes,max_attempts}`, `sets`, `settings.<key>` (as text), `stages.<id>.enabled`, `own.<id>.{run,title,layer,files,set}`,
  `cache.members_per_build`, `members.<name>` (the paths of `members.<name>.files`), `limits` (of benchmarks' own, as
  the file has them), `isDated` (whether something
  holds until a day, so that a verdict can depend on which day it is).
*/
{
  text,
  stages,
  optIn ? [ ],
  taken ? [ ],
  isThere ? _: true,
  isFile ? _: true,
  file ? ".github/pipeline-config.yml",
}:
let
  lazy = functions.readYaml { inherit file text; };
  # A comma and a blank part them where a row has a place for all of them.
  compileOnly =
    let
      node = (access.sectionOf "examples").compile_only or { value = [ ]; };
      names = texts "examples.compile_only" "a list of examples" node;
      isName = name: builtins.match "[[:alnum:]_-]+/[[:alnum:]_-]+" name != null;
      wrong = lib.findFirst (name: !(isName name)) null names;
    in
    if wrong == null then
      names
    else
      throw "${file}:${toString node.line}: examples.compile_only wants members and examples, as member/example, not `${wrong}`";

  # All of it is read, so that an error shows in whatever part it is.
  tree = builtins.deepSeq lazy lazy;
  access = import ./yaml/access.nix { inherit lib; } { inherit file tree; };
  inherit (access)
    fail
    flag
    get
    section
    ;

  within =
    part: key: default: least: most: what:
    get part key default (
      value: lib.isInt value && value >= least && value <= most
    ) "a whole number${what}, from ${toString least} to ${toString most}";
  count =
    key: default: most:
    within "resources" key default 1 most;
  number =
    part: key: default: least: most:
    toString (within part key default least most "");

  switches = access.sectionOf "stages";
  fieldsOf = id: section "stages.${id}" (switches.${id} or { value = null; });
  # The value of a field of a stage, or the default.
  field =
    id: name: default: accepts: wants:
    let
      node = (fieldsOf id).${name} or { value = default; };
    in
    if accepts node.value then node.value else fail node "stages.${id}.${name}" wants;
  # A list of texts; one that stands on one line has entries without places.
  texts =
    path: wants: node:
    let
      values = if lib.isList node.value then map (entry: entry.value) node.value else [ null ];
    in
    if lib.all lib.isString values then values else fail node path wants;
  list =
    id: name: wants:
    texts "stages.${id}.${name}" wants ((fieldsOf id).${name} or { value = [ ]; });
  isOneOf = words: value: lib.elem value words;

  # The names that a key of a section has.
  namesOf =
    part: key: wants:
    texts "${part}.${key}" wants ((access.sectionOf part).${key} or { value = [ ]; });

  strangers = lib.filter (id: !(lib.elem id stages)) (lib.attrNames switches);
  unknown = lib.findFirst (id: !(fieldsOf id ? run)) null strangers;
  double = lib.findFirst (id: fieldsOf id ? run && lib.elem id (stages ++ taken)) null (
    lib.attrNames switches
  );
  enabled = id: field id "enabled" (!(lib.elem id optIn)) lib.isBool "true or false";
  ifKnown =
    value:
    if unknown != null then
      throw "${file}:${
        toString switches.${unknown}.line
      }: there is no stage `${unknown}`; the stages are ${lib.concatStringsSep ", " stages}, and one of your own has a `run`"
    else if double != null then
      throw "${file}:${
        toString switches.${double}.line
      }: `${double}` is a stage already, and has its own command; call yours by another name"
    else
      value;
  # Without it a stage could pass for want of something to find fault with.
  filesOfStage =
    id:
    let
      files = list id "files" "a list of paths";
      missing = lib.findFirst (path: !(isThere path)) null files;
    in
    if missing == null then
      files
    else
      throw "${file}:${toString (fieldsOf id).files.line}: `${missing}` is not there: name files and folders of the workspace, from its root";
  # Numbers and truths are words, too.
  word =
    entry:
    if lib.isInt entry.value || lib.isBool entry.value then
      entry // { value = builtins.toJSON entry.value; }
    else
      entry;
  wordsOf =
    id:
    let
      node = (fieldsOf id).run;
    in
    texts "stages.${id}.run" "a list of words" (
      if lib.isList node.value then node // { value = map word node.value; } else node
    );
  ownStage = id: {
    run = wordsOf id;
    files = filesOfStage id;
    title = field id "title" "" lib.isString "a text";
    layer = field id "layer" "none" (isOneOf [
      "none"
      "check"
      "build"
      "release"
    ]) "none, check, build or release";
    set = field id "set" "quick" (isOneOf [
      "quick"
      "full"
      "proofs"
    ]) "quick, full or proofs";
  };

  # The files that Blocks writes into. A comma and a blank part them where a row has a place for all of them.
  docs =
    let
      node = (access.sectionOf "docs").files or { value = [ ]; };
      files = texts "docs.files" "a list of paths" node;
      refusal =
        path:
        if !(isThere path) then
          "is not there: name files and folders of the workspace, from its root"
        else if !(isFile path) then
          "is a folder or a link: name Markdown files of the workspace, from its root"
        else if lib.hasInfix ", " path then
          "has a comma and a blank in it, which part names: call the file otherwise"
        else
          null;
      refused = lib.findFirst (path: refusal path != null) null files;
    in
    if refused == null then
      files
    else
      throw "${file}:${toString node.line}: `${refused}` ${refusal refused}";

  # All of it is read, so that an error shows in whatever entry it is.
  entriesOf =
    reader:
    let
      whole = import reader { inherit lib; } { inherit access file; };
    in
    builtins.deepSeq whole whole;
  quarantine = entriesOf ./config/quarantine.nix;

  members = access.sectionOf "members";
  ofMember =
    name: key: default:
    (section "members.${name}" members.${name}).${key} or {
      value = default;
    };
  filesOf = name: _: texts "members.${name}.files" "a list of paths" (ofMember name "files" [ ]);
  shardsOf =
    name: _:
    let
      node = ofMember name "test_shards" 1;
    in
    if lib.isInt node.value && node.value >= 1 && node.value <= 1000 then
      node.value
    else
      fail node "members.${name}.test_shards" "a whole number of shares, from 1 to 1000";
  interfaceOf =
    name: _:
    let
      all = ofMember name "interface_all_features" false;
      key = "members.${name}.interface_features";
    in
    {
      all =
        if lib.isBool all.value then
          all.value
        else
          fail all "members.${name}.interface_all_features" "true or false";
      features = texts key "a list of features" (ofMember name "interface_features" [ ]);
    };
in
{
  release = {
    changelog = get "release" "changelog" "workspace" (isOneOf [
      "workspace"
      "member"
    ]) "workspace or member";
    programs = namesOf "release" "programs" "a list of members";
    targets = namesOf "release" "targets" "a list of targets";
  };
  cache.members_per_build = get "cache" "members_per_build" "auto" (
    value: value == "auto" || lib.isInt value && value >= 1 && value <= 1000
  ) "auto or a whole number of members, from 1 to 1000";
  members = lib.mapAttrs filesOf members;
  shards = lib.filterAttrs (_: count: count > 1) (lib.mapAttrs shardsOf members);
  interface = lib.filterAttrs (_: asked: asked.all || asked.features != [ ]) (
    lib.mapAttrs interfaceOf members
  );
  resources = {
    timeout_minutes = count "timeout_minutes" 30 1440 " of minutes";
    max_attempts = count "max_attempts" 2 10 "";
  };
  limits = entriesOf ./config/limits.nix;
  # Each entry of it holds until a day.
  isDated = quarantine != [ ];
  # The sets whose stages run.
  sets =
    if flag "verify" "full_proofs" false then
      [
        "quick"
        "full"
        "proofs"
      ]
    else
      [ "quick" ] ++ lib.optional (!(flag "verify" "quick_mode" true)) "full";
  # What rows of the table have places for.
  settings = {
    "docs.files" = lib.concatStringsSep ", " docs;
    "examples.compile_only" = lib.concatStringsSep ", " compileOnly;
    "examples.timeout_seconds" = number "examples" "timeout_seconds" 60 1 3600;
    "performance.time_rounds" = number "performance" "time_rounds" 16 10 1000;
    "verify.loom_preemptions" = number "verify" "loom_preemptions" 3 1 100;
    "verify.miri_seeds" = number "verify" "miri_seeds" 16 1 10000;
    "test.doctest_coverage" = builtins.toJSON (flag "test" "doctest_coverage" false);
    "verify.property_cases" = number "verify" "property_cases" 10000 1 1000000000;
  };
  own = ifKnown (lib.genAttrs strangers ownStage);
  stages = ifKnown (
    lib.genAttrs (stages ++ strangers) (id: {
      enabled = enabled id;
    })
  );
}
