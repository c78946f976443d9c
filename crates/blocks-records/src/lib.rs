//! The record that a stage leaves: its layout, its digests, its reader and its writer.
//!
//! A record is the folder `<records>/<stage>/<unit>/`:
//!
//! ```text
//! record.json     what ran, how it ended, and the list of evidence with digests ([`Record`])
//! log             what the tool printed, at most [`log::LIMIT`] bytes
//! <evidence>      the tool's own output files, untouched
//! ```
//!
//! Both engines write this layout; the Nix engine writes it without this program. Whoever reads
//! a record through [`Record::load`] and [`Record::read_evidence`] gets either exactly the bytes that the stage
//! left, or a [`RecordError`] that says what is absent, cut or changed.

mod digest;
mod error;
pub mod log;
mod place;
mod record;

pub use digest::{Digest, digest_of, digest_of_file};
pub use error::RecordError;
pub use place::{UNIT_WORKSPACE, folder, undivided};
pub use record::{Ended, EvidenceFile, Record, Retry, SCHEMA, StepRun, Toolchain};
