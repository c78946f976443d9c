use thiserror::Error;

/// Why a record gives no evidence.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RecordError {
    /// There is no `record.json`.
    #[error("there is no record at {folder}")]
    Absent {
        /// The record's folder.
        folder: String,
    },
    /// `record.json` cannot be read, or is not a record.
    #[error("{file} is not a record: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// What its reader says.
        reason: String,
    },
    /// The record was written by a newer program.
    #[error("{file} has schema {found}, this program reads up to {known}: update cargo-blocks")]
    Newer {
        /// The file.
        file: String,
        /// The schema of the file.
        found: u64,
        /// The newest schema that this program reads.
        known: u32,
    },
    /// The record does not list the file, or the file is not there.
    #[error("{file} is absent")]
    EvidenceAbsent {
        /// The file's name in the record.
        file: String,
    },
    /// The file is not what the stage left.
    #[error("{file} is not the file that the stage left: {what}")]
    EvidenceChanged {
        /// The file's name in the record.
        file: String,
        /// The size or the digest that differs.
        what: String,
    },
}
