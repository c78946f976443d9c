//! The changelogs of a workspace, as the stage's script puts them together: before each a line that says whose it is
//! and how many bytes follow, `=== /workspace/a has 123 bytes`, or that there is none, `=== /workspace/a has none`.
//! The root's own is that of `.`.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

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
    let format = Format::Changelogs;
    format.check_size(bytes.len())?;
    let mut found: Vec<Changelog> = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let malformed = |reason: &str| format.malformed(format_args!("byte {at}"), reason);
        let (line, after) = line(rest).ok_or_else(|| malformed("a line has no end"))?;
        let (folder, size) = marker(line).ok_or_else(|| malformed("this is no changelog"))?;
        if found.iter().any(|it| it.folder == folder) {
            return Err(malformed("that of a folder is there twice"));
        }
        let text = match size {
            None => None,
            Some(size) => Some(after.get(..size).ok_or_else(|| malformed("it is cut off"))?),
        };
        rest = &after[size.unwrap_or_default()..];
        if text.is_some() {
            // A text may end without a line feed; the next line begins one.
            rest = rest.strip_prefix(b"\n").ok_or_else(|| malformed("it has no end"))?;
        }
        let text = text.map(|it| String::from_utf8_lossy(it).into_owned());
        found.push(Changelog { folder: bounded(folder, NAME), text });
    }
    if found.is_empty() {
        return Err(format.malformed("its begin", "there is nothing"));
    }
    Ok(found)
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// Whose changelog follows, and its size; no size where there is none.
fn marker(line: &[u8]) -> Option<(&str, Option<usize>)> {
    let (folder, what) =
        std::str::from_utf8(line).ok()?.strip_prefix("=== ")?.rsplit_once(" has ")?;
    let size = match what {
        "none" => None,
        _ => Some(what.strip_suffix(" bytes")?.parse().ok()?),
    };
    (!folder.is_empty()).then_some((folder, size))
}
