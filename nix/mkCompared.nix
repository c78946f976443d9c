{ functions, lib }:
/**
  What the steps of a stage with a material compare: an argument of mkRecord.

  # Inputs

  `stage`
  : The row of a stage with a material.

  `unit`
  : The name of the unit.

  `materials`
  : Material id to unit to record, of the workspace.

  `baseline`
  : The pipeline of the other sources. The rest is the context that mkPipeline makes.

  # Outputs

  `now` (the material's record), `before` (the folder of the baseline's), `sources` (what identifies both).
*/
{
  stage,
  unit,
  materials,
  baseline,
  ...
}@context:
let
  now = materials.${stage.material}.${unit};
  sourcesBefore = map (record: record.sources) (lib.attrValues baseline.materials.${stage.material});
in
{
  inherit now;
  before = "${
    functions.mkBaseline (context // { comparing = [ stage ]; })
  }/records/${stage.material}";
  sources = lib.concatStringsSep " " ([ now.sources ] ++ sourcesBefore);
}
