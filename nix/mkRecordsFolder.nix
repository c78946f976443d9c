{ lib }:
/**
  Shell text that makes the folder of records that cargo-blocks reads: <stage>/<unit> links.

  # Inputs

  `records`
  : Stage id to unit to record.

  `stages`
  : Ids of the stages whose records go in.
*/
{ records, stages }:
lib.concatMapStrings (
  stage:
  "mkdir -p records/${stage}\n"
  + lib.concatStrings (
    lib.mapAttrsToList (unit: record: "ln -s ${record} records/${stage}/${unit}\n") records.${stage}
  )
) (lib.unique stages)
