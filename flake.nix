{
  description = "The build-and-check pipeline of a Rust workspace, as a flake and a cargo subcommand";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
    crane.url = "github:ipetkov/crane";
    rust-overlay = {
      url = "github:oxalica/rust-overlay";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    # Which stages are asked again: attempts.json, empty here and overridden on a command line.
    attempts = {
      url = "path:./nix/attempts";
      flake = false;
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      crane,
      rust-overlay,
      attempts,
    }:
    let
      inherit (nixpkgs) lib;
      functions = import ./nix { inherit lib crane rust-overlay; };
      asked = lib.importJSON "${attempts}/attempts.json";
      # nixpkgs decides for how long it has a platform.
      systems = lib.filter (system: nixpkgs.legacyPackages ? ${system}) [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
        "x86_64-darwin"
      ];
      forSystems = function: lib.genAttrs systems (system: function nixpkgs.legacyPackages.${system});
      own = forSystems (
        pkgs:
        functions.mkPipeline {
          inherit pkgs;
          src = ./.;
          name = "blocks";
          # The tests of the engine make checkouts, and processes that leave their group.
          nativeBuildInputs = [
            pkgs.gitMinimal
            pkgs.util-linux
          ];
          blocks = self.packages.${pkgs.stdenv.hostPlatform.system}.cargo-blocks;
          attempts = asked;
        }
      );
      forOwn = function: lib.mapAttrs (_: function) own;
    in
    {
      checks = lib.recursiveUpdate (forOwn (pipeline: pipeline.checks)) (
        forSystems (pkgs: {
          nix-tests = functions.mkNixTests { inherit pkgs; };
        })
      );
      legacyPackages = forOwn (pipeline: {
        inherit (pipeline) records layers;
      });
      packages = forSystems (
        pkgs:
        let
          cargo-blocks = functions.mkCargoBlocks {
            inherit pkgs;
            src = ./.;
          };
        in
        own.${pkgs.stdenv.hostPlatform.system}.packages
        // {
          inherit cargo-blocks;
          default = cargo-blocks;
        }
      );
      devShells = forOwn (pipeline: {
        default = pipeline.devShell;
      });
      formatter = forSystems (pkgs: pkgs.nixfmt-tree);
      hydraJobs = self.checks;

      lib = functions // {
        # For another workspace: this flake's inputs and program, unless it brings its own.
        mkPipeline =
          args:
          functions.mkPipeline (
            {
              blocks = self.packages.${args.pkgs.stdenv.hostPlatform.system}.cargo-blocks;
              attempts = asked;
            }
            // args
          );
      };
    };
}
