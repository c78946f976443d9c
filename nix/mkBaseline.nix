{ functions, lib }:
/**
  The folder of a baseline: its records of one stage, or of the stage's material, the list of those that there have
  to be, and its name.

  # Inputs

  `stage`
  : The row of the stage that compares.

  `baseline`
  : The pipeline of the other sources.

  `baselineName`
  : What they are called, for people. The rest is the context that mkPipeline makes.
*/
{
  stage,
  baseline,
  baselineName,
  name,
  pkgs,
  ...
}:
let
  shown =
    if stage.material == null then
      {
        inherit (baseline) records;
        stages = [ stage.record ];
      }
    else
      {
        records = baseline.materials;
        stages = [ stage.material ];
      };
  folder = functions.mkRecordsFolder shown;
in
pkgs.runCommand "${name}-baseline-${stage.id}" folder.attributes ''
  mkdir -p "$out/records"
  while IFS=$'\t' read -r place record; do
    mkdir -p "$out/records/''${place%/*}"
    ln -s "$record" "$out/records/$place"
  done <"$recordsListPath"
  cp ${functions.mkExpected shown} "$out/expected.json"
  printf '%s\n' ${lib.escapeShellArg baselineName} >"$out/name"
''
