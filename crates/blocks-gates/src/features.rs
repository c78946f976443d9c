//! The gate of features: each package has to compile with each combination of its features that was asked for.

use crate::case::Case;
use crate::diagnostics;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    BuildMessages, Diagnostic, FeatureRun, Format, Level, MESSAGE, bounded, read_cargo_builds,
    read_cargo_hack,
};
use blocks_stages::shell_word;

/// The most combinations that are named of one error.
const NAMED: usize = 4;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let builds = case.read(Format::CargoBuilds, read_cargo_builds)?;
    let runs = case.read(Format::CargoHack, read_cargo_hack)?;
    if builds.len() != runs.len() {
        let what = format!("{} of {} combinations have an answer", builds.len(), runs.len());
        return Err(case.contradicts(&what));
    }
    let failed = runs.iter().zip(&builds).filter(|(_, build)| !build.success);
    let failed: Vec<(&FeatureRun, &BuildMessages)> = failed.collect();
    match (case.exit, failed.len()) {
        (0, 1..) => return Err(case.contradicts("a combination does not compile")),
        (1.., 0) => return Err(case.contradicts("each combination compiles")),
        _ => {}
    }
    if runs.is_empty() {
        return Err(case.contradicts("no combination was compiled"));
    }
    let causes = causes(case, &failed)?;
    let measure = Measure::Combinations { checked: runs.len() as u64, failed: failed.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// A cause for each error, with the combinations that have it.
fn causes(
    case: &Case<'_>,
    failed: &[(&FeatureRun, &BuildMessages)],
) -> Result<Vec<Cause>, Refusal> {
    let mut found: Vec<(&Diagnostic, Vec<&FeatureRun>)> = Vec::new();
    for (run, build) in failed {
        let mut errors =
            build.diagnostics.iter().filter(|one| one.level == Level::Error).peekable();
        if errors.peek().is_none() {
            return Err(case.contradicts("cargo's messages hold no error"));
        }
        for error in errors {
            let is_same = |other: &Diagnostic| {
                (&other.message, &other.place, &other.package)
                    == (&error.message, &error.place, &error.package)
            };
            match found.iter_mut().find(|(other, _)| is_same(other)) {
                Some((_, runs)) => runs.push(run),
                None => found.push((error, vec![run])),
            }
        }
    }
    Ok(found.into_iter().map(|(error, runs)| cause(case, error, &runs)).collect())
}

fn cause(case: &Case<'_>, error: &Diagnostic, runs: &[&FeatureRun]) -> Cause {
    let mut cause = diagnostics::cause(case, error);
    let named: Vec<_> = runs.iter().take(NAMED).map(|run| called(run)).collect();
    let more = runs.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    cause.message = bounded(&format!("{}{more}: {}", named.join(", "), cause.message), MESSAGE);
    cause.code = Code::FeatureError;
    cause.repeat = runs.first().and_then(|run| repeat(run));
    cause
}

/// `a with --features x`
fn called(run: &FeatureRun) -> String {
    match run.features.as_str() {
        "" => run.package.clone(),
        features => format!("{} with {features}", run.package),
    }
}

/// The command that compiles one combination; none for words that a shell could take for something else.
fn repeat(run: &FeatureRun) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -_,=+./:".contains(c);
    let command = format!("cargo check --package {} {}", shell_word(&run.package), run.features);
    run.features.chars().all(is_plain).then(|| command.trim_end().to_owned())
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let (checked, failed) = match measure {
        Measure::Combinations { checked, failed } => (*checked, *failed),
        _ => (0, 0),
    };
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let combinations =
        counted(count(checked), "combination of features", "combinations of features");
    if failed == 0 {
        return format!("{combinations} compile");
    }
    let errors = counted(of_code(causes, Code::FeatureError), "error", "errors");
    format!("{failed} of {combinations} do not compile, {errors}")
}
