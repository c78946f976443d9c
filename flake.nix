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
    # What workspaces are compared with: the sources of another commit, none here and overridden by who knows
    # which, such as CI with the commit that a pull request begins at.
    baseline = {
      url = "path:./nix/baseline";
      flake = false;
    };
    # What is known to be wrong with crates: no database here. Who uses this project gives mkFlake or mkPipeline an
    # input of their own, which they update.
    advisory-db = {
      url = "path:./nix/advisory-db";
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
      baseline,
      advisory-db,
    }:
    let
      inherit (nixpkgs) lib;
      functions = import ./nix { inherit lib crane rust-overlay; };
      # What a workspace takes from this flake, unless it brings its own.
      given = {
        inherit nixpkgs;
        blocks = lib.mapAttrs (_: packages: packages.cargo-blocks) self.packages;
        attempts = lib.importJSON "${attempts}/attempts.json";
        advisory-db = if builtins.pathExists "${advisory-db}/crates" then advisory-db else null;
        baseline = if builtins.pathExists "${baseline}/Cargo.toml" then baseline else null;
      };
      own = functions.mkFlake (
        given
        // {
          src = ./.;
          today = self.lastModifiedDate or null;
          revision = self.rev or null;
          time = self.lastModified or null;
          name = "blocks";
          # The tests of the engine make checkouts, and processes that leave their group; those of workflows run a script.
          pipeline = pkgs: {
            # Here `cargo blocks` is an alias that builds what is being worked on.
            devTools = [ ];
            nativeBuildInputs = [
              pkgs.gitMinimal
              pkgs.jq
              pkgs.util-linux
            ];
          };
        }
      );
      # Adds to an output of the own pipeline, by system.
      withOwn =
        output: more:
        lib.mapAttrs (system: own: own // more nixpkgs.legacyPackages.${system}) own.${output};
    in
    own
    // {
      checks = withOwn "checks" (pkgs: {
        nix-tests = functions.mkNixTests { inherit pkgs; };
      });
      packages = withOwn "packages" (pkgs: rec {
        cargo-blocks = functions.mkCargoBlocks {
          inherit pkgs;
          src = ./.;
        };
        default = cargo-blocks;
      });

      flakeModules.default = functions.mkFlakeModule {
        given = system: {
          inherit (given) advisory-db attempts baseline;
          blocks = given.blocks.${system};
        };
      };

      # `nix flake init --template github:OWNER/blocks#library`
      templates =
        let
          templates = functions.readTemplates { src = ./examples; };
        in
        templates // { default = templates.minimal; };

      lib = functions // {
        mkFlake = args: functions.mkFlake (given // args);
        mkPipeline =
          args:
          functions.mkPipeline (
            {
              inherit (given) advisory-db attempts baseline;
              blocks = given.blocks.${args.pkgs.stdenv.hostPlatform.system};
            }
            // args
          );
      };
    };
}
