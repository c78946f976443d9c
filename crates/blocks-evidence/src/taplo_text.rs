//! What `taplo fmt` prints to standard error.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::formatter::{FormatterError, FormatterReport};
use crate::printable::strip_ansi;

/// What is between the place in the program and the numbers of files.
const FOUND: &str = ": found files ";
/// How the tool sums up at its end that some files are no TOML.
const SUM: &str = "some files were not formatted due to syntax errors";

/// Reads what was said. Without the number of files it is not known whether anything was looked into.
pub fn read_taplo_text(bytes: &[u8]) -> Result<FormatterReport, EvidenceError> {
    let format = Format::TaploText;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    let mut report = FormatterReport::default();
    let mut files = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((_, rest)) = line.split_once(FOUND).filter(|_| is_of(line, "INFO")) {
            let refused = || format.malformed_line(number, "no number of files");
            files = Some(counted(rest).ok_or_else(refused)?);
        } else if let Some(message) = line.strip_prefix("error: ") {
            let message = bounded(message, MESSAGE);
            report.errors.push(FormatterError { message, ..FormatterError::default() });
        } else if is_of(line, "WARN") || is_of(line, "ERROR") && !line.ends_with(SUM) {
            report.failures.push(bounded(line.trim_start(), MESSAGE));
        } else if let Some(error) = report.errors.last_mut() {
            more(error, line);
        }
    }
    let refused = || format.malformed("its end", "the number of files is not there");
    Ok(FormatterReport { files: files.ok_or_else(refused)?, ..report })
}

/// Adds what a line below an error says: where it is, and then what is wrong there.
fn more(error: &mut FormatterError, line: &str) {
    if error.line.is_none() {
        (error.file, error.line) = place(line).unzip();
    } else if let Some(label) = label(line) {
        error.message = bounded(&format!("{}: {label}", error.message), MESSAGE);
    }
}

fn is_of(line: &str, level: &str) -> bool {
    line.trim_start().strip_prefix(level).is_some_and(|rest| rest.starts_with(' '))
}

/// Of `total=7 excluded=2 cwd="/w"`, 5.
fn counted(fields: &str) -> Option<u64> {
    let of = |name: &str| {
        let mut values = fields.split(' ').filter_map(|field| field.strip_prefix(name));
        values.next()?.parse::<u64>().ok()
    };
    of("total=")?.checked_sub(of("excluded=")?)
}

/// Of `  ┌─ a/bad.toml:1:5`, the file and the line.
pub(crate) fn place(line: &str) -> Option<(String, u32)> {
    let place = line.trim_start().strip_prefix("┌─ ")?;
    let mut parts = place.trim_end().rsplitn(3, ':');
    parts.next()?.parse::<u32>().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((bounded(parts.next()?, NAME), line))
}

/// Of ` │ ╰^ expected value`, what is expected.
fn label(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once('│')?;
    let (_, label) = rest.rsplit_once("^ ")?;
    Some(label.trim()).filter(|label| !label.is_empty())
}
