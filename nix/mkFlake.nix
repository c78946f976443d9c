{ functions, lib }:
/**
  The outputs of a workspace's flake: its pipeline for every system that nixpkgs has.

  # Inputs

  Those of options.toml that are of mkFlake.

  # Example

  ```nix
  outputs = { blocks, ... }: blocks.lib.mkFlake { src = ./.; };
  ```
*/
{
  src,
  nixpkgs,
  blocks,
  name ? "workspace",
  attempts ? { },
  baseline ? null,
  advisory-db ? null,
  today ? src.lastModifiedDate or null,
  revision ? src.rev or null,
  time ? src.lastModified or null,
  systems ? [
    "x86_64-linux"
    "aarch64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
  ],
  hydraSystems ? [ "x86_64-linux" ],
  pipeline ? _: { },
}:
let
  read = functions.readPipeline { inherit src; };
  # nixpkgs decides for how long it has a platform.
  # From 26.11 on, nixpkgs has packages of Intel Macs that throw. To try each system would cost seconds in every evaluation.
  isDropped =
    system:
    system == "x86_64-darwin" && lib.versionAtLeast (nixpkgs.lib.trivial.release or "0") "26.11";
  isThere = system: nixpkgs.legacyPackages ? ${system} && !(isDropped system);
  available = lib.filter isThere systems;
  pipelines = lib.genAttrs available (
    system:
    let
      pkgs = nixpkgs.legacyPackages.${system};
    in
    functions.mkPipeline (
      {
        inherit
          advisory-db
          attempts
          baseline
          name
          pkgs
          read
          revision
          src
          time
          today
          ;
        blocks = blocks.${system};
      }
      // pipeline pkgs
    )
  );
  each = output: lib.mapAttrs (_: output) pipelines;
in
{
  checks = each (pipeline: pipeline.checks);
  legacyPackages = lib.mapAttrs (
    system: pipeline:
    pipeline.groups
    // pipeline.aliases
    # `nix run` finds them here, where `nix flake check` does not look: with a baseline, they ask for the programs of both
    # sides, and the programs of a release for other compilers.
    // pipeline.programs
    // {
      # Whoever judges needs it: `cargo blocks cache` looks for it here, and who has a report already tells of it by this.
      cargo-blocks = blocks.${system};
      inherit (pipeline) artifacts layers records;
      baseline.records = if pipeline.baseline == null then { } else pipeline.baseline.records;
    }
  ) pipelines;
  packages = each (pipeline: pipeline.packages);
  apps = each (pipeline: pipeline.apps);
  devShells = each (pipeline: {
    default = pipeline.devShell;
  });
  # Without a mark to descend, which `nix flake check` would take for a job: nix-eval-jobs wants --force-recurse here, and
  # nothing for `checks.<system>`.
  hydraJobs = lib.genAttrs (lib.filter (system: lib.elem system available) hydraSystems) (system: {
    inherit (pipelines.${system}) checks;
    views = pipelines.${system}.packages;
  });
  formatter = lib.genAttrs available (system: nixpkgs.legacyPackages.${system}.nixfmt-tree);
}
