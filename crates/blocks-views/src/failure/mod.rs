//! What a person needs of what failed: in an issue, a mail and a terminal.

mod html;
mod level;
mod markdown;
mod part;
mod text;
mod words;

use blocks_failures::{Failure, Run};
use blocks_gates::{Outcome, Verdict};

use crate::outcome::name;
use crate::report::Report;

pub use html::{MAIL, failure_html};
pub use markdown::failure_markdown;
pub use text::{TERMINAL, failure_text};
pub use words::failure_title;

/// What a report of failures is of: one failure, some, or a run.
///
/// What is not known is left out, and nothing is said in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FailureReport<'a> {
    /// What the workspace is called; nothing where that is empty.
    pub name: &'a str,
    /// The commit that it is of.
    pub revision: Option<&'a str>,
    /// The branch that it is of.
    pub branch: Option<&'a str>,
    /// What all stages of the run came to, green ones too; none where it is not of a run.
    pub stages: Vec<FailureStage<'a>>,
    /// What failed, what matters most first.
    pub failures: &'a [Failure],
    /// Where all of it is, in words, for what has no room: `report.html has all of it`.
    pub whole: Option<&'a str>,
}

/// What a stage of a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureStage<'a> {
    /// The stage, with its unit where that is not the whole workspace.
    pub stage: String,
    /// The answer.
    pub outcome: Outcome,
    /// The answer in a line.
    pub summary: &'a str,
    /// The causes that the stage has and does not list, so that they are no failures here.
    pub more: usize,
}

impl<'a> FailureReport<'a> {
    /// Of these failures, whatever run they are of.
    pub fn of(failures: &'a [Failure]) -> Self {
        Self { failures, ..Self::default() }
    }

    /// Of a run that was read back. Its branch is not known to it.
    pub fn of_run(run: &'a Run) -> Self {
        let stages = run.stages.iter().map(|it| FailureStage {
            stage: it.stage.clone(),
            outcome: it.outcome,
            summary: &it.summary,
            more: it.more_causes,
        });
        Self {
            name: &run.name,
            revision: run.revision.as_deref(),
            stages: stages.collect(),
            ..Self::of(&run.failures)
        }
    }

    /// Of the run that a report shows, with the failures of its verdicts.
    pub fn of_report(report: &Report<'a>, failures: &'a [Failure]) -> Self {
        let stage = |it: &'a Verdict| FailureStage {
            stage: name(it),
            outcome: it.outcome,
            summary: &it.summary,
            more: it.more_causes,
        };
        Self {
            name: report.name,
            revision: report.revision,
            stages: report.verdicts.iter().map(stage).collect(),
            ..Self::of(failures)
        }
    }
}

impl FailureStage<'_> {
    fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Fail | Outcome::NoVerdict)
    }
}
