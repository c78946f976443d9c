//! LCOV, the form of coverage that `geninfo` has made common (`lcov.info`).

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::line_counts::{FileCounts, LineCounts};

/// The end of what is said of a file.
const END: &str = "end_of_record";

/// Reads LCOV, as `cargo llvm-cov --lcov`, grcov, lcov and `cargo blocks lcov` write it.
///
/// Lines and how often they ran are kept; functions and branches are only looked at. What the same line counts in several
/// records of a file is added up, as lcov does.
///
/// A record that does not end, a count that is no number, a line of a kind that is not known, or more lines that ran (`LH`)
/// than there are (`LF`): such a file was cut or altered, and is malformed. So is one without any record. Totals need not be
/// those of the lines: llvm-cov counts a line in each function, and in each form of a generic one, that has it.
pub fn read_lcov(bytes: &[u8]) -> Result<LineCounts, EvidenceError> {
    Format::Lcov.check_size(bytes.len())?;
    let text = std::str::from_utf8(bytes).map_err(|error| Format::Lcov.malformed("text", error))?;
    let (mut files, mut open, mut last) = (Vec::new(), None, 0);
    for (index, line) in text.lines().enumerate() {
        last = index + 1;
        let malformed = |reason: &str| Format::Lcov.malformed_line(last, reason);
        match open.as_mut() {
            None => open = begin(line).map_err(malformed)?,
            Some(_) if line == END => {
                files.extend(open.take().map(Open::close).transpose().map_err(malformed)?);
            }
            Some(file) => file.add(line).map_err(malformed)?,
        }
    }
    if open.is_some() {
        return Err(Format::Lcov.malformed_line(last, "the last record does not end"));
    }
    if files.is_empty() {
        return Err(Format::Lcov.malformed("end", "there is no record"));
    }
    Ok(files.into_iter().collect())
}

/// A record that is being read.
struct Open {
    file: FileCounts,
    found: Option<u64>,
    hit: Option<u64>,
}

/// A line outside of a record; nothing where none begins there.
fn begin(line: &str) -> Result<Option<Open>, &'static str> {
    match line.split_once(':') {
        // The name of a test, which is empty in general.
        Some(("TN", _)) => Ok(None),
        Some(("SF", "")) => Err("a record of no file"),
        Some(("SF", file)) => {
            let file = FileCounts { file: bounded(file, NAME), lines: Vec::new() };
            Ok(Some(Open { file, found: None, hit: None }))
        }
        _ if is_nothing(line) => Ok(None),
        _ => Err("it belongs to no record"),
    }
}

impl Open {
    fn add(&mut self, line: &str) -> Result<(), &'static str> {
        // Nearly all lines are of this kind.
        if let Some(data) = line.strip_prefix("DA:") {
            self.file.lines.push(counted(data).ok_or("DA is no number of a line and its count")?);
            return Ok(());
        }
        let Some((key, value)) = line.split_once(':') else {
            return is_nothing(line).then_some(()).ok_or("it is of no known kind");
        };
        match key {
            "LF" => total(&mut self.found, value),
            "LH" => total(&mut self.hit, value),
            // The name of a function may have commas; some tell where it ends, too.
            "FN" | "FNDA" | "FNL" => first_is_number(value),
            "FNF" | "FNH" | "BRF" | "BRH" | "MCF" | "MCH" => is_number(value),
            "BRDA" => is_branch(value).then_some(()).ok_or("BRDA is no branch"),
            "FNA" | "MCDC" | "VER" => Ok(()),
            "SF" | "TN" => Err("the record before it does not end"),
            _ => is_nothing(line).then_some(()).ok_or("it is of no known kind"),
        }
    }

    fn close(self) -> Result<FileCounts, &'static str> {
        // Of lines that are there more than once, the sum counts once.
        let mut file = self.file;
        let sum = LineCounts::from_iter([FileCounts { file: String::new(), ..file }]);
        file.lines = sum.files.into_iter().flat_map(|file| file.lines).collect();
        match (self.found, self.hit) {
            (Some(found), Some(hit)) if hit > found => Err("LH is more than LF"),
            _ => Ok(file),
        }
    }
}

/// Whether a line is empty or a comment.
fn is_nothing(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

/// `12,345`, and maybe a checksum of the line's text.
fn counted(data: &str) -> Option<(u32, u64)> {
    let (line, rest) = data.split_once(',')?;
    let count = rest.split_once(',').map_or(rest, |(count, _)| count);
    let line = number(line).and_then(|line| u32::try_from(line).ok()).filter(|line| *line > 0)?;
    Some((line, number(count)?))
}

/// Digits alone: `parse` would take a sign, too.
fn number(text: &str) -> Option<u64> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?
}

fn is_number(text: &str) -> Result<(), &'static str> {
    number(text).map(drop).ok_or("it is no number")
}

fn first_is_number(value: &str) -> Result<(), &'static str> {
    is_number(value.split(',').next().unwrap_or_default())
}

fn total(into: &mut Option<u64>, value: &str) -> Result<(), &'static str> {
    let total = number(value).ok_or("it is no number")?;
    into.replace(total).is_none().then_some(()).ok_or("the record has it already")
}

/// `line,block,branch,taken`, where the third may be an expression, and `-` says that nothing of it ran.
fn is_branch(value: &str) -> bool {
    let ends = value.split_once(',').zip(value.rsplit_once(','));
    value.matches(',').count() >= 3
        && ends.is_some_and(|((line, _), (_, taken))| {
            number(line).is_some() && (taken == "-" || number(taken).is_some())
        })
}
