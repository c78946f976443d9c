//! The gate of documentation tests: what `cargo test --doc` left.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure, repeat, tests};
use blocks_evidence::{
    CompilerText, Format, Level, LibtestOutcome, LibtestRun, LibtestTest, MESSAGE, bounded,
    read_compiler_text, read_libtest_text,
};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let run = case.read(Format::LibtestText, read_libtest_text)?;
    let text = case.read(Format::CompilerText, read_compiler_text)?;
    if case.exit != 0 && run.sections == 0 && is_without_library(&text) {
        return Ok(Finding::not_applicable("there is no library"));
    }
    let failures: Vec<&LibtestTest> =
        run.tests.iter().filter(|test| test.outcome == LibtestOutcome::Failed).collect();
    let mut causes: Vec<Cause> = failures.iter().map(|test| cause(case, test)).collect();
    if case.exit == 0 {
        check_pass(case, &run, &text)?;
    } else {
        if let Some(fault) = text.fault {
            return Err(Refusal::new(Code::NoAnswer, fault));
        }
        causes.extend(tests::compile_errors(case, &text));
        if causes.is_empty() {
            return Err(case.contradicts("no documentation test failed"));
        }
    }
    Ok(finding(&run, causes))
}

/// The one error that cargo gives then. Beside any other (`could not compile …`) the line was printed
/// by something else.
fn is_without_library(text: &CompilerText) -> bool {
    let errors = text.diagnostics.iter().filter(|one| one.level == Level::Error);
    text.has_no_library && errors.count() == 1
}

/// cargo announces each library whose examples it runs on standard error, and each leaves a section
/// at least on standard output: fewer sections mean that some of them were lost.
fn check_pass(case: &Case<'_>, run: &LibtestRun, text: &CompilerText) -> Result<(), Refusal> {
    let failed = run.count(LibtestOutcome::Failed);
    if failed > 0 {
        return Err(case.contradicts(&format!("{failed} documentation tests failed")));
    }
    if run.sections < text.doc_tests.len() {
        let what = format!(
            "only {} of {} libraries have left documentation tests",
            run.sections,
            text.doc_tests.len()
        );
        return Err(case.contradicts(&what));
    }
    Ok(())
}

fn finding(run: &LibtestRun, causes: Vec<Cause>) -> Finding {
    let [passed, failed, skipped] =
        [LibtestOutcome::Passed, LibtestOutcome::Failed, LibtestOutcome::Ignored]
            .map(|outcome| run.count(outcome) as u64);
    let measure = Measure::Tests { passed, failed, flaky: 0, quarantined: 0, skipped };
    if causes.is_empty() && passed == 0 {
        return Finding::not_applicable(match skipped {
            0 => "there are no documentation tests".to_owned(),
            _ => format!("no documentation test was run, {skipped} ignored"),
        })
        .leaving_out(skipped);
    }
    Finding::of(told(&measure, &causes), causes, measure)
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let (passed, failed, skipped) = match *measure {
        Measure::Tests { passed, failed, skipped, .. } => (passed, failed, skipped),
        _ => (0, 0, 0),
    };
    let errors = of_code(causes, Code::CompileError);
    let parts: Vec<String> = [
        (errors > 0).then(|| counted(errors, "compile error", "compile errors")),
        (failed > 0).then(|| format!("{failed} failed")),
        Some(format!("{passed} passed")),
        (skipped > 0).then(|| format!("{skipped} ignored")),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(", ")
}

fn cause(case: &Case<'_>, test: &LibtestTest) -> Cause {
    let first = test.message.lines().next().unwrap_or_default();
    let place = test.place.as_ref().map(|place| (place.file.clone(), place.line));
    let message = bounded(&format!("{}: {first}", test.name), MESSAGE);
    let mut cause = Cause::new(Code::DoctestFailed, message)
        .at(case.place(place.as_ref()))
        .with_detail(test.output.as_str());
    cause.repeat = repeat::doctest(&case.repeat(), test);
    cause
}
