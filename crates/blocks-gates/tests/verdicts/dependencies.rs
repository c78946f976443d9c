//! What the gate of dependencies says.

use crate::crew::lines;
use crate::evidence::{DENY_CLEAN, DENY_DOUBLE, DENY_REFUSED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "deps";

fn record(exit: i32, text: &str) -> Fixture {
    Fixture::new(STAGE, exit, &[("deny.jsonl", text)])
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

#[test]
fn what_the_rules_refuse_is_told_with_who_needs_it() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap());
    assert_eq!(
        verdict.repeat.as_deref(),
        Some("cargo deny --workspace check bans licenses sources")
    );
}

#[test]
fn a_warning_is_none_of_the_gates_business_where_it_was_there_before() {
    assert_eq!(Fixture::passing(STAGE).judge().outcome, Outcome::Pass);
    let verdict = compared(record(0, DENY_DOUBLE), &record(0, DENY_DOUBLE));
    assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    assert_eq!(compared(record(0, DENY_CLEAN), &record(0, DENY_DOUBLE)).outcome, Outcome::Pass);
}

#[test]
fn a_crate_in_more_versions_than_at_the_baseline_fails() {
    let verdict = compared(record(0, DENY_DOUBLE), &record(0, DENY_CLEAN));
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let third = DENY_DOUBLE.replace(
        "\"version\":\"2.0.0\"}}",
        "\"version\":\"2.0.0\"}},{\"Krate\":{\"name\":\"syn\",\"version\":\"3.0.0\"}}",
    );
    let verdict = compared(record(0, &third), &record(0, DENY_DOUBLE));
    assert_eq!(verdict.causes[0].message, "syn is there in 3 versions (2 at the baseline)");
    // What the rules refuse already is told once.
    let refused =
        DENY_DOUBLE.replace("\"warning\",\"message\":\"found", "\"error\",\"message\":\"found");
    let refused = refused.replace("{\"bans\":{\"errors\":0", "{\"bans\":{\"errors\":1");
    let verdict = compared(record(2, &refused), &record(0, DENY_CLEAN));
    let codes: Vec<_> = verdict.causes.iter().map(|cause| cause.code).collect();
    assert_eq!(codes, [Code::DependencyDenied]);
}

#[test]
fn without_rules_there_is_nothing_to_ask_and_nothing_to_compare_with() {
    let none = Fixture::new(STAGE, 64, &[]);
    assert_eq!(none.judge().summary, "there is no deny.toml");
    assert_eq!(none.judge().outcome, Outcome::NotApplicable);
    assert_eq!(compared(record(0, DENY_DOUBLE), &none).outcome, Outcome::Pass);
}

#[test]
fn an_exit_status_and_numbers_that_do_not_agree_are_no_verdict() {
    for (exit, text) in [
        (0, DENY_REFUSED.to_owned()),
        (2, DENY_REFUSED.to_owned()),
        (4, DENY_CLEAN.to_owned()),
        (0, DENY_CLEAN.replace("\"sources\"", "\"advisories\"")),
    ] {
        let verdict = record(exit, &text).judge();
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{exit}: {verdict:?}");
    }
}

#[test]
fn a_baseline_that_cannot_be_read_is_no_verdict() {
    let verdict = compared(record(0, DENY_DOUBLE), &record(0, "garbage"));
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
}

#[test]
fn more_versions_can_be_allowed() {
    let mut now = record(0, DENY_DOUBLE);
    now.config.verify.duplicate_growth = blocks_config::Bounded::new(1).unwrap();
    assert_eq!(compared(now, &record(0, DENY_CLEAN)).outcome, Outcome::Pass);
}

#[test]
fn what_the_tool_could_not_do_is_no_verdict() {
    let log = |level: &str, message: &str| {
        format!(
            "{{\"type\":\"log\",\"fields\":{{\"level\":\"{level}\",\"message\":\"{message}\"}}}}\n{DENY_CLEAN}"
        )
    };
    let verdict = record(0, &log("ERROR", "unable to parse manifest for a")).judge();
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    for (level, message) in [("WARN", "x"), ("ERROR", "failed to fetch crates: offline")] {
        assert_eq!(record(0, &log(level, message)).judge().outcome, Outcome::Pass, "{message}");
    }
}
