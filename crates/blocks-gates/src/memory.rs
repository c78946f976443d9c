//! The gate of memory safety: what the address sanitizer reported while tests ran.
//!
//! Tests that failed for another reason are the stage `test`'s matter. Here they leave no verdict: what they would have
//! done to memory afterwards is not known.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::tests::{NOT_BUILT, name, nothing_ran, run_of};
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure, repeat};
use blocks_evidence::{MESSAGE, Outcome, SanitizerReport, Test, Totals, bounded};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOT_BUILT {
        let message = "the tests do not compile with the sanitizer's compiler, so that none ran";
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let run = run_of(case)?;
    let Totals { passed, failed, skipped, .. } = run.totals;
    if passed + failed == 0 {
        return Ok(Finding::not_applicable(nothing_ran(skipped)).leaving_out(skipped));
    }
    let reported = run.tests.iter().filter_map(|test| Some((test, test.sanitizer.as_ref()?)));
    let causes: Vec<_> = reported.map(|(test, report)| cause(case, test, report)).collect();
    let is_other = |test: &&Test| {
        matches!(test.outcome, Outcome::Failed | Outcome::Error) && test.sanitizer.is_none()
    };
    let others = run.tests.iter().filter(is_other).count();
    if causes.is_empty() && others > 0 {
        let message = format!(
            "{} without a report of the sanitizer: pass the stage `test` first",
            counted(others, "test failed", "tests failed")
        );
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let measure = Measure::Watched { tests: passed + failed, skipped };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

fn cause(case: &Case<'_>, test: &Test, report: &SanitizerReport) -> Cause {
    let code = if report.is_leak { Code::MemoryLeak } else { Code::MemoryError };
    let message = bounded(&format!("{}: {}", name(test), report.what), MESSAGE);
    let mut cause = Cause::new(code, message).at(place(case, report)).with_detail(&report.text);
    cause.repeat = repeat::nextest(&case.repeat(), test);
    cause
}

/// The line of the workspace that a report is about. Allocators and the standard library are in the stacks before the
/// code that called them.
pub(crate) fn place(case: &Case<'_>, report: &SanitizerReport) -> Option<(String, u32)> {
    let is_own = |frame: &&(String, u32)| case.is_in_workspace(&frame.0);
    case.place(report.frames.iter().find(is_own))
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::MemoryError);
    let leaks = of_code(causes, Code::MemoryLeak);
    let (run, skipped) = match measure {
        Measure::Watched { tests, skipped } => (*tests, *skipped),
        _ => (0, 0),
    };
    let run = usize::try_from(run).unwrap_or(usize::MAX);
    let parts = [
        (errors > 0).then(|| counted(errors, "memory error", "memory errors")),
        (leaks > 0).then(|| counted(leaks, "leak", "leaks")),
        Some(format!("{} watched", counted(run, "test", "tests"))),
        (skipped > 0).then(|| format!("{skipped} skipped")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
