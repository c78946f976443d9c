{ lib }:
/**
  The file by which cargo-blocks knows which units a stage has, and what the record of each must say of
  its sources. Without it, a record that is not there would not be missed.

  # Inputs

  `records`
  : Stage id to unit to record.

  `stages`
  : Ids of the stages whose records are expected.
*/
{ records, stages }:
builtins.toFile "expected.json" (
  builtins.toJSON {
    schema = 1;
    stages = lib.genAttrs (lib.unique stages) (
      stage: lib.mapAttrs (_: record: record.sources) records.${stage}
    );
  }
)
