//! A message as a file.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::folder::read;
use crate::{FolderError, Outgoing};

/// The largest file of a message that is read, in bytes.
pub const ITEM_LIMIT: usize = 8 << 20;

/// Why the spool cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// A file could not be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A message is damaged. It is left as it is.
    #[error("{path} is damaged ({reason}): mend it, or move it elsewhere")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        reason: String,
    },
    /// Too many wait.
    #[error(
        "{path} holds {most} messages that could not be sent: look why, or move them elsewhere"
    )]
    Full {
        /// The folder.
        path: PathBuf,
        /// How many there may be.
        most: usize,
    },
}

/// The name of its file: by age, and then by what it is called.
pub(super) fn name(message: &Outgoing) -> String {
    let digest = Sha256::digest(format!("{} {}", message.via.id(), message.id));
    let digits =
        digest.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    format!("{:012}-{digits}.json", message.created)
}

pub(super) fn text(message: &Outgoing) -> String {
    // Only maps with keys that are no strings, and values that refuse, cannot be written.
    let mut text = serde_json::to_string_pretty(message)
        .unwrap_or_else(|error| unreachable!("structs of strings and numbers: {error}"));
    text.push('\n');
    text
}

pub(super) fn load(path: &Path) -> Result<Option<Outgoing>, SpoolError> {
    let Some(text) = read(path, ITEM_LIMIT)? else {
        return Ok(None);
    };
    let damaged = |error: serde_json::Error| SpoolError::Damaged {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    serde_json::from_str(&text).map(Some).map_err(damaged)
}
