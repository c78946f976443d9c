//! `JUnit` XML as cargo-nextest writes it.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::miri_text::find_miri_report;
use crate::panic_text::{Panic, find_panic};
use crate::sanitizer_text::{SanitizerReport, find_sanitizer_report};
use model::{Case, Counts, Suite, Suites};
use quick_junit::Report;
use tries::output_of;
use whole::{add_counts, check_counts, check_ends, check_sums};

mod model;
mod plain;
mod tags;
mod times;
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
    if let Some(tests) = plain_tests(text) {
        return Ok(TestRun { totals: totals(&tests), tests });
    }
    let report = Report::deserialize_from_str(text)
        .map_err(|error| Format::Junit.malformed("element", error))?;
    let file = Suites::of(&report);
    check_counts(&file)?;
    let mut tests = Vec::new();
    file.suites.iter().try_for_each(|suite| add_tests(&mut tests, suite))?;
    Ok(TestRun { totals: totals(&tests), tests })
}

/// The tests of a file that is plain and whole. Of others the slower way says what is wrong, or that nothing is.
fn plain_tests(text: &str) -> Option<Vec<Test>> {
    let (mut tests, mut sums) = (Vec::new(), Counts::default());
    let stated = plain::read(text, |suite| {
        add_counts(&mut sums, &suite).ok()?;
        add_tests(&mut tests, &suite).ok()
    })?;
    check_sums(stated, sums).is_ok().then_some(tests)
}

fn add_tests(tests: &mut Vec<Test>, suite: &Suite<'_>) -> Result<(), EvidenceError> {
    tests.reserve(suite.cases.len());
    for case in suite.cases.iter().filter(|case| !is_setup(case)) {
        tests.push(test(case)?);
    }
    Ok(())
}

/// Whether it is a script that nextest ran before tests. One that failed counts: so does the exit status.
fn is_setup(case: &Case<'_>) -> bool {
    let of_script = |name: &str| name.starts_with("@setup-script:");
    case.outcome == Outcome::Passed && case.class.as_deref().is_some_and(of_script)
}

fn test(case: &Case<'_>) -> Result<Test, EvidenceError> {
    let name = &*case.name;
    let Some(binary) = &case.class else {
        return Err(Format::Junit.malformed(format_args!("testcase {name:?}"), "no classname"));
    };
    // Of a test that passed, what is said is that of the first try that did not.
    let said = match case.outcome {
        Outcome::Passed => case.tries.first(),
        _ => Some(&case.said),
    };
    let text = said.and_then(|said| said.text.as_deref());
    let panic = text.and_then(find_panic);
    let message = message(panic.as_ref(), said.and_then(|said| said.message.as_deref()).or(text));
    let kind = match case.outcome {
        Outcome::Failed | Outcome::Error => case.said.kind.as_deref(),
        Outcome::Passed | Outcome::Skipped => None,
    };
    Ok(Test {
        binary: bounded(binary, NAME),
        name: bounded(name, NAME),
        outcome: case.outcome,
        flaky: case.is_flaky,
        tries: case.tries.iter().map(Try::of).collect(),
        kind: bounded(kind.unwrap_or_default(), MESSAGE),
        message,
        place: panic.map(|panic| (panic.file, panic.line)),
        output: output_of(case.out.as_deref(), case.err.as_deref()),
        sanitizer: sanitizer(case),
        seconds: case.seconds,
    })
}

/// What a failure says in a few words: the panic's message, else the tool's.
fn message(panic: Option<&Panic>, said: Option<&str>) -> String {
    match (panic, said) {
        (Some(panic), _) if !panic.message.is_empty() => panic.message.clone(),
        (_, Some(text)) => bounded(text.trim(), MESSAGE),
        _ => String::new(),
    }
}

fn sanitizer(case: &Case<'_>) -> Option<SanitizerReport> {
    let failed_last = match case.outcome {
        Outcome::Passed => false,
        Outcome::Failed | Outcome::Error => true,
        Outcome::Skipped => return None,
    };
    let last = [&case.err, &case.out].into_iter().filter(|_| failed_last);
    let before = case.tries.iter().rev().flat_map(|run| [&run.err, &run.out]);
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
