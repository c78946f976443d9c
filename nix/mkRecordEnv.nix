_:
/**
  What record.sh needs to know.

  # Inputs

  `config`
  : The configuration, for the limits.

  `known`
  : The part of record.json that is known before the tools run.

  `versions`
  : What the toolchain calls itself (see mkVersions).
*/
{
  config,
  known,
  versions,
}:
{
  toolchainVersions = versions;
  knownJson = builtins.toJSON known;
  recordLimit = toString (config.resources.timeout_minutes * 60);
  recordTries = toString config.resources.max_attempts;
}
