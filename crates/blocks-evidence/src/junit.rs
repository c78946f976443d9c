//! `JUnit` XML as cargo-nextest writes it.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::miri_text::find_miri_report;
use crate::panic_text::{Panic, find_panic};
use crate::sanitizer_text::{SanitizerReport, find_sanitizer_report};
use quick_junit::{FlakyOrRerun, NonSuccessKind, Report, TestCase, TestCaseStatus};
use tries::output_of;
use whole::{check_counts, check_ends};

mod tries;
mod whole;

pub use tries::Try;

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
    /// The tries that are told of beside this one, in their order, none of which passed: of a test that failed in
    /// all of them those after the first, else those before the last.
    pub tries: Vec<Try>,
    /// What nextest calls the failure: `test failure with exit code 101`. Empty when nothing failed.
    pub kind: String,
    /// What the failure says: the panic's message, else the tool's. Of a flaky test, that of the
    /// first try that failed; of one that was not run, why. Else empty.
    pub message: String,
    /// Where it panicked: file and line.
    pub place: Option<(String, u32)>,
    /// The end of what it printed to standard output, then to standard error.
    pub output: String,
    /// What a sanitizer or Miri found in a try that did not pass, the last one first.
    pub sanitizer: Option<SanitizerReport>,
    /// How long this try took, in seconds; absent when the file does not say.
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
        .filter(|case| !is_setup(case))
        .map(test)
        .collect::<Result<Vec<_>, _>>()?;
    let totals = totals(&tests);
    Ok(TestRun { tests, totals })
}

/// Whether it is a script that nextest ran before tests. One that failed counts: so does the exit status.
fn is_setup(case: &TestCase) -> bool {
    let of_script = |name: &str| name.starts_with("@setup-script:");
    let is_passed = matches!(case.status, TestCaseStatus::Success { .. });
    is_passed && case.classname.as_deref().is_some_and(of_script)
}

fn test(case: &TestCase) -> Result<Test, EvidenceError> {
    let name = case.name.as_str();
    let Some(binary) = &case.classname else {
        return Err(Format::Junit.malformed(format_args!("testcase {name:?}"), "no classname"));
    };
    let status = read_status(&case.status);
    let panic = status.text.and_then(find_panic);
    let message = message(panic.as_ref(), status.message.or(status.text));
    Ok(Test {
        binary: bounded(binary, NAME),
        name: bounded(name, NAME),
        outcome: status.outcome,
        flaky: status.flaky,
        tries: status.tries,
        kind: bounded(status.kind.unwrap_or_default(), MESSAGE),
        message,
        place: panic.map(|panic| (panic.file, panic.line)),
        output: output_of(case.system_out.as_deref(), case.system_err.as_deref()),
        sanitizer: sanitizer(case),
        seconds: case.time.map(|time| time.as_secs_f64()),
    })
}

struct Status<'a> {
    outcome: Outcome,
    flaky: bool,
    tries: Vec<Try>,
    kind: Option<&'a str>,
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
                tries: flaky_runs.iter().map(Try::of).collect(),
                kind: None,
                message: first.and_then(|run| run.message.as_deref()),
                text: first.and_then(|run| run.description.as_deref()),
            }
        }
        TestCaseStatus::NonSuccess { kind, message, ty, description, reruns } => Status {
            outcome: match kind {
                NonSuccessKind::Failure => Outcome::Failed,
                NonSuccessKind::Error => Outcome::Error,
            },
            flaky: reruns.kind == FlakyOrRerun::Flaky && !reruns.runs.is_empty(),
            tries: reruns.runs.iter().map(Try::of).collect(),
            kind: ty.as_deref(),
            message: message.as_deref(),
            text: description.as_deref(),
        },
        TestCaseStatus::Skipped { message, description, .. } => Status {
            outcome: Outcome::Skipped,
            flaky: false,
            tries: Vec::new(),
            kind: None,
            message: message.as_deref(),
            text: description.as_deref(),
        },
    }
}

/// What a failure says in a few words: the panic's message, else the tool's.
fn message(panic: Option<&Panic>, said: Option<&str>) -> String {
    match (panic, said) {
        (Some(panic), _) if !panic.message.is_empty() => panic.message.clone(),
        (_, Some(text)) => bounded(text.trim(), MESSAGE),
        _ => String::new(),
    }
}

fn sanitizer(case: &TestCase) -> Option<SanitizerReport> {
    let (failed_last, earlier) = match &case.status {
        TestCaseStatus::Success { flaky_runs } => (false, flaky_runs),
        TestCaseStatus::NonSuccess { reruns, .. } => (true, &reruns.runs),
        TestCaseStatus::Skipped { .. } => return None,
    };
    let last = [&case.system_err, &case.system_out].into_iter().filter(|_| failed_last);
    let before = earlier.iter().rev().flat_map(|run| [&run.system_err, &run.system_out]);
    let report = |text: &str| find_sanitizer_report(text).or_else(|| find_miri_report(text));
    last.chain(before).flatten().find_map(|text| report(text))
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
