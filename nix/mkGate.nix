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
  baseline,
  blocks,
  configFile,
  name,
  pkgs,
  records,
  today,
  todayOfDatabase,
  ...
}@context:
let
  day = if stage.database then todayOfDatabase else today;
  compares = stage.compares && baseline != null;
  judged = {
    inherit records;
    stages = lib.filter (id: records ? ${id}) [ stage.record ];
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
    cargo-blocks gate ${stage.id} ${folder.words} --expect ${functions.mkExpected judged} --today ${day} \
      ${lib.optionalString (configFile != null) "--config ${configFile}"} \
      ${lib.optionalString compares "--baseline ${
        functions.mkBaseline (context // { comparing = [ stage ]; })
      }"}
    touch "$out"
  ''
