//! All tests: those that failed, those whose answer is chance, and the others by their binaries.

mod list;
mod told;

use std::collections::HashMap;

use blocks_evidence::{Outcome, Test};
use blocks_gates::{Cause, Code, StageTests};

use super::parts::{line, seconds};
use super::{named_stage, section};
use crate::html::{Anchor, Html};
use crate::number::{counted, grouped};
use crate::report::Report;

/// The tests of a report, each with its place in the page.
pub(super) struct Tests<'a> {
    stages: Vec<Stage<'a>>,
    /// The tests that causes are about.
    of_causes: HashMap<*const Cause, Anchor>,
}

struct Stage<'a> {
    of: &'a StageTests,
    /// In the order of their binaries, and of their names.
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    test: &'a Test,
    anchor: Anchor,
    /// Whether a cause of the stage tells of it; there is its anchor.
    is_told: bool,
}

impl<'a> Tests<'a> {
    pub(super) fn of(report: &Report<'a>) -> Self {
        let (mut taken, mut of_causes) = (HashMap::new(), HashMap::new());
        let stages = report.tests.iter().map(|of| {
            let mut stage = Stage::of(of, &mut taken);
            let own = report.verdicts.iter().filter(|it| it.stage == of.stage);
            stage.find_causes(own.flat_map(|it| &it.causes), &mut of_causes);
            stage
        });
        Self { stages: stages.collect(), of_causes }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.stages.iter().map(|it| it.entries.len()).sum()
    }

    /// The place of the test that a cause is about.
    pub(super) fn anchor_of(&self, cause: &Cause) -> Option<&Anchor> {
        self.of_causes.get(&std::ptr::from_ref(cause))
    }
}

impl<'a> Stage<'a> {
    fn of(of: &'a StageTests, taken: &mut HashMap<Anchor, usize>) -> Self {
        let mut tests: Vec<&Test> = of.units.iter().flat_map(|unit| &unit.tests).collect();
        tests.sort_by(|a, b| (&a.binary, &a.name).cmp(&(&b.binary, &b.name)));
        let mut entry = |test: &'a Test| {
            let plain = Anchor::named("test", &[&of.stage, &test.binary, &test.name]);
            let anchor = free(plain, taken);
            Entry { test, anchor, is_told: false }
        };
        Self { of, entries: tests.into_iter().map(&mut entry).collect() }
    }

    /// Notes which causes are about which tests: a cause has the name of its test before the first words of its message.
    fn find_causes<'c>(
        &mut self,
        causes: impl Iterator<Item = &'c Cause>,
        found: &mut HashMap<*const Cause, Anchor>,
    ) {
        // An example of the documentation is called by its name alone.
        let (mut tests, mut examples) = (HashMap::new(), HashMap::new());
        for (at, Entry { test, .. }) in self.entries.iter().enumerate() {
            if !is_green(test) {
                tests.insert(format!("{} {}", test.binary, test.name), at);
                examples.insert(test.name.clone(), at);
            }
        }
        for cause in causes {
            let known = if cause.code == Code::DoctestFailed { &examples } else { &tests };
            let mut ends = cause.message.match_indices(": ").map(|(at, _)| at);
            let at = ends.find_map(|at| known.get(&cause.message[..at])).copied();
            if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)).filter(|it| !it.is_told)
            {
                entry.is_told = true;
                found.insert(std::ptr::from_ref(cause), entry.anchor.clone());
            }
        }
    }
}

/// The anchor, or the first of those with a number behind it that is free. `taken` has where to go on, since to count up from
/// the first each time would take long of many of one name.
fn free(plain: Anchor, taken: &mut HashMap<Anchor, usize>) -> Anchor {
    let (mut anchor, mut number) = (plain.clone(), taken.get(&plain).copied().unwrap_or(1));
    while taken.contains_key(&anchor) {
        number += 1;
        anchor = plain.numbered(number);
    }
    taken.insert(plain, number);
    taken.entry(anchor.clone()).or_insert(1);
    anchor
}

/// Whether nobody has to look at it.
fn is_green(test: &Test) -> bool {
    !test.flaky && !has_failed(test)
}

fn has_failed(test: &Test) -> bool {
    matches!(test.outcome, Outcome::Failed | Outcome::Error)
}

pub(super) fn tests(html: &mut Html, report: &Report<'_>, tests: &Tests<'_>) {
    let mut stages = tests.stages.iter().filter(|it| is_worth_telling(it)).peekable();
    if stages.peek().is_none() {
        return;
    }
    section(html, "tests", "Tests", |html| stages.for_each(|it| stage(html, report, it)));
}

fn is_worth_telling(stage: &Stage<'_>) -> bool {
    !stage.entries.is_empty() || stage.of.not_applicable.is_some()
}

fn stage(html: &mut Html, report: &Report<'_>, stage: &Stage<'_>) {
    html.tag("h3").holding(|html| {
        named_stage(html, report, &stage.of.stage);
    });
    if let Some(why) = &stage.of.not_applicable {
        html.tag("p").class("quiet").saying(&format!("Not applicable: {}", line(why)));
        return;
    }
    html.tag("p").class("counts").saying(&counts(&stage.entries));
    told::told(html, "Failed", stage.entries.iter().filter(|it| has_failed(it.test)));
    let is_flaky = |it: &&Entry<'_>| it.test.flaky && !has_failed(it.test);
    told::told(
        html,
        "Flaky: failed, and passed in a later try",
        stage.entries.iter().filter(is_flaky),
    );
    list::binaries(html, &stage.entries);
}

/// `3 002 tests: 2 990 passed, 7 failed, 1 flaky, 5 not run; 12.3 s one after the other`.
fn counts(entries: &[Entry<'_>]) -> String {
    let of = |wanted: &dyn Fn(&Test) -> bool| entries.iter().filter(|it| wanted(it.test)).count();
    let parts = [
        (of(&|it| it.outcome == Outcome::Passed), "passed"),
        (of(&has_failed), "failed"),
        (of(&|it| it.flaky), "flaky"),
        (of(&|it| it.outcome == Outcome::Skipped), "not run"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, word)| format!("{} {word}", grouped(*count))).collect();
    let taken = entries.iter().filter_map(|it| it.test.seconds).fold(0.0, |sum, one| sum + one);
    let taken = if taken > 0.0 {
        format!("; {} one after the other", seconds(taken))
    } else {
        String::new()
    };
    format!("{}: {}{taken}", counted(entries.len(), "test", "tests"), parts.join(", "))
}

#[cfg(test)]
mod unit_tests {
    use std::collections::HashMap;

    use super::free;
    use crate::html::Anchor;

    #[test]
    fn no_two_tests_have_one_place() {
        let (mut taken, mut found) = (HashMap::new(), Vec::new());
        for name in ["a", "a-2", "a", "a", "a-2", "a-3", "a"] {
            found.push(free(Anchor::named("t", &[name]), &mut taken));
        }
        let wanted = ["a", "a-2", "a-3", "a-4", "a-2-2", "a-3-2", "a-5"];
        assert_eq!(found, wanted.map(|it| Anchor::named("t", &[it])));
    }
}
