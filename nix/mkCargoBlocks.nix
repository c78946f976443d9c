{ functions, lib }:
/**
  The cargo-blocks program. Its sources are the crates and the manifests only: an edit to the
  documentation or to Nix files does not build it again.

  # Inputs

  `pkgs`
  : nixpkgs for the system.

  `src`
  : The folder of this project.
*/
{ pkgs, src }:
let
  toolchain = functions.mkToolchain { inherit pkgs src; };
  craneLib = functions.mkCraneLib { inherit pkgs toolchain; };
  kept = [
    "Cargo.toml"
    "Cargo.lock"
    "crates"
  ];
in
craneLib.buildPackage {
  pname = "cargo-blocks";
  inherit ((lib.importTOML (src + "/Cargo.toml")).workspace.package) version;
  src = lib.cleanSourceWith {
    inherit src;
    name = "source";
    filter = path: _type: dirOf path != toString src || lib.elem (baseNameOf path) kept;
  };
  cargoExtraArgs = "--locked --package cargo-blocks";
  doCheck = false;
  meta = {
    description = "The build-and-check pipeline of a Rust workspace";
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = "cargo-blocks";
  };
}
