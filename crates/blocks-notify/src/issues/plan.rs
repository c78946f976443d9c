//! What is to be done, from the issues that are there and from a run. Nothing is asked of a server here.

mod step;

use std::collections::{BTreeMap, HashMap};

use blocks_failures::{Failure, Kind, Run};

use super::body::{body, is_same};
use super::cause::{Found, found};
use super::mark::{MOST, Mark, MarkKind, bounded, of};
use super::{At, Known, Settings};

pub use step::{Action, Comment, Edit, Note, Step};

/// The longest title of an issue, in characters.
const TITLE: usize = 160;

/// What is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In this order.
    pub actions: Vec<Action>,
    /// What is left as it is, and why somebody should know.
    pub notes: Vec<Note>,
}

impl Plan {
    /// What is to be done after a run.
    pub fn of(known: &[Known], run: &Run, at: &At, settings: &Settings) -> Self {
        let found = found(run, &at.branch);
        let mut planner = Planner { run, at, settings, plan: Self::default(), found: &found };
        let kept = planner.fold(known);
        let mut told: HashMap<&str, u64> = HashMap::new();
        for (known, mark) in &kept {
            let has = |key: &str| mark.causes.iter().any(|it| it.key == key);
            let is_machine = mark.kind == MarkKind::Machine;
            let own = found.iter().filter(|it| match it.kind {
                Kind::Machine => is_machine,
                Kind::Code => !is_machine && has(&it.cause.key),
            });
            told.extend(own.map(|it| (&*it.cause.key, known.number)));
        }
        for (known, mark) in kept {
            planner.step(known, mark);
        }
        let is_new = |it: &&Found<'_>| !told.contains_key(&*it.cause.key);
        let new: Vec<_> = found.iter().filter(is_new).collect();
        if settings.on_failure {
            planner.create(&new);
        }
        planner.plan
    }
}

struct Planner<'a> {
    run: &'a Run,
    at: &'a At,
    settings: &'a Settings,
    found: &'a [Found<'a>],
    plan: Plan,
}

impl<'a> Planner<'a> {
    /// Of issues that are of the same causes, the oldest is kept. Those of two programs that ran at once are no more than that.
    fn fold(&mut self, known: &'a [Known]) -> Vec<(&'a Known, Mark)> {
        let mut owners: BTreeMap<String, u64> = BTreeMap::new();
        let mut kept = Vec::new();
        let mut sorted: Vec<_> = known.iter().collect();
        sorted.sort_by_key(|it| it.number);
        for issue in sorted {
            let Some(mark) = &issue.mark else {
                self.plan.notes.push(Note::Unreadable(issue.number));
                continue;
            };
            if mark.same_as.is_some() || mark.of != of(&self.run.name) {
                continue;
            }
            let mut mark = mark.clone();
            let key = |key: &str| match mark.kind {
                MarkKind::Machine => "machine".to_owned(),
                MarkKind::Cause | MarkKind::Digest => format!("cause {key}"),
            };
            let keys: Vec<_> = mark.causes.iter().map(|it| key(&it.key)).collect();
            let first = keys.iter().find_map(|it| owners.get(it)).copied();
            let is_own = |key: &String| !owners.contains_key(key);
            let is_any_own = keys.iter().any(is_own);
            if let Some(owner) = first.filter(|_| !is_any_own) {
                self.same(issue, mark, owner);
                continue;
            }
            let mut own = keys.iter().map(is_own).collect::<Vec<_>>().into_iter();
            mark.causes.retain(|_| own.next().unwrap_or(true));
            owners.extend(
                keys.into_iter()
                    .filter(|key| !owners.contains_key(key))
                    .map(|it| (it, issue.number))
                    .collect::<Vec<_>>(),
            );
            kept.push((issue, mark));
        }
        kept
    }

    fn same(&mut self, issue: &Known, mut mark: Mark, owner: u64) {
        if issue.is_open {
            mark.same_as = Some(owner);
            let text = body(&issue.body, &mark, None);
            self.edit(issue, text, Step::Same(owner));
        }
    }

