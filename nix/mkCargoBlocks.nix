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
    # A member, whose manifest cargo wants to see.
    "benches/hot-paths"
  ];
  isKept =
    path: lib.any (it: path == it || lib.hasPrefix "${it}/" path || lib.hasPrefix "${path}/" it) kept;
in
craneLib.buildPackage {
  pname = "cargo-blocks";
  inherit ((lib.importTOML (src + "/Cargo.toml")).workspace.package) version;
  src = lib.cleanSourceWith {
    inherit src;
    name = "source";
    filter = path: _type: isKept (lib.removePrefix "${toString src}/" path);
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
