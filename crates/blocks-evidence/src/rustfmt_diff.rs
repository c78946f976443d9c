//! What `rustfmt --check` (and so `cargo fmt -- --check`) prints to its standard output.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::printable::strip_ansi;

/// A file that is not formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnformattedFile {
    /// Its path, absolute as rustfmt prints it.
    pub file: String,
    /// The first lines of the places that differ; none when only the kind of line end does.
    pub lines: Vec<u32>,
}

/// Reads the differences, one entry a file, in the order of the text. An empty text has none.
///
/// The form is strict, so that a text of another tool is not taken for "no differences": a line is
/// a header (`Diff in FILE:LINE:`, before rustfmt 1.7 `Diff in FILE at line LINE:`, or `Incorrect
/// newline style in FILE`), or stands below a header and begins with a blank, a `+` or a `-`.
pub fn read_rustfmt_diff(bytes: &[u8]) -> Result<Vec<UnformattedFile>, EvidenceError> {
    Format::RustfmtDiff.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    let mut files: Vec<UnformattedFile> = Vec::new();
    let mut is_below_header = false;
    let mut has_body = true;
    for (index, line) in text.split('\n').enumerate() {
        if let Some((file, at)) = header(line) {
            add(&mut files, file, at);
            is_below_header = at.is_some();
            has_body = at.is_none();
        } else if is_below_header && line.starts_with([' ', '+', '-']) {
            has_body = true;
        } else if !line.trim().is_empty() {
            return Err(Format::RustfmtDiff.malformed_line(index + 1, "no part of a difference"));
        }
    }
    if !has_body {
        return Err(Format::RustfmtDiff.malformed("end", "a header without its difference"));
    }
    Ok(files)
}

fn header(line: &str) -> Option<(&str, Option<u32>)> {
    if let Some(file) = line.strip_prefix("Incorrect newline style in ") {
        return Some((file.trim_end(), None));
    }
    let place = line.strip_prefix("Diff in ")?.trim_end().strip_suffix(':')?;
    let (file, number) = place.rsplit_once(" at line ").or_else(|| place.rsplit_once(':'))?;
    Some((file, Some(number.parse().ok()?)))
}

fn add(files: &mut Vec<UnformattedFile>, file: &str, line: Option<u32>) {
    let file = bounded(file, NAME);
    let known = files.iter_mut().rev().find(|known| known.file == file);
    match known {
        Some(known) => known.lines.extend(line.filter(|line| !known.lines.contains(line))),
        None => files.push(UnformattedFile { file, lines: line.into_iter().collect() }),
    }
}
