//! `JUnit` XML as cargo-nextest writes it.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded, bounded_tail};
use crate::error::{EvidenceError, Format};
use crate::panic_text::find_panic;
use crate::sanitizer_text::{SanitizerReport, find_sanitizer_report};
use quick_junit::{FlakyOrRerun, NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

const END: &str = "</testsuites>";

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It passed, at the first try or at a later one (see [`Test::flaky`]).
    Passed,
    /// It ran and did not pass.
    Failed,
    /// It could not be run to an end.
    Error,
    /// It was not run.
    Skipped,
}

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The binary that holds it, as nextest calls it: `package`, `package::test-target`, ….
    pub binary: String,
    /// Its path inside the binary.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether one try passed and another did not.
    pub flaky: bool,
    /// The tries before the last one.
    pub reruns: usize,
    /// What the failure says: the panic's message, else the tool's. Of a flaky test, that of the
    /// first try that failed. Empty when nothing failed.
    pub message: String,
    /// Where it panicked: file and line.
    pub place: Option<(String, u32)>,
    /// The end of what it printed to standard output, then to standard error.
    pub output: String,
    /// What a sanitizer found in a try that did not pass, the last one first.
    pub sanitizer: Option<SanitizerReport>,
    /// How long the last try took, in seconds; absent when the file does not say.
    pub seconds: Option<f64>,
}

/// Counts of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tests that passed, flaky ones too.
    pub passed: u64,
    /// Tests that failed or ended with an error.
    pub failed: u64,
    /// Tests for which one try passed and another did not, whatever the outcome.
    pub flaky: u64,
    /// Tests that were not run.
    pub skipped: u64,
}

/// All tests of a file, in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRun {
    /// The tests.
    pub tests: Vec<Test>,
    /// Their counts.
    pub totals: Totals,
}

/// Reads a `JUnit` file.
///
/// The file says twice how many tests failed: in each suite's attributes and by its tests. Where the
/// two differ, the file was cut or altered, and is malformed. So is one that goes on after its end.
pub fn read_junit(bytes: &[u8]) -> Result<TestRun, EvidenceError> {
    Format::Junit.check_size(bytes.len())?;
    let text =
        std::str::from_utf8(bytes).map_err(|error| Format::Junit.malformed("text", error))?;
    check_ends(text)?;
    let report = Report::deserialize_from_str(text)
        .map_err(|error| Format::Junit.malformed("element", error))?;
    check_counts(&report)?;
    let tests = report
        .test_suites
        .iter()
        .flat_map(|suite| &suite.test_cases)
        .map(test)
        .collect::<Result<Vec<_>, _>>()?;
    let totals = totals(&tests);
    Ok(TestRun { tests, totals })
}

/// The parser reads up to the first end tag and skips what stands before the root: both would hide
/// that two files were written over one another.
fn check_ends(text: &str) -> Result<(), EvidenceError> {
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

fn check_counts(report: &Report) -> Result<(), EvidenceError> {
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

fn test(case: &TestCase) -> Result<Test, EvidenceError> {
    let name = case.name.as_str();
    let Some(binary) = &case.classname else {
        return Err(Format::Junit.malformed(format_args!("testcase {name:?}"), "no classname"));
    };
    let status = read_status(&case.status);
    let panic = status.text.and_then(find_panic);
    let message = match (&panic, status.message.or(status.text)) {
        (Some(panic), _) if !panic.message.is_empty() => panic.message.clone(),
        (_, Some(text)) => bounded(text.trim(), MESSAGE),
        _ => String::new(),
    };
    Ok(Test {
        binary: bounded(binary, NAME),
        name: bounded(name, NAME),
        outcome: status.outcome,
        flaky: status.flaky,
        reruns: status.reruns,
        message,
        place: panic.map(|panic| (panic.file, panic.line)),
        output: output(case),
        sanitizer: sanitizer(case),
        seconds: case.time.map(|time| time.as_secs_f64()),
    })
}

struct Status<'a> {
    outcome: Outcome,
    flaky: bool,
    reruns: usize,
    message: Option<&'a str>,
    text: Option<&'a str>,
}

fn read_status(status: &TestCaseStatus) -> Status<'_> {
    match status {
        TestCaseStatus::Success { flaky_runs } => {
            let first = flaky_runs.first();
            Status {
                outcome: Outcome::Passed,
                flaky: first.is_some(),
                reruns: flaky_runs.len(),
                message: first.and_then(|run| run.message.as_deref()),
                text: first.and_then(|run| run.description.as_deref()),
            }
        }
        TestCaseStatus::NonSuccess { kind, message, description, reruns, .. } => Status {
            outcome: match kind {
                NonSuccessKind::Failure => Outcome::Failed,
                NonSuccessKind::Error => Outcome::Error,
            },
            flaky: reruns.kind == FlakyOrRerun::Flaky && !reruns.runs.is_empty(),
            reruns: reruns.runs.len(),
            message: message.as_deref(),
            text: description.as_deref(),
        },
        TestCaseStatus::Skipped { .. } => {
            Status { outcome: Outcome::Skipped, flaky: false, reruns: 0, message: None, text: None }
        }
    }
}

fn output(case: &TestCase) -> String {
    let parts: Vec<String> = [&case.system_out, &case.system_err]
        .into_iter()
        .flatten()
        .map(|text| bounded_tail(text.trim(), DETAIL / 2))
        .filter(|text| !text.is_empty())
        .collect();
    parts.join("\n")
}

fn sanitizer(case: &TestCase) -> Option<SanitizerReport> {
    let (failed_last, earlier) = match &case.status {
        TestCaseStatus::Success { flaky_runs } => (false, flaky_runs),
        TestCaseStatus::NonSuccess { reruns, .. } => (true, &reruns.runs),
        TestCaseStatus::Skipped { .. } => return None,
    };
    let last = [&case.system_err, &case.system_out].into_iter().filter(|_| failed_last);
    let before = earlier.iter().rev().flat_map(|run| [&run.system_err, &run.system_out]);
    last.chain(before).flatten().find_map(|text| find_sanitizer_report(text))
}

fn totals(tests: &[Test]) -> Totals {
    let mut totals = Totals::default();
    for test in tests {
        totals.flaky += u64::from(test.flaky);
        match test.outcome {
            Outcome::Passed => totals.passed += 1,
            Outcome::Failed | Outcome::Error => totals.failed += 1,
            Outcome::Skipped => totals.skipped += 1,
        }
    }
    totals
}
