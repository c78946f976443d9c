{
  description = "A workspace of several members, each checked by itself";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs = { blocks, ... }: blocks.lib.mkFlake { src = ./.; };
}
