{
  description = "A workspace with a toolchain, an environment and stages of its own";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    blocks.lib.mkFlake {
      src = ./.;
      name = "toolchain";
      pipeline =
        pkgs:
        let
          rust = blocks.inputs.rust-overlay.lib.mkRustBin { } pkgs;
        in
        {
          # In the place of what rust-toolchain.toml names, which the host engine takes: with more components here.
          toolchain = rust.stable.latest.default.override {
            extensions = [
              "llvm-tools"
              "rust-src"
            ];
          };
          # For all builds and tests.
          env.GREETING = "good day";
          nativeBuildInputs = [ pkgs.jq ];
          # For one stage.
          perStage.clippy.arguments = [
            "--all-features"
            "--"
            "--warn=clippy::nursery"
          ];
        };
    };
}
