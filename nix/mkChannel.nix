{ lib, rust-overlay }:
/**
  The toolchain that a tool of the table is: of a channel, which the lock of rust-overlay makes a day.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `tool`
  : The tool's row; its `version` is `nightly`, a nightly with its day (`nightly-2026-05-20`), or a release, and its
    `components` are what the toolchain has beyond compiler, standard library and cargo.
*/
{ pkgs, tool }:
let
  rust-bin = rust-overlay.lib.mkRustBin { } pkgs;
  day = lib.removePrefix "nightly-" tool.version;
  complete =
    toolchain:
    if tool.components == [ ] then
      toolchain.minimal
    else
      toolchain.minimal.override { extensions = tool.components; };
in
if tool.version == "nightly" then
  # Not every day has all parts of a toolchain.
  rust-bin.selectLatestNightlyWith complete
else if day != tool.version then
  complete rust-bin.nightly.${day}
else
  complete rust-bin.stable.${tool.version}
