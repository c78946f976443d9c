//! The cargo subcommand of Blocks: checks a Rust workspace, judges, and shows the result.
fn main() {}
