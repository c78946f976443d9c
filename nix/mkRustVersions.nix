{ lib, rust-overlay }:
/**
  What the stage `msrv` asks: a line a member that has a `rust-version`, of the version, the folder of that
  toolchain's programs, and the member's name.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `workspace`
  : As readWorkspace gives it.
*/
{ pkgs, workspace, ... }:
let
  rust-bin = rust-overlay.lib.mkRustBin { } pkgs;
  # The first release of a version: what works with `1.70` works with 1.70.0.
  release = version: lib.concatStringsSep "." (lib.take 3 (lib.splitString "." version ++ [ "0" "0" ]));
  toolchainOf =
    version:
    rust-bin.stable.${release version}.minimal
      or (throw "rust-version = \"${version}\": the locked rust-overlay knows no such release");
  line =
    name:
    let
      version = workspace.packages.${name}.manifest.package.rust-version or null;
    in
    lib.optional (version != null) "${version} ${toolchainOf version}/bin ${name}";
in
lib.concatStringsSep "\n" (lib.concatMap line workspace.members)
