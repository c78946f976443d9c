//! What is known of branches, from what their commits came to.

use std::collections::{BTreeMap, HashMap};

use blocks_history::{Series, Unit};
use serde::Serialize;

use crate::json::pretty;

/// The version of the form of [`branches_json`]. It grows when a key is removed or means another thing; a key that is
/// added does not change it.
pub const BRANCHES_SCHEMA: u32 = 1;

/// What the outcomes of stages are kept under in a history, before the stage's name: 1 of one that passes, 0 of one that fails.
pub const OUTCOMES: &str = "outcome/";

/// The most commits of a branch that are told of.
const COMMITS: usize = 20;

/// A branch, and the last of its commits that something is known of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BranchStatus {
    /// Its name.
    pub name: String,
    /// The newest first, at most 20. Commits of which nothing was kept are left out.
    pub commits: Vec<CommitStatus>,
}

/// What was kept of a commit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommitStatus {
    /// Its name.
    pub revision: String,
    /// When it was made, in UTC.
    pub date: String,
    /// Whether each stage passed that came to an answer: 1 where it always did, 0 where it never did, and a number between
    /// where it did both.
    pub stages: BTreeMap<String, f64>,
}

impl CommitStatus {
    /// The stages that did not always pass.
    pub(crate) fn failed(&self) -> impl Iterator<Item = &str> {
        self.stages.iter().filter(|(_, rate)| **rate < 1.0).map(|(stage, _)| stage.as_str())
    }
}

impl BranchStatus {
    /// The branches of which something is known, in the order that they are given in: each is its name and its commits, the
    /// newest first.
    pub fn all<'a>(
        history: &[Series],
        branches: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> Vec<Self> {
        let known = commits(history);
        let of_branch = |(name, revisions): (&str, &[String])| {
            let found = revisions.iter().filter_map(|it| known.get(it.as_str()).cloned());
            Self { name: name.to_owned(), commits: found.take(COMMITS).collect() }
        };
        let all = branches.into_iter().map(of_branch);
        all.filter(|branch| !branch.commits.is_empty()).collect()
    }

    /// What a commit came to, beside the others: that nothing failed is a pass only where all was asked that the branch knows.
    pub(crate) fn state(&self, commit: &CommitStatus) -> State {
        let mut known = self.commits.iter().flat_map(|it| it.stages.keys());
        if commit.failed().next().is_some() {
            State::Failed
        } else if known.all(|stage| commit.stages.contains_key(stage)) {
            State::Passed
        } else {
            State::Partly
        }
    }

    /// The share of the commits that passed, of those that passed or failed; none where there is neither.
    #[expect(clippy::cast_precision_loss, reason = "a few commits")]
    pub(crate) fn rate(&self) -> Option<f64> {
        let states: Vec<_> = self.commits.iter().map(|it| self.state(it)).collect();
        let count = |state| states.iter().filter(|it| **it == state).count();
        let (passed, failed) = (count(State::Passed), count(State::Failed));
        (passed + failed > 0).then(|| passed as f64 / (passed + failed) as f64)
    }
}

/// What is known of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// All stages passed that are known of the branch.
    Passed,
    /// One failed at least.
    Failed,
    /// None failed, and not all are known.
    Partly,
}

/// `branches.json`: what branches came to, for other programs.
///
/// ```json
/// {"schema": 1,
///  "branches": [                     that of the work tree first
///    {"name": "main",
///     "commits": [                   the newest first, at most 20; those that something is known of
///       {"revision": "…", "date": "2026-11-27T10:00:00Z",
///        "stages": {"fmt": 1.0}}     whether each passed that came to an answer: 1, 0, or between for both
///     ]}
///  ]}
/// ```
pub fn branches_json(branches: &[BranchStatus]) -> String {
    pretty(&Whole { schema: BRANCHES_SCHEMA, branches })
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: u32,
    branches: &'a [BranchStatus],
}

/// What each commit came to, of machines of all classes.
fn commits(history: &[Series]) -> HashMap<&str, CommitStatus> {
    let mut commits: HashMap<&str, CommitStatus> = HashMap::new();
    let mut asked: HashMap<(&str, &str), Vec<f64>> = HashMap::new();
    for series in history.iter().filter(|it| it.unit == Unit::Passed) {
        let Some(stage) = series.name.strip_prefix(OUTCOMES) else { continue };
        for point in &series.points {
            commits.entry(&point.revision).or_insert_with(|| CommitStatus {
                revision: point.revision.clone(),
                date: point.date.clone(),
                stages: BTreeMap::new(),
            });
            asked.entry((&point.revision, stage)).or_default().push(point.value.clamp(0.0, 1.0));
        }
    }
    for ((revision, stage), values) in asked {
        #[expect(clippy::cast_precision_loss, reason = "a few classes of machines")]
        let rate = values.iter().sum::<f64>() / values.len() as f64;
        if let Some(commit) = commits.get_mut(revision) {
            commit.stages.insert(stage.to_owned(), rate);
        }
    }
    commits
}
