//! Several files in one, as stages' scripts put them together: before each a line that says whose it is and how many
//! bytes follow, `=== /workspace/a has 123 bytes`, or that there is none, `=== /workspace/a has none`. A line feed ends
//! each.

use crate::error::{EvidenceError, Format};
use std::collections::HashSet;

/// One of them.
pub(crate) struct Framed<'a> {
    pub(crate) name: &'a str,
    /// What it holds; none where the line says so.
    pub(crate) bytes: Option<&'a [u8]>,
}

/// Reads all of them; `what` one is called in errors. Each is as long as the line before it says, whatever is in it, so
/// that none can stand for another.
pub(crate) fn read_framed<'a>(
    format: Format,
    what: &str,
    bytes: &'a [u8],
) -> Result<Vec<Framed<'a>>, EvidenceError> {
    format.check_size(bytes.len())?;
    let mut found = Vec::new();
    let mut names = HashSet::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = bytes.len() - rest.len();
        let malformed = |reason: &str| format.malformed(format_args!("byte {at}"), reason);
        let (line, after) = line(rest).ok_or_else(|| malformed("a line has no end"))?;
        let (name, size) = marker(line).ok_or_else(|| malformed(&format!("this is no {what}")))?;
        if !names.insert(name) {
            return Err(malformed(&format!("the {what} of {name} is there twice")));
        }
        let held = match size {
            None => None,
            Some(size) => Some(after.get(..size).ok_or_else(|| malformed("it is cut off"))?),
        };
        rest = &after[size.unwrap_or_default()..];
        if held.is_some() {
            // A text may end without a line feed; the next line begins one.
            rest = rest.strip_prefix(b"\n").ok_or_else(|| malformed("it has no end"))?;
        }
        found.push(Framed { name, bytes: held });
    }
    Ok(found)
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// Whose file follows, and its size; no size where there is none.
fn marker(line: &[u8]) -> Option<(&str, Option<usize>)> {
    let (name, what) =
        std::str::from_utf8(line).ok()?.strip_prefix("=== ")?.rsplit_once(" has ")?;
    let size = match what {
        "none" => None,
        _ => Some(what.strip_suffix(" bytes")?.parse().ok()?),
    };
    (!name.is_empty()).then_some((name, size))
}
