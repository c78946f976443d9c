{ lib, rust-overlay }:
/**
  The toolchain that a workspace's rust-toolchain.toml names, with what the stages need added.
  Without that file, the latest stable.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `src`
  : The workspace's folder.

  `targets`
  : Targets that it compiles for beside its own (`[ ]`).
*/
{
  pkgs,
  src,
  targets ? [ ],
}:
let
  rust-bin = rust-overlay.lib.mkRustBin { } pkgs;
  file = src + "/rust-toolchain.toml";
  wanted = if builtins.pathExists file then (lib.importTOML file).toolchain else { };
  needed = [
    "clippy"
    "llvm-tools"
    "rustfmt"
  ];
in
rust-bin.fromRustupToolchain (
  {
    channel = "stable";
  }
  // wanted
  // {
    components = lib.unique ((wanted.components or [ ]) ++ needed);
    targets = lib.unique ((wanted.targets or [ ]) ++ targets);
  }
)
