//! The JSON that `llvm-cov export` (and so `cargo llvm-cov report --json`) writes.

use crate::bounds::{NAME, bounded};
use crate::coverage::{Coverage, FileCoverage};
use crate::error::{EvidenceError, Format};
use crate::line_counts::{FileCounts, LineCounts};
use crate::line_coverage::{LineCoverage, Segment, line_counts, line_coverage};
use serde::Deserialize;

const TYPE: &str = "llvm.coverage.json.export";
/// LLVM up to 20 writes 2.x, newer ones 3.x; the keys that are read here are the same in both.
const VERSIONS: [&str; 2] = ["2", "3"];

/// The most lines of code that are taken from one export; no workspace has as many.
const MOST_LINES: usize = 20_000_000;

#[derive(Deserialize)]
struct Export {
    data: Vec<Data>,
    #[serde(rename = "type")]
    kind: String,
    version: String,
}

#[derive(Deserialize)]
struct Data {
    files: Vec<File>,
    totals: Summary,
}

#[derive(Deserialize)]
struct File {
    filename: String,
    segments: Vec<Segment>,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    lines: Counts,
}

/// Lines as llvm-cov counts them: function by function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
struct Counts {
    covered: u64,
    count: u64,
}

/// Reads a coverage export. Lines are counted once each, not function by function as in the summary of
/// the export.
///
/// Type and version are checked, and the summary's totals must be the sum of its files: an export
/// whose numbers do not add up was cut or altered, and is malformed.
pub fn read_llvm_cov(bytes: &[u8]) -> Result<Coverage, EvidenceError> {
    let of = |file: &File, room| {
        let LineCoverage { covered, uncovered } = line_coverage(&file.segments, room)?;
        let count = covered.len() + uncovered.len();
        Some((FileCoverage { file: bounded(&file.filename, NAME), covered, uncovered }, count))
    };
    Ok(read(bytes, of)?.into_iter().collect())
}

/// Reads how often lines ran of a coverage export, as llvm-cov shows it beside them; what is malformed is so for
/// [`read_llvm_cov`], too.
pub fn read_llvm_cov_counts(bytes: &[u8]) -> Result<LineCounts, EvidenceError> {
    let of = |file: &File, room| {
        let lines = line_counts(&file.segments, room)?;
        let count = lines.len();
        Some((FileCounts { file: bounded(&file.filename, NAME), lines }, count))
    };
    Ok(read(bytes, of)?.into_iter().collect())
}

/// Reads what is wanted of each file; `of` gives it with the number of its lines, or nothing where these are more than
/// there is room for.
fn read<T>(
    bytes: &[u8],
    of: impl Fn(&File, usize) -> Option<(T, usize)>,
) -> Result<Vec<T>, EvidenceError> {
    Format::LlvmCov.check_size(bytes.len())?;
    let export: Export =
        serde_json::from_slice(bytes).map_err(|error| Format::LlvmCov.malformed("JSON", error))?;
    check_version(&export)?;
    let [data] = <[Data; 1]>::try_from(export.data).map_err(|data| {
        Format::LlvmCov.malformed("data", format!("{} exports, not one", data.len()))
    })?;
    check_sums(&data)?;
    let mut room = MOST_LINES;
    let mut all = Vec::with_capacity(data.files.len());
    for file in &data.files {
        let Some((one, count)) = of(file, room) else {
            let place = format_args!("file {:?}", file.filename);
            let reason = format!("more than {MOST_LINES} lines in all");
            return Err(Format::LlvmCov.malformed(place, reason));
        };
        room -= count;
        all.push(one);
    }
    Ok(all)
}

fn check_version(export: &Export) -> Result<(), EvidenceError> {
    if export.kind != TYPE {
        return Err(Format::LlvmCov.malformed("type", format!("{:?} is not {TYPE:?}", export.kind)));
    }
    let major = export.version.split('.').next().unwrap_or_default();
    if !VERSIONS.contains(&major) {
        let reason = format!("{:?} is none of the known versions 2.x and 3.x", export.version);
        return Err(Format::LlvmCov.malformed("version", reason));
    }
    Ok(())
}

fn check_sums(data: &Data) -> Result<(), EvidenceError> {
    let mut sum = Counts { covered: 0, count: 0 };
    for file in &data.files {
        let lines = file.summary.lines;
        let impossible =
            |reason| Format::LlvmCov.malformed(format_args!("file {:?}", file.filename), reason);
        if lines.covered > lines.count {
            return Err(impossible("more lines are covered than there are"));
        }
        sum.covered =
            sum.covered.checked_add(lines.covered).ok_or_else(|| impossible("too many lines"))?;
        sum.count =
            sum.count.checked_add(lines.count).ok_or_else(|| impossible("too many lines"))?;
    }
    if sum != data.totals.lines {
        let total = data.totals.lines;
        let reason = format!(
            "says {} of {} lines, the files have {} of {}",
            total.covered, total.count, sum.covered, sum.count
        );
        return Err(Format::LlvmCov.malformed("totals", reason));
    }
    Ok(())
}
