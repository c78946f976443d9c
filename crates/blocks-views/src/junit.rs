use std::{collections::BTreeMap, time::Duration};

use blocks_evidence::{Outcome, Test, Try, printable, printable_line};
use blocks_gates::{Cause, StageTests, UnitTests};
use quick_junit::{
    FlakyOrRerun, NonSuccessKind, Report, TestCase, TestCaseStatus, TestRerun, TestSuite, XmlString,
};

/// A report of tests as `JUnit` XML, and what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Junit {
    /// The file.
    pub xml: String,
    /// Its test cases, of which the others are some.
    pub tests: usize,
    /// Tests that failed.
    pub failures: usize,
    /// Tests that could not be run to an end, and stages that could not be asked.
    pub errors: usize,
    /// Tests that were not run.
    pub skipped: usize,
}

/// One report of all tests of these stages, in their order, also when they are red.
///
/// - A suite is what holds tests: `test/my-crate` has those of a binary, as nextest calls it, and
///   `doctest/my_crate` the examples of a library. Tests are in the order of their names, and all have the name of
///   their suite as `classname`, so that the same test of two stages is two.
/// - A test that failed says what its panic said, and the end of what it printed; `file` and `line` are those of the
///   panic, or of the example. Other tries are `flakyFailure` or `rerunFailure`, as nextest writes them.
/// - What is no test stands in a suite of the stage's own name, as an `<error>` of the unit that has it: a record that
///   is absent, evidence that is malformed, code that does not compile. Of a stage that does not apply that suite is
///   empty, and has the reason as a property.
///
/// No time of day and no random id is in it: the same records give the same bytes.
pub fn junit(stages: &[StageTests]) -> Junit {
    let mut report = Report::new("blocks");
    for stage in stages {
        report.add_test_suites(own_suite(stage));
        report.add_test_suites(suites(stage));
    }
    let xml = report.to_string().unwrap_or_else(|error| unreachable!("texts are Unicode: {error}"));
    let Report { tests, failures, errors, skipped, .. } = report;
    Junit { xml, tests, failures, errors, skipped }
}

/// The suite of what is no test.
fn own_suite(stage: &StageTests) -> Option<TestSuite> {
    let mut suite = TestSuite::new(line(&stage.stage));
    if let Some(why) = &stage.not_applicable {
        suite.add_property((line("not-applicable"), line(why)));
    }
    let with_others = stage.units.iter().filter(|unit| !unit.others.is_empty());
    suite.add_test_cases(with_others.map(|unit| error(&stage.stage, unit)));
    (suite.tests > 0 || stage.not_applicable.is_some()).then_some(suite)
}

fn error(stage: &str, unit: &UnitTests) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    if let [first, others @ ..] = unit.others.as_slice() {
        let more =
            if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
        status.set_message(line(&format!("{stage}: {}{more}", first.message)));
        status.set_type(line(first.code.id()));
    }
    let all: Vec<String> = unit.others.iter().map(told).collect();
    status.set_description(text(&all.join("\n\n")));
    let mut case = TestCase::new(line(&unit.unit), status);
    case.set_classname(line(stage));
    let placed = unit.others.first().and_then(|cause| Some((cause.file.as_deref()?, cause.line?)));
    place(&mut case, placed);
    case
}

/// `code: message`, the place, and what the tool said.
fn told(cause: &Cause) -> String {
    let said = format!("{}: {}", cause.code, cause.message);
    let at = cause.file.as_ref().map(|file| match cause.line {
        Some(line) => format!("at {file}:{line}"),
        None => format!("at {file}"),
    });
    let parts = [Some(said), at, cause.hint.clone(), cause.detail.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The suites of tests. One binary may have tests in several records.
fn suites(stage: &StageTests) -> impl Iterator<Item = TestSuite> {
    let mut binaries: BTreeMap<&str, Vec<&Test>> = BTreeMap::new();
    for test in stage.units.iter().flat_map(|unit| &unit.tests) {
        binaries.entry(&test.binary).or_default().push(test);
    }
    binaries.into_iter().map(|(binary, mut tests)| {
        let name = line(&format!("{}/{binary}", stage.stage));
        tests.sort_by(|a, b| a.name.cmp(&b.name));
        let mut suite = TestSuite::new(name.clone());
        suite.add_test_cases(tests.into_iter().map(|test| case(test, &name)));
        suite
    })
}

fn case(test: &Test, suite: &XmlString) -> TestCase {
    let mut case = TestCase::new(line(&test.name), status(test));
    case.set_classname(suite.clone());
    case.time = test.seconds.and_then(duration);
    place(&mut case, test.place.as_ref().map(|(file, line)| (file.as_str(), *line)));
    if !test.output.is_empty() {
        case.set_system_out(text(&test.output));
    }
    case
}

fn status(test: &Test) -> TestCaseStatus {
    let mut status = match test.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Skipped => TestCaseStatus::skipped(),
        Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::Error => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    if matches!(test.outcome, Outcome::Failed | Outcome::Error) {
        status.set_message(line(&one_line(&test.message)));
        status.set_description(text(&test.message));
        if !test.kind.is_empty() {
            status.set_type(line(&test.kind));
        }
    }
    if test.outcome == Outcome::Skipped && !test.message.is_empty() {
        status.set_message(line(&one_line(&test.message)));
    }
    if test.flaky {
        status.set_rerun_kind(FlakyOrRerun::Flaky);
    }
    status.add_reruns(test.tries.iter().map(rerun));
    status
}

fn rerun(other: &Try) -> TestRerun {
    let kind = if other.is_error { NonSuccessKind::Error } else { NonSuccessKind::Failure };
    let mut rerun = TestRerun::new(kind);
    rerun.time = other.seconds.and_then(duration);
    rerun.set_message(line(&one_line(&other.message)));
    if !other.kind.is_empty() {
        rerun.set_type(line(&other.kind));
    }
    rerun.set_description(text(&other.output));
    rerun
}

fn place(case: &mut TestCase, place: Option<(&str, u32)>) {
    if let Some((file, number)) = place {
        case.extra.insert(line("file"), line(file));
        case.extra.insert(line("line"), line(&number.to_string()));
    }
}

fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

/// A reader of an attribute takes line feeds for blanks.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text of other programs in one line.
fn line(text: &str) -> XmlString {
    XmlString::new(without_forbidden(&printable_line(text)))
}

/// A text of other programs. Tabs are blanks, because the library leaves them out.
fn text(text: &str) -> XmlString {
    XmlString::new(without_forbidden(&printable(text).replace('\t', "    ")))
}

/// XML 1.0 (section 2.2) has no way to write these two; the library leaves out the others.
fn without_forbidden(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
