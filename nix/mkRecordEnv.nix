{ lib }:
/**
  The environment in which a record is made.

  # Inputs

  `config`
  : The configuration, for the limits.

  `known`
  : The part of record.json that is known before the tools run.

  `stage`
  : The stage's row.

  `table`
  : The table, for the words that say that there is no answer.

  `pkgs`, `toolchain`
  : Where llvm-tools come from.
*/
{
  config,
  known,
  pkgs,
  stage,
  table,
  toolchain,
}:
let
  llvm = "${toolchain}/lib/rustlib/${pkgs.stdenv.hostPlatform.rust.rustcTarget}/bin";
in
{
  CARGO_PROFILE = "dev";
  CARGO_NET_OFFLINE = "true";
  CARGO_TERM_COLOR = "never";
  knownJson = builtins.toJSON known;
  recordFaults = lib.concatMapStrings (
    fault: "${fault.ended}\t${fault.begins}\t${fault.holds}\t${fault.reason}\n"
  ) table.faults;
  recordLimit = toString (config.resources.timeout_minutes * 60);
  recordTries = toString config.resources.max_attempts;
}
// lib.optionalAttrs (lib.elem "cargo-llvm-cov" stage.tools) {
  # The layer's own folder, where the third-party crates lie.
  CARGO_LLVM_COV_TARGET_DIR = "target";
  LLVM_COV = "${llvm}/llvm-cov";
  LLVM_PROFDATA = "${llvm}/llvm-profdata";
}
