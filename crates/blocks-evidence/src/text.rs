//! What a program printed, of which nothing is known but that people can read it.

use crate::error::{EvidenceError, Format};
use crate::printable::strip_ansi;

/// Reads a text, without what only a terminal understands.
///
/// It has no form, and so never an answer: an exit status gives that.
pub fn read_text(bytes: &[u8]) -> Result<String, EvidenceError> {
    Format::Text.check_size(bytes.len())?;
    Ok(strip_ansi(&String::from_utf8_lossy(bytes)).into_owned())
}
