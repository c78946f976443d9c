//! Tests that failed and then passed, and which of them the configuration allows.

use crate::case::Case;
use crate::refusal::Refusal;
use crate::tests::{cause, name};
use crate::{Cause, Code};
use blocks_config::Quarantined;
use blocks_evidence::{MESSAGE, NAME, Outcome, Test, bounded};

/// What to do about a test that nobody has allowed to be flaky.
const HINT: &str = "it failed, and passed in a later try: make it reliable, or let it be flaky \
                    until a day by an entry of test.quarantine in .github/pipeline-config.yml";

/// What is found in the flaky tests of a run.
#[derive(Default)]
pub(crate) struct Flaky {
    /// How many are allowed on this day.
    pub(crate) quarantined: u64,
    /// Those that are not.
    pub(crate) causes: Vec<Cause>,
    /// Those of which it is not known, for want of the day.
    pub(crate) open: Vec<Refusal>,
}

pub(crate) fn judge(case: &Case<'_>, tests: &[Test]) -> Flaky {
    let mut found = Flaky::default();
    // Where nextest is told to fail flaky tests, such a test has failed: so says the exit status.
    for test in tests.iter().filter(|test| test.flaky && test.outcome == Outcome::Passed) {
        let Some(entry) = entry_of(case, test) else {
            let mut cause = cause(case, Code::TestFlaky, test, None);
            cause.hint = Some(HINT.to_owned());
            found.causes.push(cause);
            continue;
        };
        match case.day(&format!("the quarantine of {}", name(test))) {
            Ok(today) if entry.holds_on(today) => found.quarantined += 1,
            Ok(_) => {
                let note = expired(entry);
                found.causes.push(cause(case, Code::TestFlaky, test, Some(&note)));
            }
            Err(refusal) => found.open.push(refusal),
        }
    }
    found
}

/// The entry that names a test. A name that was cut may be that of several, so none names it.
fn entry_of<'a>(case: &Case<'a>, test: &Test) -> Option<&'a Quarantined> {
    let is_whole = test.name.len() <= NAME && test.binary.len() <= NAME;
    let name = name(test);
    let entries = &case.config.test.quarantine;
    entries.iter().find(|entry| is_whole && entry.test.as_str() == name)
}

fn expired(entry: &Quarantined) -> String {
    let Quarantined { issue, until, .. } = entry;
    bounded(&format!("quarantined until {until}, issue {issue}: expired"), MESSAGE)
}
