{ lib, rust-overlay }:
/**
  The toolchain that a tool of the table is: of a channel, which the lock of rust-overlay makes a day.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `tool`
  : The tool's row; its `version` is `nightly`, a nightly with its day (`nightly-2026-05-20`), or a release.
*/
{ pkgs, tool }:
let
  rust-bin = rust-overlay.lib.mkRustBin { } pkgs;
  day = lib.removePrefix "nightly-" tool.version;
in
if tool.version == "nightly" then
  # Not every day has all parts of a toolchain.
  rust-bin.selectLatestNightlyWith (toolchain: toolchain.minimal)
else if day != tool.version then
  rust-bin.nightly.${day}.minimal
else
  rust-bin.stable.${tool.version}.minimal
