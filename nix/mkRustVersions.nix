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
  release =
    version:
    lib.concatStringsSep "." (
      lib.take 3 (
        lib.splitString "." version
        ++ [
          "0"
          "0"
        ]
      )
    );
  # `?` where the locked rust-overlay has no such release: the record says so, and nothing else waits for it.
  folderOf =
    version:
    let
      # Old releases have no such profile, or nothing for the system.
      known = rust-bin.stable.${release version}.minimal or null;
      isThere = known != null && (builtins.tryEval known.drvPath).success;
    in
    if isThere then "${known}/bin" else "?";
  line =
    name:
    let
      version = workspace.packages.${name}.manifest.package.rust-version or null;
    in
    lib.optional (version != null) "${release version} ${folderOf version} ${name}";
in
lib.concatStringsSep "\n" (lib.concatMap line workspace.members)
