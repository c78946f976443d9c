{ lib }:
/**
  What record.sh needs to know.

  # Inputs

  `compared`
  : What the steps compare: the record `now` of the stage's material, and the folder of those `before`; null for
    a stage without a material.

  `config`
  : The configuration, for the limits.

  `database`
  : What the steps look things up in, as readDatabase gives it; null where there is none, or they look nothing up.

  `known`
  : The part of record.json that is known before the tools run.

  `stage`
  : The stage's row.

  `versions`
  : What the toolchain calls itself (see mkVersions).
*/
{
  compared,
  config,
  database,
  known,
  stage,
  versions,
}:
{
  toolchainVersions = versions;
  knownJson = builtins.toJSON known;
  recordLimit = toString (config.resources.timeout_minutes * 60);
  recordTries = toString config.resources.max_attempts;
  recordNow = if compared == null then "" else "${compared.now}";
  recordBefore = if compared == null then "" else compared.before;
}
# Other stages' words may hold the same placeholders as they stand.
// lib.optionalAttrs stage.database {
  recordDatabase = if database == null then "" else database.folder;
  recordDatabaseName = if database == null then "" else database.name;
  recordDatabaseDate = if database == null then "" else database.date;
}
