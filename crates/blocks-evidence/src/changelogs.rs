//! The changelogs of a workspace, as the stage's script puts them together (see `framed.rs`), each with the folder that
//! it lies in. The root's own is that of `.`.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::framed::read_framed;

/// The changelog of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changelog {
    /// The folder; `.` for the workspace's root.
    pub folder: String,
    /// Its text; none where there is none.
    pub text: Option<String>,
}

/// Reads all of them. Each is as long as the line before it says, whatever is in it, so that no changelog can stand for
/// another.
pub fn read_changelogs(bytes: &[u8]) -> Result<Vec<Changelog>, EvidenceError> {
    let found = read_framed(Format::Changelogs, "changelog", bytes)?;
    if found.is_empty() {
        return Err(Format::Changelogs.malformed("its begin", "there is nothing"));
    }
    let read = found.into_iter().map(|one| Changelog {
        folder: bounded(one.name, NAME),
        text: one.bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
    });
    Ok(read.collect())
}
