{ functions, lib }:
/**
  A check: the verdict of a stage over its record. It fails when the verdict is not a pass, with
  the causes as its last lines.

  # Inputs

  `stage`
  : The stage's row. The rest is the context that mkPipeline makes.
*/
{
  stage,
  blocks,
  configFile,
  name,
  pkgs,
  records,
  ...
}:
let
  judged = {
    inherit records;
    stages = [ stage.record ];
  };
  folder = functions.mkRecordsFolder judged;
in
pkgs.runCommand "${name}-${stage.id}"
  (
    folder.attributes
    // {
      nativeBuildInputs = [ blocks ];
      meta.description = "${stage.title}: ${stage.why}";
    }
  )
  ''
    cargo-blocks gate ${stage.id} ${folder.words} --expect ${functions.mkExpected judged} \
      ${lib.optionalString (configFile != null) "--config ${configFile}"}
    touch "$out"
  ''
