# The functions of crane that the flake calls, by crane's names and with crane's arguments.
{ pkgs, toolchain }:
let
  crane = {
    overrideToolchain =
      chosen:
      import ./lib.nix {
        inherit pkgs;
        toolchain = if pkgs.lib.isFunction chosen then chosen pkgs else chosen;
      };

    vendorCargoDeps =
      { src, ... }: pkgs.vendorFromHost (builtins.fromTOML (builtins.readFile "${src}/Cargo.lock"));

    mkCargoDerivation = import ./mk-cargo-derivation.nix { inherit crane pkgs toolchain; };
    mkDummySrc = import ./mk-dummy-src.nix { inherit pkgs; };

    buildDepsOnly =
      args:
      crane.mkCargoDerivation (
        builtins.removeAttrs args [ "cargoExtraArgs" ]
        // {
          src = crane.mkDummySrc args.src;
          pname = "${args.pname}-deps";
          cargoArtifacts = null;
          # Of the real sources: the stubbed ones are not there while this is evaluated.
          cargoVendorDir = args.cargoVendorDir or (crane.vendorCargoDeps args);
          env = (args.env or { }) // {
            CRANE_BUILD_DEPS_ONLY = "1";
          };
          doInstallCargoArtifacts = true;
        }
      );

    buildPackage = import ./build-package.nix { inherit crane pkgs; };
  };
in
crane
