//! The way from a good commit and a bad one to the one that it came with.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use blocks_engine::{Event, LineCommit};
use blocks_evidence::printable_line;
use blocks_failures::{Answer, Failure, Next, Search};
use blocks_views::{Bisected, BisectedCommit, Skipped};

use super::{Asker, Told};
use crate::{cli::BisectArgs, exit::Usage, output::tell};

/// How many characters of a commit's name are shown.
const SHORT: usize = 12;

/// A walk over commits, the oldest first.
pub(crate) struct Walk<'a> {
    pub(crate) asker: Asker<'a>,
    pub(crate) commits: &'a [LineCommit],
    /// What is kept of commits.
    pub(crate) known: HashMap<String, Answer>,
    /// What commits came to that were asked.
    pub(crate) told: HashMap<usize, Told>,
}

impl Walk<'_> {
    /// Between which commits it came: the first and the last that it can have come with; none where an end has no answer.
    pub(crate) fn search(&mut self) -> Result<Option<(usize, usize)>> {
        let last = self.commits.len() - 1;
        let Some(mut search) = Search::among(self.commits.len()) else {
            return Err(Usage("the good and the bad commit are the same".to_owned()).into());
        };
        for (end, wanted) in [(last, Answer::Bad), (0, Answer::Good)] {
            let answer = self.answer(end)?;
            if answer != wanted {
                return self.wrong_end(end, answer);
            }
        }
        for (at, commit) in self.commits.iter().enumerate() {
            if let Some(answer) = self.known.get(&commit.revision) {
                search.tell(at, *answer);
            }
        }
        loop {
            match search.next() {
                Next::Among(first, last) => return Ok(Some((first, last))),
                Next::Ask(at) => {
                    let (left, open) = search.left();
                    self.show(&format!("{left} commits left, {open} to ask: {}", self.named(at)));
                    search.tell(at, self.answer(at)?);
                }
            }
        }
    }

    fn wrong_end(&self, end: usize, answer: Answer) -> Result<Option<(usize, usize)>> {
        let (stage, commit) = (&self.asker.stage.id, self.named(end));
        let what = match self.asker.signature {
            Some(signature) => format!("failure {signature} of `{stage}`"),
            None => format!("failure of `{stage}`"),
        };
        match answer {
            Answer::Good => Err(Usage(format!(
                "there is no {what} at the bad commit, {commit}: there is nothing to look for"
            ))
            .into()),
            Answer::Bad => Err(Usage(format!(
                "there is a {what} at the good commit, {commit}, already: name an earlier one with --good"
            ))
            .into()),
            Answer::Unknown => {
                let reason = self.told.get(&end).map_or("", |it| &it.reason);
                tell(&format!("no answer at {commit}: {}", printable_line(reason)));
                Ok(None)
            }
        }
    }

    fn answer(&mut self, at: usize) -> Result<Answer> {
        let commit = &self.commits[at].revision;
        if let Some(answer) = self.known.get(commit) {
            return Ok(*answer);
        }
        if !self.told.contains_key(&at) {
            self.show(&format!("asking {}", self.named(at)));
            let told = self.asker.ask(commit)?;
            self.told.insert(at, told);
        }
        Ok(self.told.get(&at).ok_or_else(|| anyhow!("it was asked"))?.answer)
    }

    /// What fails at a commit and did not at the last good one before it. Where only the outcome was kept, it is asked again;
    /// none where that comes to something else.
    pub(crate) fn new_with(&mut self, bad: usize) -> Result<Option<Vec<Failure>>> {
        if !self.told.contains_key(&bad) {
            self.show(&format!("what fails at {}", self.named(bad)));
            let told = self.asker.ask(&self.commits[bad].revision)?;
            self.told.insert(bad, told);
        }
        let before =
            (0..bad).rev().find_map(|at| self.told.get(&at).filter(|it| it.answer == Answer::Good));
        let is_old = |it: &Failure| {
            before.is_some_and(|before| {
                before.failures.iter().any(|old| old.signature == it.signature)
            })
        };
        let is_followed =
            |it: &Failure| self.asker.signature.is_none_or(|wanted| it.signature == *wanted);
        let told = self.told.get(&bad).filter(|it| it.answer == Answer::Bad);
        Ok(told.map(|told| {
            // What is looked for comes first.
            let (mut new, others): (Vec<_>, Vec<_>) =
                told.failures.iter().filter(|it| !is_old(it)).cloned().partition(is_followed);
            new.extend(others);
            new
        }))
    }

    pub(crate) fn bisected<'b>(
        &'b self,
        args: &'b BisectArgs,
        (first, last): (usize, usize),
        failures: Option<&'b [Failure]>,
    ) -> Bisected<'b> {
        let commit = |it: &'b LineCommit| BisectedCommit {
            revision: &it.revision,
            author_date: &it.author_date,
            subject: &it.subject,
        };
        let mut skipped: Vec<_> =
            self.told.iter().filter(|(_, it)| it.answer == Answer::Unknown).collect();
        skipped.sort_by_key(|(at, _)| **at);
        let skipped = skipped.into_iter().map(|(at, told)| Skipped {
            revision: &self.commits[*at].revision,
            reason: &told.reason,
        });
        let ran = self.told.values().filter(|it| it.is_made).count();
        let is_on_line = |it: &&LineCommit| self.known.contains_key(&it.revision);
        Bisected {
            stage: &self.asker.stage.id,
            signature: args.signature.as_ref().map(blocks_failures::Signature::as_str),
            good: self.commits.first().map_or("", |it| &it.revision),
            bad: self.commits.last().map_or("", |it| &it.revision),
            commits: self.commits[first..=last].iter().map(commit).collect(),
            failures,
            ran,
            known: self.told.len() - ran + self.commits.iter().filter(is_on_line).count(),
            skipped: skipped.collect(),
        }
    }

    /// `0123456789ab fix: what was wrong`
    fn named(&self, at: usize) -> String {
        let LineCommit { revision, subject, .. } = &self.commits[at];
        let short: String = revision.chars().take(SHORT).collect();
        let subject: String = subject.chars().take(72).collect();
        printable_line(&format!("{short} {subject}"))
    }

    fn show(&self, what: &str) {
        (self.asker.sink)(Event::Setup(format!("bisect: {what}")));
    }
}
