//! The JSON that `llvm-cov export` (and so `cargo llvm-cov report --json`) writes.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::uncovered::{Segment, uncovered_lines};
use serde::Deserialize;

const TYPE: &str = "llvm.coverage.json.export";
/// LLVM up to 20 writes 2.x, newer ones 3.x; the keys that are read here are the same in both.
const VERSIONS: [&str; 2] = ["2", "3"];

/// How many lines there are, and how many of them a test ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Lines {
    /// Lines that a test ran.
    pub covered: u64,
    /// Lines that hold code.
    pub count: u64,
}

/// The coverage of one source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCoverage {
    /// Its absolute path on the machine that measured.
    pub file: String,
    /// Its lines, counted function by function as llvm-cov's summary does.
    pub lines: Lines,
    /// The numbers of the lines that no test ran, as `llvm-cov show` marks them, ascending. They are
    /// taken from the file as a whole, so that there may be fewer than `count - covered`: lines of
    /// macros and of generic functions are in several functions.
    pub uncovered: Vec<u32>,
}

/// The coverage of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The sum over all files.
    pub lines: Lines,
    /// The files, in the order of the export.
    pub files: Vec<FileCoverage>,
}

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
    lines: Lines,
}

/// Reads a coverage export.
///
/// Type and version are checked, and the totals must be the sum of the files: an export whose
/// numbers do not add up was cut or altered, and is malformed.
pub fn read_llvm_cov(bytes: &[u8]) -> Result<Coverage, EvidenceError> {
    Format::LlvmCov.check_size(bytes.len())?;
    let export: Export =
        serde_json::from_slice(bytes).map_err(|error| Format::LlvmCov.malformed("JSON", error))?;
    check_version(&export)?;
    let [data] = <[Data; 1]>::try_from(export.data).map_err(|data| {
        Format::LlvmCov.malformed("data", format!("{} exports, not one", data.len()))
    })?;
    check_sums(&data)?;
    let files = data.files.into_iter().map(|file| FileCoverage {
        file: bounded(&file.filename, NAME),
        lines: file.summary.lines,
        uncovered: uncovered_lines(&file.segments),
    });
    Ok(Coverage { lines: data.totals.lines, files: files.collect() })
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
    let mut sum = Lines { covered: 0, count: 0 };
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
