//! Inputs for the benchmarks of what Blocks does most, the same bytes for the same arguments.
//!
//! `benches/hot_paths.rs` counts the instructions of these paths, and `benches/peers/run` compares their time with that
//! of other programs that read the same files. The inputs look like what cargo-nextest and `llvm-cov` write of Rust
//! code, so that what is fast on them is fast on workspaces.

mod badges;
mod coverage;
mod junit;
mod records;

pub use badges::{badge_lines, badges, read_badges};
pub use coverage::Code;
pub use junit::junit;
pub use records::{Records, Report, ReportError};
