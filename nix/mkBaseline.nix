{ functions, lib }:
/**
  The folder of a baseline: its records of some stages, or of their materials, the list of those that there have
  to be, and its name.

  # Inputs

  `comparing`
  : The rows of the stages that compare.

  `baseline`
  : The pipeline of the other sources.

  `baselineName`
  : What they are called, for people. The rest is the context that mkPipeline makes.
*/
{
  comparing,
  baseline,
  baselineName,
  name,
  pkgs,
  ...
}:
let
  shown = {
    # No two of them have one name.
    records = baseline.records // baseline.materials;
    stages = lib.unique (
      map (stage: if stage.material == null then stage.record else stage.material) comparing
    );
  };
  folder = functions.mkRecordsFolder shown;
  # For who reads what is being built.
  whose = lib.optionalString (lib.length comparing == 1) "-${(lib.head comparing).id}";
in
pkgs.runCommand "${name}-baseline${whose}" folder.attributes ''
  mkdir -p "$out/records"
  while IFS=$'\t' read -r place record; do
    mkdir -p "$out/records/''${place%/*}"
    ln -s "$record" "$out/records/$place"
  done <"$recordsListPath"
  cp ${functions.mkExpected shown} "$out/expected.json"
  printf '%s\n' ${lib.escapeShellArg baselineName} >"$out/name"
''
