//! What `JUnit` XML says, whichever of the two parsers read it.

use super::Outcome;
use quick_junit::{FlakyOrRerun, NonSuccessKind, Report, TestCase, TestCaseStatus, TestRerun};
use std::borrow::Cow;

/// A text of the file.
pub(super) type Text<'a> = Option<Cow<'a, str>>;
/// A time that the file may leave out.
pub(super) type Seconds = Option<f64>;
/// Tests, failures, errors and tests that were not run.
pub(super) type Counts = [usize; 4];

/// A whole file.
#[derive(Debug, PartialEq)]
pub(super) struct Suites<'a> {
    pub(super) stated: Counts,
    pub(super) suites: Vec<Suite<'a>>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Suite<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) stated: Counts,
    pub(super) cases: Vec<Case<'a>>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Case<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) class: Text<'a>,
    pub(super) outcome: Outcome,
    /// What is said of the try that decided; nothing where it passed.
    pub(super) said: Said<'a>,
    pub(super) is_flaky: bool,
    /// The other tries, none of which passed.
    pub(super) tries: Vec<Said<'a>>,
    pub(super) out: Text<'a>,
    pub(super) err: Text<'a>,
    pub(super) seconds: Seconds,
}

/// What is said of a try that did not pass.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said<'a> {
    pub(super) is_error: bool,
    pub(super) kind: Text<'a>,
    pub(super) message: Text<'a>,
    pub(super) text: Text<'a>,
    pub(super) out: Text<'a>,
    pub(super) err: Text<'a>,
    pub(super) seconds: Seconds,
}

impl<'a> Suites<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let suites = report.test_suites.iter().map(|suite| Suite {
            name: suite.name.as_str().into(),
            stated: [suite.tests, suite.failures, suite.errors, suite.skipped],
            cases: suite.test_cases.iter().map(Case::of).collect(),
        });
        let stated = [report.tests, report.failures, report.errors, report.skipped];
        Self { stated, suites: suites.collect() }
    }
}

impl<'a> Case<'a> {
    fn of(case: &'a TestCase) -> Self {
        let (outcome, said, is_flaky, runs) = match &case.status {
            TestCaseStatus::Success { flaky_runs } => {
                (Outcome::Passed, Said::default(), !flaky_runs.is_empty(), &flaky_runs[..])
            }
            TestCaseStatus::NonSuccess { kind, message, ty, description, reruns } => {
                let is_error = *kind == NonSuccessKind::Error;
                let said = Said {
                    is_error,
                    kind: text(ty.as_deref()),
                    message: text(message.as_deref()),
                    text: text(description.as_deref()),
                    ..Said::default()
                };
                let is_flaky = reruns.kind == FlakyOrRerun::Flaky && !reruns.runs.is_empty();
                let outcome = if is_error { Outcome::Error } else { Outcome::Failed };
                (outcome, said, is_flaky, &reruns.runs[..])
            }
            TestCaseStatus::Skipped { ty, message, description } => {
                let said = Said {
                    kind: text(ty.as_deref()),
                    message: text(message.as_deref()),
                    text: text(description.as_deref()),
                    ..Said::default()
                };
                (Outcome::Skipped, said, false, &[][..])
            }
        };
        Self {
            name: case.name.as_str().into(),
            class: text(case.classname.as_deref()),
            outcome,
            said,
            is_flaky,
            tries: runs.iter().map(Said::of).collect(),
            out: text(case.system_out.as_deref()),
            err: text(case.system_err.as_deref()),
            seconds: case.time.map(|time| time.as_secs_f64()),
        }
    }
}

impl<'a> Said<'a> {
    fn of(run: &'a TestRerun) -> Self {
        Self {
            is_error: run.kind == NonSuccessKind::Error,
            kind: text(run.ty.as_deref()),
            message: text(run.message.as_deref()),
            text: text(run.description.as_deref()),
            out: text(run.system_out.as_deref()),
            err: text(run.system_err.as_deref()),
            seconds: run.time.map(|time| time.as_secs_f64()),
        }
    }
}

fn text(text: Option<&str>) -> Text<'_> {
    text.map(Cow::Borrowed)
}
