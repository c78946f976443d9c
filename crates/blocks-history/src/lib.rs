//! The store of what was measured: one line of JSON a measurement, in files that merge.
//!
//! ```text
//! <machine>/<revision>.jsonl     what was measured of a revision, on a class of machines
//! ```
//!
//! Lines are a set: their order means nothing, and one that is there twice counts once. So two stores are merged by putting
//! the lines of their files together, by whatever tool, and two writers of other revisions or machines touch no file of each
//! other. A line that is damaged costs itself, with a [`Warning`], and nothing else.
//!
//! The files lie in a [`Folder`], or wherever their bytes are read from and written to: [`History::read`] takes names and
//! bytes, and [`added`] says what to add to a file. Nothing here reads a clock or starts a process.
//!
//! ```
//! use blocks_history::{History, Measurement, Unit, added, file_of};
//!
//! let measured = Measurement {
//!     revision: "0123456789abcdef0123456789abcdef01234567".to_owned(),
//!     date: "2026-11-27T10:00:00Z".to_owned(),
//!     machine: "linux-x86_64, Some Processor, 2 cores".to_owned(),
//!     toolchain: "rustc 1.95.0".to_owned(),
//!     series: "size/app/app".to_owned(),
//!     unit: Unit::Bytes,
//!     value: 401_408.0,
//!     interval: None,
//! };
//! let file = file_of(&measured);
//! let addition = added(&file, b"", [&measured])?;
//! let history = History::read([(file, addition.bytes)]);
//! assert_eq!(history.measurements(), [measured]);
//! # Ok::<(), blocks_history::HistoryError>(())
//! ```

mod error;
mod folder;
mod history;
mod layout;
mod line;
mod measurement;
mod series;

pub use error::{Damage, HistoryError, Warning};
pub use folder::Folder;
pub use history::History;
pub use layout::{Addition, FILE_LIMIT, added, file_of, is_file_of_store, machine_folder};
pub use line::{LINE_LIMIT, SCHEMA};
pub use measurement::{Interval, Measurement, Unit};
pub use series::{Point, Series};
