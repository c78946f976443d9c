//! A failure that is known of a branch.

use blocks_failures::{Failure, Kind, Run, StageOutcome};
use blocks_gates::Outcome;
use serde::{Deserialize, Serialize};

use crate::plain;

/// How many failures of a run are known one by one. Nobody reads more, and the state has to be small.
pub const MOST: usize = 2000;

/// The longest text that is kept of a failure, in characters.
const TEXT: usize = 300;

/// How many members and stages are kept of a failure.
const NAMES: usize = 50;

/// A failure, as it is kept: what has to be known of it when it is over, and its run is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// By what it is known again.
    pub signature: String,
    /// The stages that do not pass for it.
    pub stages: Vec<String>,
    /// The members that have it.
    pub units: Vec<String>,
    /// What it says, in a line.
    pub message: String,
    /// The source file of its first place.
    pub file: Option<String>,
    /// The line in that file, counted from 1.
    pub line: Option<u32>,
    /// The command that asks again.
    pub repeat: Option<String>,
    /// When it was first seen, in seconds since 1970.
    pub since: u64,
    /// The commit that it was first seen in, where that is known.
    pub revision: Option<String>,
}

/// What a run has of failures, by whose fault they are.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What stages say no for.
    pub code: Vec<Known>,
    /// Why stages have no answer.
    pub machine: Vec<Known>,
}

impl Found {
    /// What a run has. A stage that does not pass, and of which no failure tells, is one by itself: it must not be taken for
    /// one that passes.
    pub fn of(run: &Run, now: u64) -> Self {
        let mut found = Self::default();
        for failure in run.failures.iter().take(MOST) {
            found.of_kind(failure.kind).push(Known::of(failure, run, now));
        }
        for stage in run.stages.iter().take(MOST) {
            let kind = match stage.outcome {
                Outcome::Fail => Kind::Code,
                Outcome::NoVerdict => Kind::Machine,
                Outcome::Pass | Outcome::NotApplicable => continue,
            };
            if !run.failures.iter().any(|it| it.stages.contains(&stage.stage)) {
                found.of_kind(kind).push(Known::of_stage(stage, run, now));
            }
        }
        found
    }

    fn of_kind(&mut self, kind: Kind) -> &mut Vec<Known> {
        match kind {
            Kind::Code => &mut self.code,
            Kind::Machine => &mut self.machine,
        }
    }
}

impl Known {
    fn of(failure: &Failure, run: &Run, now: u64) -> Self {
        let text = |it: &String| plain::line(it, TEXT);
        Self {
            signature: failure.signature.as_str().to_owned(),
            stages: names(&failure.stages),
            units: names(&failure.units),
            message: text(&failure.message),
            file: failure.file.as_ref().map(text),
            line: failure.line,
            repeat: failure.repeat.as_ref().map(text),
            since: now,
            revision: run.revision.as_ref().map(text),
        }
    }

    fn of_stage(stage: &StageOutcome, run: &Run, now: u64) -> Self {
        Self {
            signature: format!("stage {}", plain::line(&stage.stage, TEXT)),
            stages: names(std::slice::from_ref(&stage.stage)),
            units: Vec::new(),
            message: plain::line(&stage.summary, TEXT),
            file: None,
            line: None,
            repeat: None,
            since: now,
            revision: run.revision.as_ref().map(|it| plain::line(it, TEXT)),
        }
    }

    /// The same failure, as a later run has it: it is still as old as it is.
    pub(crate) fn again(self, before: &Self) -> Self {
        Self { since: before.since, revision: before.revision.clone(), ..self }
    }
}

/// Names as they are, since they are compared, but for what is too long to be one.
fn names(all: &[String]) -> Vec<String> {
    all.iter().filter(|it| it.len() <= TEXT).take(NAMES).cloned().collect()
}
