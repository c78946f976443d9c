//! How often lines ran, for whoever shows that line by line.

use crate::coverage::counts;
use crate::gate::{known, no_members};
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use crate::{Cause, Outcome};
use blocks_evidence::LineCounts;
use blocks_stages::Stage;

/// What the records that a stage judges say of lines.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordedLines {
    /// How often each ran, of all records together, with files as they are called in the workspace.
    Found(LineCounts),
    /// There are none, and why.
    NotApplicable(String),
    /// They cannot be trusted, or are not whole, and why.
    NoVerdict(Vec<Cause>),
}

/// How often lines ran in the records that a stage judges; none where it does not judge coverage.
///
/// Records are looked at as [`crate::judge`] does. Where one of several says nothing, neither do the others: a line that
/// only its tests run would be shown as one that none does.
pub fn recorded_lines(stage: &Stage, given: Given<'_>) -> Option<RecordedLines> {
    if stage.gate != "coverage" {
        return None;
    }
    let row = match known(stage, given) {
        Ok(row) => row,
        Err(finding) if finding.outcome == Outcome::NotApplicable => {
            return Some(RecordedLines::NotApplicable(finding.summary));
        }
        Err(finding) => return Some(RecordedLines::NoVerdict(finding.causes)),
    };
    let mut units = given.expected.units(stage).map(|unit| Unit::open(row, given, unit)).peekable();
    if units.peek().is_none() {
        return Some(RecordedLines::NoVerdict(no_members(stage).causes));
    }
    let found: Result<Vec<LineCounts>, Refusal> = units
        .map(|unit| match unit.ready()? {
            Ready::Case(case) => counts(&case),
            Ready::NotApplicable(_) => Ok(LineCounts::default()),
        })
        .collect();
    Some(match found {
        Err(refusal) => RecordedLines::NoVerdict(vec![refusal.into()]),
        Ok(found) => {
            let all: LineCounts = found.into_iter().flat_map(|counts| counts.files).collect();
            if all.files.iter().all(|file| file.lines.is_empty()) {
                let why = "there are no lines of code that can be counted";
                return Some(RecordedLines::NotApplicable(why.to_owned()));
            }
            RecordedLines::Found(all)
        }
    })
}
