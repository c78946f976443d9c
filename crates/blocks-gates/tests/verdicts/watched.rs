//! What the gate of watched tests says of threads and of Miri; see memory.rs for the rest.

use crate::crew::lines;
use crate::evidence::{JUNIT_FAILED, JUNIT_MIRI_UNSUPPORTED, JUNIT_PASSED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome};

#[test]
fn a_race_is_shown_where_the_workspace_made_it() {
    let verdict = Fixture::failing("thread").judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let repeat = verdict.causes[0].repeat.as_deref().unwrap();
    assert!(repeat.starts_with("RUSTFLAGS=-Zsanitizer=thread cargo +nightly nextest run "));
}

#[test]
fn what_miri_found_is_told_apart_and_what_it_could_not_ask_is_none_of_it() {
    let verdict = Fixture::failing("miri").judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert!(verdict.causes.iter().all(|cause| !cause.message.contains("getcwd")));
}

#[test]
fn a_test_that_miri_cannot_go_on_with_leaves_no_verdict() {
    let verdict = Fixture::new("miri", 100, &[("junit.xml", JUNIT_MIRI_UNSUPPORTED)]).judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    let cause = &verdict.causes[0];
    assert_eq!(cause.code, Code::NoAnswer);
    assert_eq!(
        cause.message,
        "1 test asks for what Miri does not have, the first being a tests::asks: unsupported operation: \
         `getcwd` not available when isolation is enabled: leave it out there with #[cfg_attr(miri, ignore)]"
    );
}

#[test]
fn other_failures_and_statuses_that_do_not_agree_are_no_verdict() {
    for stage in ["thread", "miri"] {
        for (exit, junit, code) in [
            (100, JUNIT_FAILED, Code::NoAnswer),
            (101, JUNIT_PASSED, Code::NoAnswer),
            (0, JUNIT_FAILED, Code::EvidenceContradicts),
            (100, JUNIT_PASSED, Code::EvidenceContradicts),
        ] {
            let verdict = Fixture::new(stage, exit, &[("junit.xml", junit)]).judge();
            assert_eq!(verdict.outcome, Outcome::NoVerdict, "{stage} {exit}");
            assert_eq!(verdict.causes[0].code, code, "{stage} {exit}");
        }
    }
}
