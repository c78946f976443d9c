//! Whether `JUnit` XML is whole.

use super::Outcome;
use super::model::{Counts, Suite, Suites};
use crate::error::{EvidenceError, Format};
use std::fmt;

const END: &str = "</testsuites>";

/// The parser reads up to the first end tag and skips what stands before the root: both would hide
/// that two files were written over one another.
pub(super) fn check_ends(text: &str) -> Result<(), EvidenceError> {
    let whole = text.trim();
    if !whole.starts_with("<?xml") && !whole.starts_with("<testsuites") {
        return Err(Format::Junit.malformed("beginning", "no XML declaration and no <testsuites>"));
    }
    let end = whole.find(END).map(|at| at + END.len());
    let is_closed_at_once =
        end.is_none() && whole.ends_with("/>") && whole.matches("<testsuite").count() == 1;
    if end == Some(whole.len()) || is_closed_at_once {
        return Ok(());
    }
    Err(Format::Junit.malformed("end", "the file does not end with its first </testsuites>"))
}

/// Each suite, and all of them together, have to hold what they say.
pub(super) fn check_counts(file: &Suites<'_>) -> Result<(), EvidenceError> {
    let mut sums = Counts::default();
    for suite in &file.suites {
        add_counts(&mut sums, suite)?;
    }
    check_sums(file.stated, sums)
}

/// Adds what a suite holds, which has to be what it says.
pub(super) fn add_counts(sums: &mut Counts, suite: &Suite<'_>) -> Result<(), EvidenceError> {
    let counted = count(suite);
    same_counts(format_args!("testsuite {:?}", suite.name), suite.stated, counted)?;
    for (sum, one) in sums.iter_mut().zip(counted) {
        *sum += one;
    }
    Ok(())
}

pub(super) fn check_sums(stated: Counts, sums: Counts) -> Result<(), EvidenceError> {
    same_counts("testsuites", stated, sums)
}

fn same_counts(
    place: impl fmt::Display,
    stated: Counts,
    counted: Counts,
) -> Result<(), EvidenceError> {
    for ((name, stated), counted) in
        ["tests", "failures", "errors", "skipped"].iter().zip(stated).zip(counted)
    {
        if stated != counted {
            let reason = format!("says {name}={stated}, holds {counted}");
            return Err(Format::Junit.malformed(place, reason));
        }
    }
    Ok(())
}

fn count(suite: &Suite<'_>) -> Counts {
    let mut counts = [suite.cases.len(), 0, 0, 0];
    for case in &suite.cases {
        match case.outcome {
            Outcome::Passed => {}
            Outcome::Failed => counts[1] += 1,
            Outcome::Error => counts[2] += 1,
            Outcome::Skipped => counts[3] += 1,
        }
    }
    counts
}
