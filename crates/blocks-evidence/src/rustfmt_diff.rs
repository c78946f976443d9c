//! What `rustfmt --check` (and so `cargo fmt -- --check`) prints to its standard output.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::printable::strip_ansi;

/// A file that is not formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnformattedFile {
    /// Its path, absolute as rustfmt prints it.
    pub file: String,
    /// The first line that differs of each place; none when only the kind of line end does.
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
    // The file and the line that rustfmt is at, until the first line that differs: a place begins
    // with lines that do not.
    let mut place: Option<(&str, u32)> = None;
    for (index, line) in text.split('\n').enumerate() {
        if let Some((file, at)) = header(line) {
            if place.is_some() {
                return Err(without_difference(index + 1));
            }
            add(&mut files, file, None);
            is_below_header = at.is_some();
            place = at.map(|at| (file, at));
        } else if is_below_header && line.starts_with(['+', '-']) {
            if let Some((file, at)) = place.take() {
                add(&mut files, file, Some(at));
            }
        } else if is_below_header && line.starts_with(' ') {
            place = place.map(|(file, at)| (file, at.saturating_add(1)));
        } else if !line.trim().is_empty() {
            return Err(Format::RustfmtDiff.malformed_line(index + 1, "no part of a difference"));
        }
    }
    match place {
        Some(_) => Err(Format::RustfmtDiff.malformed("end", "a header without its difference")),
        None => Ok(files),
    }
}

fn without_difference(line: usize) -> EvidenceError {
    Format::RustfmtDiff.malformed_line(line, "a header before the difference of the last one")
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
