//! The parts of a letter.

use std::collections::HashSet;

use blocks_failures::{Failure, Run};
use blocks_views::{FailureReport, MAIL, failure_html, failure_text};

use crate::{Change, Known, What, plain};

/// How many failures a part shows.
const SHOWN: usize = 20;

/// The most lines of what is new, as a text.
const LINES: usize = 400;

/// Failures of which the same is to be said.
pub(super) struct Section {
    pub title: &'static str,
    pub entries: Vec<Entry>,
    /// How many it does not show.
    pub more: usize,
    /// The same with all that tools said, where the run has it and there is room for it.
    pub whole: Option<Whole>,
}

/// Failures with what tools said of them.
pub(super) struct Whole {
    pub text: String,
    pub html: String,
}

/// A failure, in lines that mean nothing to a terminal.
pub(super) struct Entry {
    pub message: String,
    /// What there is to say of it, with the word before it.
    pub facts: Vec<(&'static str, String)>,
}

pub(super) fn sections(change: &Change, run: &Run) -> Vec<Section> {
    let all = [
        ("New", &change.new, change.more),
        ("Fails as before", &change.still, 0),
        ("Over", &change.over, 0),
        ("No answer, which says nothing about the code", &change.unanswered, 0),
    ];
    let is_any = |(_, of, more): &(_, &Vec<_>, usize)| !of.is_empty() || *more > 0;
    let section = |(title, of, more): (_, &Vec<Known>, _)| Section::of(title, of, more);
    let mut sections: Vec<_> = all.into_iter().filter(is_any).map(section).collect();
    if let (Some(first), false) = (sections.first_mut(), change.new.is_empty()) {
        first.whole = Whole::of(&change.new, change.more, run);
    }
    sections
}

/// What stands where there is no failure.
pub(super) fn nothing(what: &[Section]) -> Option<&'static str> {
    what.is_empty().then_some("Nothing fails.")
}

impl Section {
    fn of(title: &'static str, failures: &[Known], more: usize) -> Self {
        let entries = failures.iter().take(SHOWN).map(Entry::of).collect();
        Self { title, entries, more: failures.len().saturating_sub(SHOWN) + more, whole: None }
    }
}

impl Whole {
    /// None where the run does not have each of them, or there is no room.
    fn of(known: &[Known], more: usize, run: &Run) -> Option<Self> {
        let wanted: HashSet<_> = known.iter().map(|it| &*it.signature).collect();
        let has = |it: &&Failure| wanted.contains(it.signature.as_str());
        let failures: Vec<_> = run.failures.iter().filter(has).cloned().collect();
        if failures.len() != known.len() || more > 0 {
            return None;
        }
        let whole = Some("the report has all of it");
        let report = FailureReport { whole, ..FailureReport::of(&failures) };
        let whole =
            Self { text: failure_text(&report, LINES), html: failure_html(&report, MAIL / 2) };
        (whole.text.len() <= MAIL / 2 && !whole.html.is_empty()).then_some(whole)
    }
}

impl Entry {
    fn of(failure: &Known) -> Self {
        let place = failure.file.as_ref().map(|file| match failure.line {
            Some(line) => format!("{file}:{line}"),
            None => file.clone(),
        });
        let facts = [
            ("at", place),
            ("stage", Some(failure.stages.join(", "))),
            ("member", Some(failure.units.join(", "))),
            ("again", failure.repeat.clone()),
            ("signature", Some(failure.signature.clone())),
        ];
        let is_said = |(word, text): (_, Option<String>)| {
            let text = plain::line(&text?, 300);
            (!text.is_empty()).then_some((word, text))
        };
        Self {
            message: plain::line(&failure.message, 300),
            facts: facts.into_iter().filter_map(is_said).collect(),
        }
    }
}

/// The parts' titles are of what happened; this is the sentence before them.
pub(super) const fn lead(what: What) -> &'static str {
    match what {
        What::Broke => "Something fails that did not.",
        What::StillBroken => {
            "This fails since before; the next such mail comes in a day at the earliest."
        }
        What::Fixed => "Nothing of what failed does any more.",
        What::NoAnswer => "Stages came to no answer: the code may be right or wrong.",
        What::Passed => "All stages pass.",
    }
}
