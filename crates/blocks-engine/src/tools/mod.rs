//! The tools that stages need: where this machine has them, and how it can get them.

mod find;
mod install;
mod llvm;
mod program;
mod toolchain;
mod version;

pub(crate) use find::path_with_own;
pub use find::{Found, find};
pub use install::{Plan, install, plan};
pub use llvm::{LlvmTools, find_llvm};
use toolchain::{find_promised, find_toolchain, not_found};
pub use version::version_in;
