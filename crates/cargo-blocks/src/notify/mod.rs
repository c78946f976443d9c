//! Telling people of a report: of which, and by which channels.

mod ci;
pub(crate) mod issues;
pub(crate) mod messages;
mod occasion;
mod owners;
pub(crate) mod shown;

use std::path::PathBuf;

use blocks_config::NotifyConfig;
use blocks_engine::Workspace;
use blocks_failures::Run;
use blocks_views::outcome_word;

pub(crate) use ci::Ci;
pub(crate) use occasion::Occasion;

/// What is to be told, and of what.
pub(crate) struct Task<'a> {
    pub(crate) config: &'a NotifyConfig,
    pub(crate) workspace: Option<&'a Workspace>,
    pub(crate) run: &'a Run,
    pub(crate) ci: &'a Ci,
    /// What tells this run from every other.
    pub(crate) id: String,
    /// The branch that it is of; of what is proposed, the one that it is proposed for.
    pub(crate) branch: String,
    /// The branches that are told of.
    pub(crate) branches: Vec<String>,
    /// What it is of, where no branch has it.
    pub(crate) proposal: Option<String>,
    /// Where is kept what was told.
    pub(crate) state: PathBuf,
    pub(crate) sends: bool,
    /// Seconds since 1970.
    pub(crate) now: u64,
}

/// What was told, for people and programs.
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) revision: Option<String>,
    pub(crate) outcome: &'static str,
    pub(crate) branch: Option<String>,
    pub(crate) sends: bool,
    /// Why nobody is told of this run at all.
    pub(crate) silent: Option<String>,
    pub(crate) channels: Vec<ByChannel>,
}

/// What was told by a channel. Texts are harmless in a line.
#[derive(Debug, Default)]
pub(crate) struct ByChannel {
    pub(crate) channel: &'static str,
    pub(crate) lines: Vec<Line>,
    /// What somebody should know.
    pub(crate) notes: Vec<String>,
    /// Why somebody was not told.
    pub(crate) problems: Vec<String>,
}

/// A thing that was told.
#[derive(Debug)]
pub(crate) struct Line {
    /// What was done: `opened`, `sent`.
    pub(crate) step: String,
    /// To what: the number of an issue, or how many people.
    pub(crate) to: String,
    /// Of what.
    pub(crate) title: String,
}

impl Told {
    pub(crate) fn new(run: &Run, branch: Option<&str>, sends: bool) -> Self {
        Self {
            name: run.name.clone(),
            revision: run.revision.clone(),
            outcome: outcome_word(run.outcome),
            branch: branch.map(str::to_owned),
            sends,
            silent: None,
            channels: Vec::new(),
        }
    }

    pub(crate) fn has_problem(&self) -> bool {
        self.channels.iter().any(|it| !it.problems.is_empty())
    }
}
