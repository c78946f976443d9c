# The part of rust-overlay's `rust-bin` that the flake uses. There is one toolchain, with all
# components that the machine has, and its nightly; asking for another version is an error, not a surprise.
{ lib, pkgs }:
let
  inherit (pkgs.facts.rust) version;
  toolchain = pkgs.hostToolchain // {
    override = _: toolchain;
  };
  fits = channel: channel == "stable" || channel == version || lib.hasPrefix "${channel}." version;
in
{
  stable = {
    latest.default = toolchain;
    ${version}.minimal = toolchain;
  };
  # Components that the machine's nightly lacks are missed by who builds with it.
  selectLatestNightlyWith =
    choose:
    choose {
      minimal = pkgs.hostNightly // {
        override = _: pkgs.hostNightly;
      };
    };
  fromRustupToolchain =
    { channel, ... }:
    if fits channel then
      toolchain
    else
      throw "nix/host: the workspace asks for Rust ${channel}, this machine's rustc is ${version}";
}
