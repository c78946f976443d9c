{ functions, lib }:
/**
  The environment that tools of the table need.

  # Inputs

  `tools`
  : Their ids.

  `pkgs`, `toolchain`
  : Where llvm-tools come from, and what Miri is a part of.

  `rustVersions`
  : What mkRustVersions gives.
*/
{
  pkgs,
  rustVersions,
  toolchain,
  tools,
}:
let
  llvm = "${toolchain}/lib/rustlib/${pkgs.stdenv.hostPlatform.rust.rustcTarget}/bin";
in
{
  CARGO_PROFILE = "dev";
  CARGO_NET_OFFLINE = "true";
  CARGO_TERM_COLOR = "never";
}
// lib.optionalAttrs (lib.elem "cargo-llvm-cov" tools) {
  # The folder where the layer's crates lie.
  CARGO_LLVM_COV_TARGET_DIR = "target";
  LLVM_COV = "${llvm}/llvm-cov";
  LLVM_PROFDATA = "${llvm}/llvm-profdata";
}
// lib.optionalAttrs (lib.elem "rust-miri" tools) {
  # cargo miri would make it in the home folder, anew in each record.
  MIRI_SYSROOT = "${functions.mkMiriSysroot { inherit pkgs toolchain; }}";
}
// lib.optionalAttrs (lib.elem "rust-minimum" tools) { BLOCKS_RUST_VERSIONS = rustVersions; }
