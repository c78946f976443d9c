{ functions, lib }:
/**
  The site of the workspace's API documentation: what there is now in the folder `dev`, and beside it the version of the
  baseline, where there is one.

  # Inputs

  `pages`
  : What mkDocPages makes.

  `src`, `revision`, `today`
  : The sources, their commit, and the day of that where a flake says it. The rest is the context that mkPipeline makes,
    with `records` and `stages`.

  # Outputs

  The derivation, and its attribute `release`: the same sources as the newest version that a member has, alone.
*/
{
  pages,
  baseline,
  blocks,
  configFile,
  name,
  pkgs,
  records,
  revision,
  sourceDay,
  src,
  stages,
  today,
  workspace,
  ...
}:
let
  counts = stage: lib.any (evidence: (evidence.kind or "") == "doc-coverage") stage.evidence;
  shown = {
    inherit records;
    stages = lib.filter (id: records ? ${id}) (map (stage: stage.id) (lib.filter counts stages));
  };
  folder = functions.mkRecordsFolder shown;
  changelog = src + "/CHANGELOG.md";
  words = [
    "--name"
    name
  ]
  ++ lib.concatMap (member: [
    "--member"
    member
  ]) workspace.members
  ++ lib.optionals (revision != null) [
    "--revision"
    revision
  ]
  ++ lib.optionals (revision != null && sourceDay != null) [
    "--date"
    sourceDay
  ]
  ++ lib.optionals (builtins.pathExists changelog) [
    "--changelog"
    (builtins.path {
      name = "changelog.md";
      path = changelog;
    })
  ];
  site =
    which: more:
    pkgs.runCommand "${name}-api-docs" (folder.attributes // { nativeBuildInputs = [ blocks ]; }) ''
      # It is that of no commit.
      unset SOURCE_DATE_EPOCH
      cargo-blocks docs api ${which} --into "$out" --pages ${pages}/pages --metadata ${pages}/metadata.json \
        ${folder.words} --expect ${functions.mkExpected shown} --today ${today} \
        ${lib.optionalString (configFile != null) "--config ${configFile}"} ${lib.escapeShellArgs words}
      ${more}
    '';
  now = site "--dev" (
    lib.optionalString (baseline != null) ''
      cargo-blocks docs api --from ${baseline.packages.api-docs.release} --into "$out"
    ''
  );
in
now // { release = site "--release" ""; }
