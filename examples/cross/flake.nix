{
  description = "A library that is compiled for another target, too";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    blocks.lib.mkFlake {
      src = ./.;
      name = "cross";
      # Beside those that rust-toolchain.toml names, which rustup brings to the host engine: here they are the same.
      pipeline = _: { targets = [ "wasm32-unknown-unknown" ]; };
    };
}
