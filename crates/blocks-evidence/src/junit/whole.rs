//! Whether `JUnit` XML is whole.

use crate::error::{EvidenceError, Format};
use quick_junit::{NonSuccessKind, Report, TestCaseStatus, TestSuite};

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
pub(super) fn check_counts(report: &Report) -> Result<(), EvidenceError> {
    let mut sums = [0; 4];
    for suite in &report.test_suites {
        let counted = count(suite);
        let place = format!("testsuite {:?}", suite.name.as_str());
        let stated = [suite.tests, suite.failures, suite.errors, suite.skipped];
        same_counts(&place, stated, counted)?;
        for (sum, one) in sums.iter_mut().zip(counted) {
            *sum += one;
        }
    }
    let stated = [report.tests, report.failures, report.errors, report.skipped];
    same_counts("testsuites", stated, sums)
}

fn same_counts(place: &str, stated: [usize; 4], counted: [usize; 4]) -> Result<(), EvidenceError> {
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

fn count(suite: &TestSuite) -> [usize; 4] {
    let mut counts = [suite.test_cases.len(), 0, 0, 0];
    for case in &suite.test_cases {
        match &case.status {
            TestCaseStatus::Success { .. } => {}
            TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => counts[1] += 1,
            TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. } => counts[2] += 1,
            TestCaseStatus::Skipped { .. } => counts[3] += 1,
        }
    }
    counts
}
