//! The gate of examples: programs, code in documents, and commands in documents with what they print.
//!
//! What was not run is told and never counted as passed. Where nothing at all was run, there is nothing to judge.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::{Cause, Code, Measure, repeat};
use blocks_evidence::{DETAIL, Example, ExampleEnd, ExampleKind, Format, bounded, read_examples};
use blocks_examples::difference;

/// The exit status of the program where an example failed.
const FAILED: i32 = 1;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let found = case.read(Format::Examples, read_examples)?;
    let (passed, failed) = (found.passed(), found.failed());
    let not_run = found.examples.len() - passed - failed;
    if (case.exit == FAILED) != (failed > 0) {
        return Err(case.contradicts(&format!("{failed} examples failed")));
    }
    let [passed, failed, skipped] = [passed, failed, not_run].map(|count| count as u64);
    if passed + failed == 0 {
        return Ok(Finding::not_applicable(match skipped {
            0 => "there is no example".to_owned(),
            _ => format!("no example was run, {skipped} are there"),
        })
        .leaving_out(skipped));
    }
    let causes: Vec<Cause> = found.examples.iter().filter_map(|it| cause(case, it)).collect();
    let measure = Measure::Tests { passed, failed, flaky: 0, quarantined: 0, skipped };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

pub(crate) fn told(measure: &Measure, _: &[Cause]) -> String {
    let (passed, failed, skipped) = match *measure {
        Measure::Tests { passed, failed, skipped, .. } => (passed, failed, skipped),
        _ => (0, 0, 0),
    };
    let parts = [
        (failed > 0).then(|| format!("{failed} failed")),
        Some(format!("{passed} passed")),
        (skipped > 0).then(|| format!("{skipped} not run")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is wrong with an example, if anything is.
fn cause(case: &Case<'_>, example: &Example) -> Option<Cause> {
    let ExampleEnd::Failed { why, wanted, printed } = &example.end else { return None };
    let message = match example.kind {
        ExampleKind::Program => format!("the example {}: {why}", example.name),
        ExampleKind::Code => format!("code in {}: {why}", example.file),
        ExampleKind::Command => format!("the command `{}`: {why}", example.name),
    };
    let detail = match wanted {
        Some(wanted) => bounded(&difference(wanted, printed), DETAIL),
        None => printed.clone(),
    };
    let mut cause = Cause::new(Code::ExampleFailed, message)
        .about(example.member.as_deref())
        .with_detail(detail);
    cause.file = Some(example.file.clone());
    cause.line = example.line;
    cause.repeat = repeat::example(&case.repeat(), example);
    let is_written = example.kind == ExampleKind::Command && wanted.is_some();
    cause.hint =
        cause.repeat.as_ref().filter(|_| is_written).map(|repeat| {
            format!("where what it prints now is right, `{repeat} --accept` writes it")
        });
    Some(cause)
}
