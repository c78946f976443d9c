{
  functions,
  lib,
  rust-overlay,
}:
/**
  The toolchain that a workspace's toolchain file names, with what the stages need added. Without such a file, the latest
  stable.

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
  wanted = functions.readToolchain { inherit src; };
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
