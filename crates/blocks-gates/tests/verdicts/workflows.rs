//! What the gate of workflows says.

use crate::crew::lines;
use crate::evidence::{ZIZMOR_FOUND, ZIZMOR_SAID};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "workflows";

fn of(exit: i32, text: &str, said: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("workflows.json", text), ("workflows.stderr", said)]).judge()
}

#[test]
fn each_finding_is_told_with_its_place_and_where_to_read_more() {
    let verdict = Fixture::failing(STAGE).judge();
    let detail = verdict.causes[0].detail.as_deref().unwrap_or_default();
    insta::assert_snapshot!(format!("{}\n{}\n{detail}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(Fixture::passing(STAGE).judge().summary, "no finding in 1 file");
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no zizmor.yml");
}

#[test]
fn no_workflow_that_was_looked_into_is_no_verdict() {
    let verdict = of(0, "[]", " INFO zizmor: nothing\n");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
}

#[test]
fn findings_that_the_exit_status_denies_are_no_verdict() {
    for (exit, text) in [(0, ZIZMOR_FOUND), (14, "[]")] {
        let verdict = of(exit, text, ZIZMOR_SAID);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
