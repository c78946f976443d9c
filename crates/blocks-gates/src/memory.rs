//! The gate of tests that are watched: what a sanitizer or Miri reported while they ran.
//!
//! Tests that failed for another reason are the stage `test`'s matter. Here they leave no verdict: what they would have
//! done afterwards is not known. Nor is it of a test that Miri could not go on with.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::tests::{NOT_BUILT, name, nothing_ran, run_of};
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure, repeat};
use blocks_evidence::{MESSAGE, Outcome, ReportKind, SanitizerReport, Test, Totals, bounded};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOT_BUILT {
        let message = "the tests do not compile as this stage needs them, so that none ran";
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let run = run_of(case)?;
    let Totals { passed, failed, skipped, .. } = run.totals;
    if passed + failed == 0 {
        return Ok(Finding::not_applicable(nothing_ran(skipped)).leaving_out(skipped));
    }
    let reported = run.tests.iter().filter_map(|test| Some((test, test.sanitizer.as_ref()?)));
    let (open, found): (Vec<_>, Vec<_>) =
        reported.partition(|(_, report)| report.kind == ReportKind::Unsupported);
    let causes: Vec<_> = found.iter().map(|(test, report)| cause(case, test, report)).collect();
    let is_other = |test: &&Test| {
        matches!(test.outcome, Outcome::Failed | Outcome::Error) && test.sanitizer.is_none()
    };
    let others = run.tests.iter().filter(is_other).count();
    if causes.is_empty() && others > 0 {
        let message = format!(
            "{} without a report: pass the stage `test` first",
            counted(others, "test failed", "tests failed")
        );
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    if let (true, Some((test, report))) = (causes.is_empty(), open.first()) {
        return Err(unsupported(open.len(), test, report));
    }
    let measure = Measure::Watched { tests: passed + failed, skipped };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// Why tests have no verdict that the tool could not go on with.
fn unsupported(count: usize, test: &Test, report: &SanitizerReport) -> Refusal {
    let tests = counted(count, "test asks", "tests ask");
    let message = format!(
        "{tests} for what Miri does not have, the first being {}: {}: leave it out there with \
         #[cfg_attr(miri, ignore)]",
        name(test),
        report.what
    );
    Refusal::new(Code::NoAnswer, bounded(&message, MESSAGE))
}

fn code_of(kind: ReportKind) -> Code {
    match kind {
        ReportKind::Memory => Code::MemoryError,
        ReportKind::Leak => Code::MemoryLeak,
        ReportKind::Race => Code::DataRace,
        ReportKind::Undefined => Code::UndefinedBehavior,
        ReportKind::Deadlock => Code::Deadlock,
        ReportKind::Unsupported => Code::NoAnswer,
    }
}

fn cause(case: &Case<'_>, test: &Test, report: &SanitizerReport) -> Cause {
    let code = code_of(report.kind);
    let message = bounded(&format!("{}: {}", name(test), report.what), MESSAGE);
    let mut cause = Cause::new(code, message).at(place(case, report)).with_detail(&report.text);
    cause.repeat = repeat::nextest(&case.repeat(), test);
    cause
}

/// The line of the workspace that a report is about. Allocators and the standard library are in the stacks before the
/// code that called them. Miri has the workspace's own files relative to it.
pub(crate) fn place(case: &Case<'_>, report: &SanitizerReport) -> Option<(String, u32)> {
    let is_own =
        |frame: &&(String, u32)| !frame.0.starts_with('/') || case.is_in_workspace(&frame.0);
    case.place(report.frames.iter().find(is_own))
}

/// What is found, one and many of it.
const WORDS: [(Code, &str, &str); 5] = [
    (Code::MemoryError, "memory error", "memory errors"),
    (Code::UndefinedBehavior, "case of undefined behaviour", "cases of undefined behaviour"),
    (Code::DataRace, "data race", "data races"),
    (Code::Deadlock, "deadlock", "deadlocks"),
    (Code::MemoryLeak, "leak", "leaks"),
];

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let (run, skipped) = match measure {
        Measure::Watched { tests, skipped } => (*tests, *skipped),
        _ => (0, 0),
    };
    let run = usize::try_from(run).unwrap_or(usize::MAX);
    let found = WORDS.iter().filter_map(|(code, one, many)| {
        let count = of_code(causes, *code);
        (count > 0).then(|| counted(count, one, many))
    });
    let rest = [
        Some(format!("{} watched", counted(run, "test", "tests"))),
        (skipped > 0).then(|| format!("{skipped} skipped")),
    ];
    found.chain(rest.into_iter().flatten()).collect::<Vec<_>>().join(", ")
}
