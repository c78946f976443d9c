//! The engines of Blocks: they run stages and leave records.
//!
//! - [`host`] runs the rows of the stage table on this machine, incrementally in cargo's target
//!   folder, under the limits of the configuration.
//! - [`nix`] lets Nix build the same rows as derivations.
//! - [`changes`] tells which members a change concerns, and why.
//!
//! Both engines leave the layout of [`blocks_records`], and neither judges.

pub mod changes;
mod checkout;
mod database;
mod error;
mod event;
mod git;
pub mod host;
mod measure;
pub mod nix;
mod package;
mod process;
mod results;
mod sources;
mod toolchain;
pub mod tools;
mod workspace;

pub use checkout::Checkout;
pub use database::Database;
pub use error::EngineError;
pub use event::{Event, Sink};
pub use measure::Measuring;
pub use package::{Dependency, Package};
pub use process::{Cancel, child_environment};
pub use results::{BenchResults, CriterionResult, CriterionRun, GungraunResult};
pub use sources::fingerprint;
pub use toolchain::Toolchain;
pub use workspace::Workspace;
