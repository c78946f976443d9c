//! The engines of Blocks: they run stages and leave records.
//!
//! - [`host`] runs the rows of the stage table on this machine, incrementally in cargo's target
//!   folder, under the limits of the configuration.
//! - [`nix`] lets Nix build the same rows as derivations.
//! - [`changes`] tells which members a change concerns, and why.
//!
//! Both engines leave the layout of [`blocks_records`], and neither judges.

mod asking;
mod bench_results;
mod branches;
pub mod changes;
mod checkout;
mod commit;
mod database;
mod document;
mod error;
mod event;
mod examples;
mod git;
mod hooks;
pub mod host;
mod line;
mod log;
mod machine;
mod measure;
pub mod nix;
mod own;
mod package;
mod process;
mod published;
mod ran;
mod replace;
mod repository;
mod results_branch;
mod sources;
mod toolchain;
pub mod tools;
mod trial;
mod workspace;

pub use asking::Asking;
pub use bench_results::{BenchResults, CriterionResult, CriterionRun, GungraunResult};
pub use branches::Branch;
pub use checkout::Checkout;
pub use commit::Commit;
pub use database::Database;
pub use document::Pages;
pub use error::EngineError;
pub use event::{Event, Origin, Sink};
pub use examples::{Examined, Examining, ExamplePlace};
pub use hooks::{NewHook, has_commit, hook_file, remote_branch, write_hook};
pub use line::{Line, LineCommit};
pub use log::{LoggedCommit, LoggedTag, commit_files, start_branch};
pub use machine::{machine_class, nix_class};
pub use measure::Measuring;
pub use own::OwnFiles;
pub use package::{Dependency, Package};
pub use process::{Cancel, child_environment};
pub use published::{TagState, is_on_branch, local_tag, make_tag, push_tags, remote_tag};
pub use ran::Ran;
pub use replace::{NewFile, Resumed, replace, resume};
pub use repository::{current_branch, default_branch, folder_in_repository, origin_address};
pub use results_branch::{ResultFile, ResultsBranch};
pub use sources::{fingerprint, listed};
pub use toolchain::Toolchain;
pub use trial::Trial;
pub use workspace::Workspace;
