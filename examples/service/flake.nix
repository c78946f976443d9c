{
  description = "A service: a library with its logic, and programs that are released";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    blocks.lib.mkFlake {
      src = ./.;
      name = "service";
    };
}
