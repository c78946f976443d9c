//! A branch, and what a run changes of it.

use std::collections::{HashMap, HashSet};

use blocks_failures::Run;
use blocks_gates::Outcome;
use serde::{Deserialize, Serialize};

use super::known::Found;
use super::{Change, Day, Known, MOST, Told, What};

/// What of a failure that ended is kept until people are told.
const MOST_OVER: usize = 200;

/// What is known of a branch. One of which nothing is known has passed, or never ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// What fails.
    pub broken: Vec<Known>,
    /// Why stages had no answer.
    pub unanswered: Vec<Known>,
    /// What is over, and was not told.
    pub over: Vec<Known>,
    /// When people were last told that it fails or has no answer, in seconds since 1970.
    pub told: Option<u64>,
    /// The name of the message that told that it broke, while it is broken.
    pub thread: Option<String>,
    /// The commit that was last told to pass.
    pub passed: Option<String>,
}

impl Branch {
    /// What is known after a run, and what there is to tell of it. `now` is in seconds since 1970.
    ///
    /// What is told is kept as told. Whoever does not tell it must not keep the branch, either.
    #[must_use]
    pub fn after(&self, run: &Run, told: Told, now: u64) -> (Self, Option<Change>) {
        let found = Found::of(run, now);
        let code = Step::of(&self.broken, found.code, run);
        let machine = Step::of(&self.unanswered, found.machine, run);
        let what = self.what(run, &code, &machine, now);
        let mut over = self.over.clone();
        over.extend(code.over.clone());
        over.truncate(MOST_OVER);
        let mut next = Self {
            broken: code.all(),
            unanswered: machine.all(),
            over,
            told: self.told,
            thread: self.thread.clone(),
            passed: self.passed.clone(),
        };
        let is_told = what.filter(|it| it.is_told(told));
        let change = is_told.map(|what| Change {
            what,
            over: std::mem::take(&mut next.over),
            new: code.new,
            still: code.again.into_iter().chain(code.unasked).collect(),
            unanswered: machine.new.into_iter().chain(machine.again).collect(),
            more: run.failures.len().saturating_sub(MOST),
            at: now,
            thread: self.thread.clone(),
        });
        next.settle(change.as_ref(), run);
        (next, change)
    }

    fn what(&self, run: &Run, code: &Step, machine: &Step, now: u64) -> Option<What> {
        let is_broken = code.is_any_left();
        let is_due = self.told.is_none_or(|told| Day::of(now) > Day::of(told));
        if !code.new.is_empty() {
            Some(What::Broke)
        } else if !self.broken.is_empty() && !is_broken {
            Some(What::Fixed)
        } else if !machine.new.is_empty() {
            Some(What::NoAnswer)
        } else if !code.again.is_empty() {
            is_due.then_some(What::StillBroken)
        } else if !machine.again.is_empty() {
            is_due.then_some(What::NoAnswer)
        } else {
            let passes = run.outcome == Outcome::Pass && !is_broken && !machine.is_any_left();
            let is_known = run.revision.is_some() && run.revision == self.passed;
            (passes && !is_known).then_some(What::Passed)
        }
    }

    /// Keeps what was told.
    fn settle(&mut self, change: Option<&Change>, run: &Run) {
        if let Some(change) = change {
            self.told = Some(change.at);
            if run.outcome == Outcome::Pass {
                self.passed.clone_from(&run.revision);
            }
        }
        if self.broken.is_empty() {
            self.thread = None;
            self.over.clear();
            if self.unanswered.is_empty() {
                self.told = None;
            }
        }
    }

    /// Whether there is nothing to know.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What becomes of the failures of one kind.
struct Step {
    /// Those that were not known.
    new: Vec<Known>,
    /// Those that were, and are there again.
    again: Vec<Known>,
    /// Those that were known, and of which the run could not tell.
    unasked: Vec<Known>,
    /// Those that are over.
    over: Vec<Known>,
}

impl Step {
    fn of(known: &[Known], found: Vec<Known>, run: &Run) -> Self {
        let signatures: HashSet<_> = found.iter().map(|it| it.signature.clone()).collect();
        let gone = known.iter().filter(|it| !signatures.contains(&it.signature));
        let (over, unasked) = gone.cloned().partition(|it| run.would_tell_of(&it.stages));
        let mut step = Self { new: Vec::new(), again: Vec::new(), unasked, over };
        let known: HashMap<_, _> = known.iter().map(|it| (&*it.signature, it)).collect();
        let mut seen = HashSet::new();
        for failure in found {
            if !seen.insert(failure.signature.clone()) {
                continue;
            }
            match known.get(&*failure.signature) {
                Some(before) => step.again.push(failure.again(before)),
                None => step.new.push(failure),
            }
        }
        step
    }

    fn is_any_left(&self) -> bool {
        !(self.new.is_empty() && self.again.is_empty() && self.unasked.is_empty())
    }

    /// All that is not over, the oldest first; no more than are known one by one.
    fn all(&self) -> Vec<Known> {
        let all = self.unasked.iter().chain(&self.again).chain(&self.new);
        let mut all: Vec<_> = all.take(MOST).cloned().collect();
        all.sort_by_key(|it| it.since);
        all
    }
}
