{ crane }:
/**
  crane's library for a toolchain.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `toolchain`
  : The toolchain that cargo, rustc, clippy and rustfmt come from.
*/
{ pkgs, toolchain }:
(crane.mkLib pkgs).overrideToolchain (_: toolchain)
