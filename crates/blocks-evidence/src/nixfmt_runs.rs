//! The runs of nixfmt, a file each: `=== <n> files`, and of each `=== <file> ended with <status> in <n> lines` and the
//! lines that it said.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::formatter::{FormatterError, FormatterReport};
use crate::printable::strip_ansi;
use crate::taplo_text::place;

/// The name that the row's script gives to whatever file the tool reads.
const READ_AS: &str = "is.nix: ";

/// Reads the runs. A file that is no Nix is an error of it; a run that ended so for another reason is a failure.
pub fn read_nixfmt_runs(bytes: &[u8]) -> Result<FormatterReport, EvidenceError> {
    let format = Format::NixfmtRuns;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let text = strip_ansi(&text);
    if !text.ends_with('\n') {
        return Err(format.malformed("its end", "the last line does not end"));
    }
    let mut report = FormatterReport::default();
    let mut lines = (1..).zip(text.split_terminator('\n'));
    let files = lines.next().and_then(|(_, line)| files(line));
    let files = files.ok_or_else(|| format.malformed_line(1, "no number of files"))?;
    while let Some((number, line)) = lines.next() {
        let unknown = || format.malformed_line(number, "no run of the tool");
        let (file, exit, count) = run(line).ok_or_else(unknown)?;
        let said: Vec<&str> = lines.by_ref().take(count).map(|(_, line)| line).collect();
        if said.len() < count {
            return Err(format.malformed("its end", "what the tool said is cut"));
        }
        report.files += 1;
        match (exit, error(file, &said)) {
            (0, _) => {}
            (1, Some(error)) => report.errors.push(error),
            (1, None) => report.failures.push(failure(file, &said)),
            _ => return Err(format.malformed_line(number, "a status that is no answer")),
        }
    }
    if report.files != files {
        let reason = format!("{} of {files} files are there", report.files);
        return Err(format.malformed("its end", reason));
    }
    Ok(report)
}

/// Of `=== 3 files`, the number.
fn files(line: &str) -> Option<u64> {
    line.strip_prefix("=== ")?.strip_suffix(" files")?.parse().ok()
}

/// Of `=== a.nix ended with 1 in 9 lines`, the file, the status and the number of lines.
fn run(line: &str) -> Option<(&str, u8, usize)> {
    let (file, ended) = line.strip_prefix("=== ")?.rsplit_once(" ended with ")?;
    let (exit, count) = ended.strip_suffix(" lines")?.split_once(" in ")?;
    Some((file, exit.parse().ok()?, count.parse().ok()?))
}

/// What is wrong with a file, in the words of nixfmt or of nixfmt-rs; nothing where it is something else that is wrong.
fn error(file: &str, said: &[&str]) -> Option<FormatterError> {
    let (message, line) = by_frame(said).or_else(|| by_head(said)).or_else(|| of_bytes(said))?;
    let message = bounded(&message, MESSAGE);
    Some(FormatterError { message, file: Some(bounded(file, NAME)), line })
}

/// `Error[E001]: what is wrong` above `┌─ is.nix:2:7`.
fn by_frame(said: &[&str]) -> Option<(String, Option<u32>)> {
    let at = said.iter().position(|line| place(line).is_some())?;
    let (_, line) = place(said[at])?;
    let head = said[..at].last()?;
    let message = head.split_once(": ").map_or(*head, |(_, message)| message);
    Some((message.to_owned(), Some(line)))
}

/// `is.nix:2:7:` above three lines that show the place, and what is wrong below.
fn by_head(said: &[&str]) -> Option<(String, Option<u32>)> {
    let (head, rest) = said.split_first()?;
    let mut parts = head.strip_suffix(':')?.rsplitn(3, ':');
    parts.next()?.parse::<u32>().ok()?;
    let line = parts.next()?.parse().ok()?;
    let words = rest.iter().skip(3).map(|line| line.trim()).filter(|line| !line.is_empty());
    let message = words.collect::<Vec<_>>().join(", ");
    let message = if message.is_empty() { "no Nix".to_owned() } else { message };
    Some((message, Some(line)))
}

/// A file that is no text has no line.
fn of_bytes(said: &[&str]) -> Option<(String, Option<u32>)> {
    let of_bytes = |line: &&&str| line.contains("valid UTF-8") || line.contains("byte sequence");
    let line = said.iter().find(of_bytes)?;
    Some((line.strip_prefix(READ_AS).unwrap_or(line).to_owned(), None))
}

fn failure(file: &str, said: &[&str]) -> String {
    let line =
        said.first().map_or("nothing is said", |line| line.strip_prefix(READ_AS).unwrap_or(line));
    bounded(&format!("{file}: {line}"), MESSAGE)
}
