//! The coverage of a patch: the lines that are new or changed since the baseline, and hold code.
//!
//! What changed is told by the source files that both sides' records have, and not by git, which Nix does not show. A
//! file that the baseline's coverage does not name is new, and so one that was renamed is.

use crate::case::Case;
use crate::changed_lines::changed_lines;
use crate::not_run::not_run;
use crate::refusal::Refusal;
use crate::words::floored_percent;
use crate::{Cause, Code};
use blocks_config::Percent;
use blocks_evidence::{Coverage, FileCoverage, Format, Lines, read_sources};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Source files by their names in the workspace.
#[derive(Default)]
pub(crate) struct Sources(BTreeMap<String, Vec<u8>>);

/// The changed lines: what tests ran of them.
pub(crate) struct Patch {
    lines: Coverage,
    wanted: Percent,
}

impl Sources {
    /// The files of a case's record.
    pub(crate) fn of(case: &Case<'_>) -> Result<Self, Refusal> {
        let mut all = Self::default();
        for one in case.read(Format::Sources, read_sources)? {
            all.insert(case.relative(&one.file), one.text)?;
        }
        Ok(all)
    }

    /// Adds those of another record of the same sources.
    pub(crate) fn add(&mut self, others: Self) -> Result<(), Refusal> {
        others.0.into_iter().try_for_each(|(file, text)| self.insert(file, text))
    }

    fn insert(&mut self, file: String, text: Vec<u8>) -> Result<(), Refusal> {
        match self.0.entry(file) {
            Entry::Occupied(there) if *there.get() != text => {
                let message = format!("{} is not the same in all records", there.key());
                Err(Refusal::new(Code::EvidenceContradicts, message))
            }
            Entry::Occupied(_) => Ok(()),
            Entry::Vacant(free) => {
                free.insert(text);
                Ok(())
            }
        }
    }
}

impl Patch {
    /// The changed lines of `coverage`. Each of its files has to be among the sources.
    pub(crate) fn of(
        coverage: &Coverage,
        now: &Sources,
        before: &Sources,
        wanted: Percent,
    ) -> Result<Self, Refusal> {
        let of_file = |file: &FileCoverage| {
            let text = now.0.get(&file.file).ok_or_else(|| {
                let message =
                    format!("lines of {} were counted, and its text is not there", file.file);
                Refusal::new(Code::EvidenceContradicts, message)
            })?;
            let was = before.0.get(&file.file).map_or(&[][..], Vec::as_slice);
            let changed = changed_lines(was, text);
            let of = |lines: &[u32]| {
                lines.iter().copied().filter(|line| changed.binary_search(line).is_ok()).collect()
            };
            let (covered, uncovered) = (of(&file.covered), of(&file.uncovered));
            Ok(FileCoverage { file: file.file.clone(), covered, uncovered })
        };
        let lines = coverage.files.iter().map(of_file).collect::<Result<_, _>>()?;
        Ok(Self { lines, wanted })
    }

    pub(crate) fn into_lines(self) -> Coverage {
        self.lines
    }

    /// `changed lines: 12 of 14 (85.7 %, 90 % wanted)`.
    pub(crate) fn told(&self) -> String {
        let Lines { covered, count } = self.lines.lines();
        if count == 0 {
            return "changed lines: none that hold code".to_owned();
        }
        let (share, wanted) = (floored_percent(covered, count), self.wanted_words());
        format!("changed lines: {covered} of {count} ({share}{wanted})")
    }

    /// What is wrong with it: that tests run too few of the changed lines.
    pub(crate) fn cause(&self) -> Option<Cause> {
        let Lines { covered, count } = self.lines.lines();
        if self.wanted.is_met_by(covered, count) {
            return None;
        }
        let share = floored_percent(covered, count);
        let wanted = self.wanted_words();
        let message = format!(
            "tests run {covered} of {count} lines that are new or changed since the baseline, {share}{wanted}"
        );
        let first = self.lines.files.iter().find(|file| !file.uncovered.is_empty());
        let mut cause = Cause::new(Code::PatchCoverageBelowThreshold, message);
        cause.file = first.map(|file| file.file.clone());
        cause.line = first.and_then(|file| file.uncovered.first().copied());
        Some(cause.with_detail(not_run(&self.lines.files)))
    }

    fn wanted_words(&self) -> String {
        if is_judged(self.wanted) { format!(", {} % wanted", self.wanted) } else { String::new() }
    }
}

/// Whether a threshold judges, and does not only show.
pub(crate) fn is_judged(wanted: Percent) -> bool {
    wanted > Percent::whole::<0>()
}
