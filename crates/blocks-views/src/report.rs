//! All that a report shows, in whatever form.

pub(crate) mod html;
mod json;
#[cfg(test)]
mod schema_tests;

use std::collections::BTreeSet;

use blocks_evidence::{Coverage, FileCounts, LineCounts};
use blocks_gates::{Compared, StageTests, Verdict};
use blocks_history::Series;

use crate::cost::Cost;
use crate::status::Origin;

pub use html::report_html;
pub use json::{REPORT_SCHEMA, report_json};

/// What a report is of. Everything is borrowed: whoever writes several forms of one report reads the records once.
///
/// What is not known is `None`, and a report says so: it never stands for nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report<'a> {
    /// What the workspace is called.
    pub name: &'a str,
    /// Where the workspace lies in its repository, as `/`-separated folders (`rust/tools`); empty where it is at its root.
    pub folder: &'a str,
    /// The commit that the records are of; `None` where that is not known, or where files differ from it.
    pub revision: Option<&'a str>,
    /// Where the verdicts come from.
    pub origin: Origin<'a>,
    /// What they are compared with, as people call it: `main (1a2b3c4)`; `None` where that is nothing.
    pub baseline: Option<&'a str>,
    /// The verdicts, in the order in which they are shown.
    pub verdicts: &'a [Verdict],
    /// The tests of stages that have some, green ones too.
    pub tests: &'a [StageTests],
    /// How often lines ran; `None` where no stage counts them, or where what counted them cannot be trusted.
    pub lines: Option<&'a LineCounts>,
    /// The lines that are new or changed since the baseline, and whether they ran; `None` where that is not known.
    pub patch: Option<&'a Coverage>,
    /// What the records took to make.
    pub costs: &'a [Cost<'a>],
    /// Benchmarks beside those of a baseline.
    pub compared: &'a [Compared],
    /// What was measured from commit to commit.
    pub history: &'a [Series],
    /// The records that were not there before this run, by stage and unit: all others were kept. `None` where that is
    /// not known.
    pub made: Option<&'a BTreeSet<(String, String)>>,
}

/// The first and the last of lines that no test runs, of lines of code that follow each other: whatever stands between them
/// that is no code is no end of them.
pub(crate) fn missed(file: &FileCounts) -> impl Iterator<Item = [u32; 2]> {
    let runs = file.lines.chunk_by(|(_, a), (_, b)| (*a == 0) == (*b == 0));
    runs.filter_map(|run| match run {
        [(first, 0), .., (last, _)] => Some([*first, *last]),
        [(only, 0)] => Some([*only, *only]),
        _ => None,
    })
}
