//! The gate of tests: what nextest left.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure, flaky, log, repeat};
use blocks_evidence::{
    CompilerText, Format, MESSAGE, Outcome, Test, TestRun, TextDiagnostic, Totals, bounded,
    read_compiler_text, read_junit,
};

/// nextest's exit status when the tests do not compile: none has run.
pub(crate) const NOT_BUILT: i32 = 101;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOT_BUILT {
        return not_built(case);
    }
    let run = run_of(case)?;
    let Totals { passed, failed, flaky, skipped } = run.totals;
    let flaky::Flaky { quarantined, causes: unsteady, open } = flaky::judge(case, &run.tests);
    let measure = Measure::Tests { passed, failed, flaky, quarantined, skipped };
    if passed + failed == 0 {
        return Ok(Finding::not_applicable(nothing_ran(skipped)).leaving_out(skipped));
    }
    let is_failure = |test: &&Test| matches!(test.outcome, Outcome::Failed | Outcome::Error);
    let failures = run.tests.iter().filter(is_failure);
    let failures = failures.map(|test| cause(case, Code::TestFailed, test, None));
    let mut causes: Vec<Cause> = failures.chain(unsteady).collect();
    // A failure outweighs what is not known.
    match open.first() {
        Some(refusal) if causes.is_empty() => return Err(refusal.clone()),
        _ => causes.extend(open.into_iter().map(Cause::from)),
    }
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The tests that nextest left, of which as many failed as its exit status says.
pub(crate) fn run_of(case: &Case<'_>) -> Result<TestRun, Refusal> {
    let run = case.read(Format::Junit, read_junit)?;
    match (case.exit, run.totals.failed) {
        (0, failed @ 1..) => Err(case.contradicts(&format!("{failed} tests failed"))),
        (1.., 0) => Err(case.contradicts("no test failed")),
        _ => Ok(run),
    }
}

pub(crate) fn nothing_ran(skipped: u64) -> String {
    match skipped {
        0 => "there are no tests".to_owned(),
        _ => format!("no test was run, {skipped} skipped"),
    }
}

/// A test as causes and entries of the quarantine name it.
pub(crate) fn name(test: &Test) -> String {
    format!("{} {}", test.binary, test.name)
}

/// A test that is a cause, with a note that stands before what it said itself.
pub(crate) fn cause(case: &Case<'_>, code: Code, test: &Test, note: Option<&str>) -> Cause {
    let first = test.message.lines().next().unwrap_or_default();
    let message = bounded(&format!("{}: {first}", name(test)), MESSAGE);
    let said = [test.message.as_str(), test.output.as_str()];
    let detail = note.into_iter().chain(said).collect::<Vec<_>>().join("\n\n");
    let mut cause =
        Cause::new(code, message).at(case.place(test.place.as_ref())).with_detail(detail.trim());
    cause.repeat = repeat::nextest(&case.repeat(), test);
    cause
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let Measure::Tests { passed, failed, flaky, quarantined, skipped } = *measure else {
        return format!("the tests do not compile: {}", counted(errors, "error", "errors"));
    };
    // Of members together, the tests of one may run where those of another do not compile.
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let failed = (failed > 0).then(|| format!("{failed} failed"));
    let passed = Some(format!("{passed} passed"));
    let skipped = (skipped > 0).then(|| format!("{skipped} skipped"));
    let parts = [errors, failed, passed, told_flaky(flaky, quarantined), skipped];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn told_flaky(flaky: u64, quarantined: u64) -> Option<String> {
    match quarantined {
        _ if flaky == 0 => None,
        0 => Some(format!("{flaky} flaky")),
        _ if quarantined == flaky => Some(format!("{flaky} flaky (quarantined)")),
        _ => Some(format!("{flaky} flaky ({quarantined} quarantined)")),
    }
}

/// What the compiler said, which is in the log only. It is no evidence with a digest, so it never makes a
/// pass: the exit status has already said no.
pub(crate) fn not_built(case: &Case<'_>) -> Result<Finding, Refusal> {
    let text = read_compiler_text(&log::read(case.folder)?)
        .map_err(|error| Refusal::new(Code::EvidenceMalformed, format!("log: {error}")))?;
    if let Some(fault) = text.fault {
        return Err(Refusal::new(Code::NoAnswer, fault));
    }
    let causes = compile_errors(case, &text);
    if causes.is_empty() {
        return Err(case.contradicts("the log has no compiler error"));
    }
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The causes that a compiler's errors in a text for people are.
pub(crate) fn compile_errors(case: &Case<'_>, text: &CompilerText) -> Vec<Cause> {
    // Errors do not name their package, and cargo names those that did not compile.
    let package = match text.failed_packages().as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    text.errors().map(|one| compile_error(case, one).about(package)).collect()
}

fn compile_error(case: &Case<'_>, one: &TextDiagnostic) -> Cause {
    let message = match &one.code {
        Some(code) => format!("{} ({code})", one.message),
        None => one.message.clone(),
    };
    Cause::new(Code::CompileError, message).at(case.place(one.place.as_ref()))
}
