{
  description = "A library that is compared with its last release";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    blocks.lib.mkFlake {
      src = ./.;
      name = "library";
    };
}
