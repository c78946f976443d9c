//! The gate of models: each has to hold in every order of its threads that loom tried.
//!
//! With loom in the place of threads all tests of a member run, and some of them are no models. Whether these pass is the
//! stage `test`'s matter, so that one which cannot run without a model is left out here. A model is what a second run
//! has shown to be one: with a limit that loom cannot read, each stops at its beginning and says so.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::tests::{NOT_BUILT, not_built, run_of};
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure, tests};
use blocks_evidence::{Format, Outcome, Test, TestRun, read_junit};

/// What a model says that is begun with such a limit
/// (<https://docs.rs/loom/0.7.3/src/loom/model.rs.html>, `Builder::new`).
const BEGUN: &str = "invalid value for `LOOM_MAX_BRANCHES`";

/// What a test says that uses loom's types without a model
/// (<https://docs.rs/loom/0.7.3/src/loom/rt/scheduler.rs.html>).
const OUTSIDE: &str = "cannot access Loom execution state from outside a Loom model";

/// The evidence of the second run.
const SECOND: &str = "models.xml";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOT_BUILT {
        return not_built(case);
    }
    let tests = tests_of(case)?;
    let causes: Vec<_> = tests
        .iter()
        .filter(|(test, _)| has_failed(test))
        .map(|(test, _)| cause(case, test))
        .collect();
    let ran = tests.iter().filter(|(test, _)| test.outcome != Outcome::Skipped);
    let checked = ran.clone().filter(|(_, is_model)| *is_model).count() as u64;
    if checked == 0 && causes.is_empty() {
        let why = match ran.count() {
            0 => "no test ran with loom in the place of threads".to_owned(),
            count => {
                format!("none of {} is a model", counted(count, "test that ran", "tests that ran"))
            }
        };
        return Ok(Finding::not_applicable(why));
    }
    let failed = causes.len() as u64;
    let measure = Measure::Models { checked, failed };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The tests of a record, each with whether it is a model. One that is none, and cannot run without a model, counts as
/// one that was not run.
pub(crate) fn tests_of(case: &Case<'_>) -> Result<Vec<(Test, bool)>, Refusal> {
    let run = run_of(case)?;
    let models = models(case, &run)?;
    let are_models: Vec<bool> = run.tests.iter().map(|it| models.contains(&key(it))).collect();
    let marked = |(mut test, is_model): (Test, bool)| {
        if !is_model && has_failed(&test) && says(&test, OUTSIDE) {
            test.outcome = Outcome::Skipped;
            test.message.clear();
            test.place = None;
        }
        (test, is_model)
    };
    Ok(run.tests.into_iter().zip(are_models).map(marked).collect())
}

/// The tests that the second run has shown to be models.
fn models<'a>(case: &Case<'_>, run: &'a TestRun) -> Result<BTreeSet<(&'a str, &'a str)>, Refusal> {
    let second = case.read_file(SECOND, Format::Junit, read_junit)?;
    let all: BTreeSet<_> = run.tests.iter().map(key).collect();
    let again: BTreeSet<_> = second.tests.iter().map(key).collect();
    if all != again {
        return Err(case.contradicts(&format!("{SECOND} is of other tests")));
    }
    let begun: BTreeSet<_> =
        second.tests.iter().filter(|test| says(test, BEGUN)).map(key).collect();
    Ok(all.into_iter().filter(|test| begun.contains(test)).collect())
}

fn key(test: &Test) -> (&str, &str) {
    (&test.binary, &test.name)
}

fn says(test: &Test, words: &str) -> bool {
    test.message.contains(words) || test.output.contains(words)
}

fn has_failed(test: &Test) -> bool {
    matches!(test.outcome, Outcome::Failed | Outcome::Error)
}

fn cause(case: &Case<'_>, test: &Test) -> Cause {
    let mut cause = tests::cause(case, Code::ModelFailed, test, None);
    // loom itself says what it found of locks and orders.
    if cause.file.as_ref().is_some_and(|file| file.starts_with('/')) {
        (cause.file, cause.line) = (None, None);
    }
    cause
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let Measure::Models { checked, failed } = *measure else {
        return tests::told(measure, causes);
    };
    let models = counted(usize::try_from(checked).unwrap_or(usize::MAX), "model", "models");
    let errors = of_code(causes, Code::CompileError);
    let parts = [
        // The models of one member may run where those of another do not compile.
        (errors > 0).then(|| counted(errors, "compile error", "compile errors")),
        (failed > 0).then(|| format!("{failed} failed")),
        Some(format!("{models} checked")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
