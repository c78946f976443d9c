{ lib }:
/**
  The folder of records that cargo-blocks reads: attributes of a derivation with the list of the records,
  and words of the command line that say where they are. A shell that linked them one by one would take
  longer than a gate does.

  # Inputs

  `records`
  : Stage id to unit to record.

  `stages`
  : Ids of the stages whose records go in.

  # Outputs

  `attributes`, `words`.
*/
{ records, stages }:
{
  attributes = {
    # A variable of the environment could become too long.
    passAsFile = [ "recordsList" ];
    recordsList = lib.concatMapStrings (
      stage:
      lib.concatStrings (
        lib.mapAttrsToList (unit: record: "${stage}/${unit}\t${record}\n") records.${stage}
      )
    ) (lib.unique stages);
  };
  words = ''--records records --link "$recordsListPath"'';
}
