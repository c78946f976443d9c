//! What the gate of minimum supported Rust versions says.

use crate::crew::lines;
use crate::evidence::{BUILD_FAILED, MESSAGES_CLEAN, RUNS, RUNS_FAILED, TOO_OLD};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "msrv";

fn of(exit: i32, runs: &str, messages: &str, said: &str) -> Verdict {
    let files = [("runs.txt", runs), ("msrv.jsonl", messages), ("msrv.stderr", said)];
    Fixture::new(STAGE, exit, &files).judge()
}

#[test]
fn what_is_newer_than_promised_is_told_with_the_member_and_the_release() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let repeats: Vec<_> = verdict.causes.iter().map(|it| it.repeat.as_deref().unwrap()).collect();
    assert_eq!(repeats, ["cargo +1.70.0 check --package 'a'", "cargo +1.60.0 check --package 'b'"]);
    assert_eq!(verdict.measure, Some(Measure::Promises { asked: 2, broken: 2 }));
}

#[test]
fn kept_promises_are_counted_and_none_is_not_applicable() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.summary, "1 member compiled by the oldest Rust");
    assert_eq!(of(0, "", "", "").outcome, Outcome::NotApplicable);
}

#[test]
fn a_run_that_failed_for_another_reason_is_no_verdict() {
    let offline = "error: failed to download `serde v1.0.0`\n";
    for said in [offline, "warning: TOO OLD\n"] {
        let verdict = of(101, "1.70.0 a 101 0 1\n", "", said);
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{said}");
        assert!(verdict.causes[0].message.starts_with("a was not compiled by Rust 1.70.0: "));
    }
}

#[test]
fn runs_that_do_not_agree_with_their_words_are_no_verdict() {
    for (exit, runs, messages, said, code) in [
        (0, RUNS_FAILED, BUILD_FAILED, TOO_OLD, Code::EvidenceContradicts),
        (101, RUNS, MESSAGES_CLEAN, "", Code::EvidenceContradicts),
        (0, RUNS, BUILD_FAILED, "", Code::EvidenceContradicts),
        (0, "1.70.0 a 0 0 0\n", "", "", Code::EvidenceContradicts),
        (101, "1.70.0 a 101 2 0\n", MESSAGES_CLEAN, "", Code::EvidenceContradicts),
        // What a build printed cannot pass for the next one's words.
        (0, "1.70.0 a 0 1 0\n1.70.0 b 0 1 0\n", MESSAGES_CLEAN, "", Code::EvidenceMalformed),
        (0, "1.70.0 a 0 4 0\n", MESSAGES_CLEAN, "", Code::EvidenceMalformed),
        (0, "1.70.0 a 0 1 0\n", MESSAGES_CLEAN, "", Code::EvidenceMalformed),
        (0, "1.70.0 a zero 2 0\n", MESSAGES_CLEAN, "", Code::EvidenceMalformed),
    ] {
        let verdict = of(exit, runs, messages, said);
        assert_eq!(verdict.causes[0].code, code, "{exit} {runs} {verdict:?}");
    }
}
