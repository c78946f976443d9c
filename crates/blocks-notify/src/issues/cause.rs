//! What there is to tell of a run, each once.

use std::collections::HashSet;

use blocks_evidence::printable_line;
use blocks_failures::{Failure, Kind, Run};
use blocks_gates::Outcome;
use blocks_views::failure_title;

use super::mark::{Cause, bounded};

/// What a run has to tell.
pub(super) struct Found<'a> {
    pub(super) cause: Cause,
    pub(super) kind: Kind,
    /// In a line of plain text.
    pub(super) title: String,
    /// What is known of it; none where a stage does not pass and says no cause.
    pub(super) failure: Option<&'a Failure>,
}

/// All that a run has to tell. A stage that does not pass and of which no failure tells is one by itself: it must not be taken
/// for one that passes.
pub(super) fn found<'a>(run: &'a Run, branch: &str) -> Vec<Found<'a>> {
    let mut seen = HashSet::new();
    let of_failure = |failure: &'a Failure| Found {
        cause: Cause::of(failure.signature.as_str(), &failure.message, &failure.stages, branch),
        kind: failure.kind,
        title: failure_title(failure),
        failure: Some(failure),
    };
    let mut all: Vec<_> = run
        .failures
        .iter()
        .filter(|it| seen.insert(it.signature.as_str()))
        .map(of_failure)
        .collect();
    for stage in &run.stages {
        let kind = match stage.outcome {
            Outcome::Fail => Kind::Code,
            Outcome::NoVerdict => Kind::Machine,
            Outcome::Pass | Outcome::NotApplicable => continue,
        };
        if run.failures.iter().any(|it| it.stages.contains(&stage.stage)) {
            continue;
        }
        let says = format!("{}: {}", stage.stage, stage.summary);
        let key = format!("stage {}", stage.stage);
        all.push(Found {
            cause: Cause::of(&key, &stage.summary, std::slice::from_ref(&stage.stage), branch),
            kind,
            title: bounded(&printable_line(&says), 160),
            failure: None,
        });
    }
    all
}
