//! What is wrong with a store, and where.

use std::{fmt, path::PathBuf};

/// Why something could not be stored, or a store could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// It is nothing that could be read back.
    #[error("cannot store a measurement of {series}: {what}")]
    Measurement {
        /// The beginning of its series' name.
        series: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// A file of the store would become larger than what is read of one.
    #[error(
        "{file} would have {bytes} bytes, and at most {limit} are read of a file: move it elsewhere",
        limit = crate::FILE_LIMIT
    )]
    TooLarge {
        /// The file, from the store's folder.
        file: String,
        /// How many it would have.
        bytes: usize,
    },
    /// A file or folder of the store could not be read or written.
    #[error("cannot {what} {path}: {reason}")]
    File {
        /// What was tried: `read`, `write`, ….
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

/// Something of a store that is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file, from the store's folder.
    pub file: String,
    /// The line, counted from 1; none where it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong there.
    pub damage: Damage,
}

/// Why a line is no measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// The file is larger than what is read of one, or cannot be read.
    File(String),
    /// It has more bytes than a measurement can have.
    TooLong(usize),
    /// Two files were merged by hand, and it says where.
    Conflict,
    /// It is no JSON of this form; what the reader says.
    Form(String),
    /// It is of a form that this program does not know.
    Schema(u64),
    /// It cannot be a measurement; what is wrong with it.
    Value(&'static str),
}

impl fmt::Display for Warning {
    /// `linux/0123….jsonl:3: no measurement: …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.damage),
            None => write!(f, "{}: {}", self.file, self.damage),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(what) => f.write_str(what),
            Self::TooLong(bytes) => write!(f, "no measurement: the line has {bytes} bytes"),
            Self::Conflict => f.write_str("no measurement: a mark of a merge"),
            Self::Form(what) => write!(f, "no measurement: {what}"),
            Self::Schema(found) => write!(
                f,
                "schema {found}, this program reads schema {}: update cargo-blocks",
                crate::SCHEMA
            ),
            Self::Value(what) => write!(f, "no measurement: {what}"),
        }
    }
}
