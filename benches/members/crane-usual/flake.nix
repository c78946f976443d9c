{
  description = "A generated workspace that is checked by crane alone, as whole workspaces usually are";

  # Only for its inputs, so that both sides have the same nixpkgs, crane and toolchain.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    let
      inherit (blocks.inputs) nixpkgs crane rust-overlay;
      inherit (nixpkgs) lib;
      # Tests run once, instrumented, and take third-party crates from `cargoArtifacts`.
      tuned = false; # bench: tuned

      checksFor =
        pkgs:
        let
          wanted = (lib.importTOML ./rust-toolchain.toml).toolchain;
          toolchain = (rust-overlay.lib.mkRustBin { } pkgs).fromRustupToolchain (
            wanted // { components = wanted.components ++ [ "llvm-tools" ]; }
          );
          craneLib = (crane.mkLib pkgs).overrideToolchain (_: toolchain);

          common = rec {
            pname = "bench";
            version = "0";
            src = craneLib.cleanCargoSource ./.;
            strictDeps = true;
            cargoVendorDir = craneLib.vendorCargoDeps { inherit src; };
            env = {
              # crane's own default is release.
              CARGO_PROFILE = "dev";
              # Nothing reads it. Another value makes everything anew, third-party crates included.
              BENCH_NONCE = "none"; # bench: nonce
            };
          };
          withDeps = common // {
            cargoArtifacts = craneLib.buildDepsOnly common;
          };
          addEnv = env: withDeps // { env = common.env // env; };
        in
        {
          fmt = craneLib.cargoFmt common;
          clippy = craneLib.cargoClippy (
            withDeps // { cargoClippyExtraArgs = "--all-targets -- --deny warnings"; }
          );
          doc = craneLib.cargoDoc (addEnv {
            RUSTDOCFLAGS = "--deny warnings";
          });
          doctest = craneLib.cargoDocTest withDeps;
        }
        // (
          if tuned then
            {
              nextest = craneLib.cargoNextest (
                addEnv { CARGO_LLVM_COV_TARGET_DIR = "target"; }
                // {
                  withLlvmCov = true;
                  doInstallCargoArtifacts = false;
                }
              );
            }
          else
            {
              nextest = craneLib.cargoNextest withDeps;
              coverage = craneLib.cargoLlvmCov withDeps;
            }
        );
    in
    {
      checks = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
        system: checksFor nixpkgs.legacyPackages.${system}
      );
    };
}
