{
  description = "A generated workspace that is checked by Blocks";

  # OWNER stands for whoever hosts the repository that you take Blocks from.
  inputs.blocks.url = "github:OWNER/blocks";

  outputs =
    { blocks, ... }:
    blocks.lib.mkFlake {
      src = ./.;
      name = "bench";
      # Nothing reads it. Another value makes everything anew, third-party crates included.
      pipeline = _: { env.BENCH_NONCE = "none"; }; # bench: nonce
    };
}
