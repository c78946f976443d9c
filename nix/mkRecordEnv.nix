{ lib }:
/**
  What record.sh needs to know.

  # Inputs

  `config`
  : The configuration, for the limits.

  `known`
  : The part of record.json that is known before the tools run.

  `table`
  : The table, for the words that say that there is no answer.

  `versions`
  : What the toolchain calls itself (see mkVersions).
*/
{
  config,
  known,
  table,
  versions,
}:
{
  toolchainVersions = versions;
  knownJson = builtins.toJSON known;
  recordFaults = lib.concatMapStrings (
    fault: "${fault.ended}\t${fault.begins}\t${fault.holds}\t${fault.reason}\n"
  ) table.faults;
  recordLimit = toString (config.resources.timeout_minutes * 60);
  recordTries = toString config.resources.max_attempts;
}
