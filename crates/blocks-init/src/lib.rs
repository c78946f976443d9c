//! Adopting Blocks: what a workspace is, and the files that it needs for it.
//!
//! [`Facts::look`] reads manifests and files, and runs nothing. [`Plan::of`] is a function of these facts and of what
//! somebody chose: the files as they would be, and what there is to know about the first run. Whoever calls this has cargo,
//! git and a terminal, and writes the files.
//!
//! No plan lowers a threshold: what is red at first is told, with the next command, and stays red.

mod ci;
mod error;
mod facts;
mod files;
mod look;
mod needs;
mod note;
mod outside;
mod plan;
mod readme;
mod toolchain;

pub use ci::{CiCommand, CiFile};
pub use error::InitError;
pub use facts::{Bench, Facts, LockFile, Member, Origin};
pub use look::Looking;
pub use needs::Need;
pub use note::Note;
pub use outside::Outside;
pub use plan::{Choices, Plan, PlannedFile, State, WorkflowFile};
pub use toolchain::{Toolchain, ToolchainFile};