    /// What becomes of an issue.
    fn step(&mut self, issue: &Known, mut mark: Mark) {
        let failures = self.seen(&mut mark);
        let is_seen = failures.is_some();
        if issue.is_left_alone {
            if is_seen {
                self.plan.notes.push(Note::LeftAlone(issue.number, issue.title.clone()));
            }
            return;
        }
        let is_told = self.settings.on_failure && is_seen;
        if is_told && mark.run != self.at.id {
            mark.runs = mark.runs.saturating_add(1);
            mark.run.clone_from(&self.at.id);
            mark.last.clone_from(&self.run.revision);
        }
        let is_closing = issue.is_open && mark.is_over() && self.settings.close;
        if is_closing {
            mark.closings = mark.closings.saturating_add(1);
        }
        let text = body(&issue.body, &mark, failures.as_deref().filter(|it| !it.is_empty()));
        if is_closing {
            self.edit(issue, text, Step::Over(mark.closings));
        } else if !issue.is_open && is_told {
            self.edit(issue, text, Step::Back);
        } else if issue.is_open && (is_told || !is_seen) && !is_same(&issue.body, &text) {
            self.edit(issue, text, Step::Again);
        }
    }

    /// Puts what the run says of its causes into a mark. The failures that it has now, where it has any of its causes.
    fn seen(&self, mark: &mut Mark) -> Option<Vec<Failure>> {
        let is_machine = mark.kind == MarkKind::Machine;
        let mut seen = None;
        for cause in &mut mark.causes {
            cause.on.retain(|branch| self.at.branches.contains(branch));
            let now = self.found.iter().find(|it| it.cause.key == cause.key);
            if let Some(now) = now.filter(|it| (it.kind == Kind::Machine) == is_machine) {
                seen.get_or_insert_with(Vec::new).extend(now.failure.cloned());
                let on = std::mem::take(&mut cause.on);
                *cause = now.cause.clone();
                cause.on.extend(on);
            } else if self.run.would_tell_of(&cause.stages) {
                cause.on.remove(&self.at.branch);
            }
        }
        if is_machine {
            let machine = self.found.iter().filter(|it| it.kind == Kind::Machine);
            let is_known =
                |it: &&Found<'_>| mark.causes.iter().any(|known| known.key == it.cause.key);
            let new: Vec<_> = machine.filter(|it| !is_known(it)).collect();
            if !new.is_empty() {
                let failures = new.iter().filter_map(|it| it.failure.cloned());
                seen.get_or_insert_with(Vec::new).extend(failures);
                mark.causes.extend(new.into_iter().map(|it| it.cause.clone()));
            }
            // What came and went on a machine is of no use later.
            mark.causes.retain(|it| !it.is_over());
            mark.causes.truncate(MOST);
        }
        seen
    }

    fn edit(&mut self, issue: &Known, body: String, step: Step) {
        let edit = Edit {
            number: issue.number,
            title: issue.title.clone(),
            body,
            step,
            id: self.at.id.clone(),
        };
        let comment = edit.comment(&self.at.branch, self.run.revision.as_deref());
        self.plan.actions.push(Action::Edit(edit, comment));
    }

    /// Issues of what has none yet.
    fn create(&mut self, new: &[&Found<'_>]) {
        let (machine, code): (Vec<_>, Vec<_>) = new.iter().partition(|it| it.kind == Kind::Machine);
        if !machine.is_empty() {
            let title = format!("{}: checks have no answer", self.run.name);
            self.new_issue(MarkKind::Machine, &machine[..machine.len().min(MOST)], &title);
        }
        if code.len() > self.settings.digest_above {
            for part in code.chunks(MOST) {
                let title = format!("{}: {} causes at once", self.run.name, part.len());
                self.new_issue(MarkKind::Digest, part, &title);
            }
        } else {
            for one in code {
                self.new_issue(MarkKind::Cause, &[one], &one.title);
            }
        }
    }

    fn new_issue(&mut self, kind: MarkKind, found: &[&Found<'_>], title: &str) {
        let revision = self.run.revision.clone();
        let mark = Mark {
            kind,
            of: of(&self.run.name),
            causes: found.iter().map(|it| it.cause.clone()).collect(),
            runs: 1,
            first: revision.clone(),
            last: revision,
            run: self.at.id.clone(),
            closings: 0,
            same_as: None,
        };
        let failures: Vec<_> = found.iter().filter_map(|it| it.failure.cloned()).collect();
        let text = body("", &mark, Some(&failures).filter(|it| !it.is_empty()).map(Vec::as_slice));
        let title = bounded(&blocks_evidence::printable_line(title), TITLE);
        let keys = found.iter().map(|it| it.cause.key.clone()).collect();
        self.plan.actions.push(Action::Create { title, body: text, keys });
    }
}
