//! The engines of Blocks: stages run on the host or by Nix, with limits, and leave records.
