_:
/**
  What record.sh needs to know.

  # Inputs

  `compared`
  : What the steps compare: the record `now` of the stage's material, and the folder of those `before`; null for
    a stage without a material.

  `config`
  : The configuration, for the limits.

  `known`
  : The part of record.json that is known before the tools run.

  `versions`
  : What the toolchain calls itself (see mkVersions).
*/
{
  compared,
  config,
  known,
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
