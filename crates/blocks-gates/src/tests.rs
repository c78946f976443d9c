//! The gate of tests: what nextest left.

use crate::case::Case;
use crate::finding::Finding;
use crate::words::counted;
use crate::{Cause, Code, Measure, log, repeat};
use blocks_evidence::{
    Format, MESSAGE, Outcome, Test, TestRun, TextDiagnostic, Totals, bounded, read_compiler_text,
    read_junit,
};

/// nextest's exit status when the tests do not compile: none has run.
const NOT_BUILT: i32 = 101;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Cause> {
    if case.exit == NOT_BUILT {
        return not_built(case);
    }
    let run = case.read(Format::Junit, read_junit)?;
    let Totals { passed, failed, flaky, skipped } = run.totals;
    match (case.exit, failed) {
        (0, 1..) => return Err(case.contradicts(&format!("{failed} tests failed"))),
        (1.., 0) => return Err(case.contradicts("no test failed")),
        _ => {}
    }
    if passed + failed == 0 {
        return Ok(Finding::not_applicable(nothing_ran(skipped)));
    }
    let is_failure = |test: &&Test| matches!(test.outcome, Outcome::Failed | Outcome::Error);
    let causes = run.tests.iter().filter(is_failure).map(|test| cause(case, test)).collect();
    Ok(Finding::of(summary(&run), causes, Measure::Tests { passed, failed, flaky, skipped }))
}

fn nothing_ran(skipped: u64) -> String {
    match skipped {
        0 => "the workspace has no tests".to_owned(),
        _ => format!("no test was run, {skipped} skipped"),
    }
}

fn cause(case: &Case<'_>, test: &Test) -> Cause {
    let first = test.message.lines().next().unwrap_or_default();
    let message = bounded(&format!("{} {}: {first}", test.binary, test.name), MESSAGE);
    let detail = [test.message.as_str(), test.output.as_str()].join("\n\n");
    let mut cause = Cause::new(Code::TestFailed, message)
        .at(case.place(test.place.as_ref()))
        .with_detail(detail.trim());
    cause.repeat = repeat::nextest(&case.stage.repeat, test);
    cause
}

fn summary(run: &TestRun) -> String {
    let Totals { passed, failed, flaky, skipped } = run.totals;
    let failed = (failed > 0).then(|| format!("{failed} failed"));
    let others = [(flaky, "flaky"), (skipped, "skipped")];
    let others = others.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
    let parts: Vec<String> =
        failed.into_iter().chain([format!("{passed} passed")]).chain(others).collect();
    parts.join(", ")
}

/// The compiler's errors are in the log only. It is no evidence with a digest, so it never makes a
/// pass: the exit status has already said no.
fn not_built(case: &Case<'_>) -> Result<Finding, Cause> {
    let text = read_compiler_text(&log::read(case.folder)?)
        .map_err(|error| Cause::new(Code::EvidenceMalformed, format!("log: {error}")))?;
    if let Some(fault) = text.fault {
        return Err(Cause::new(Code::NoAnswer, fault));
    }
    let causes: Vec<Cause> = text.errors().map(|one| compile_error(case, one)).collect();
    if causes.is_empty() {
        return Err(case.contradicts("the log has no compiler error"));
    }
    let count = causes.len();
    let summary = format!("the tests do not compile: {}", counted(count, "error", "errors"));
    Ok(Finding::of(summary, causes, Measure::Findings { count: count as u64 }))
}

/// The cause that a compiler's error in a text for people is.
pub(crate) fn compile_error(case: &Case<'_>, one: &TextDiagnostic) -> Cause {
    let message = match &one.code {
        Some(code) => format!("{} ({code})", one.message),
        None => one.message.clone(),
    };
    Cause::new(Code::CompileError, message).at(case.place(one.place.as_ref()))
}
