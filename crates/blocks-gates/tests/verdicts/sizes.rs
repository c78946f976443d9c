//! What the gate of sizes says.

use crate::crew::{Crew, lines};
use crate::evidence::{
    MESSAGES_CLEAN, MESSAGES_FAILED, MESSAGES_PROGRAM, MESSAGES_PROGRAMS, SIZES,
};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "size";

fn sized(messages: &str, sizes: &str) -> Fixture {
    Fixture::new(STAGE, 0, &[("size.jsonl", messages), ("sizes.txt", sizes)])
}

/// A record of one program of that many bytes.
fn one(bytes: u64) -> Fixture {
    sized(MESSAGES_PROGRAM, &format!("{bytes} /t/release/a\n"))
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

#[test]
fn programs_are_weighed_without_a_baseline_too() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB, not compared");
    let (new, gone, is_compared) = (0, 0, false);
    let measure = Measure::Programs { count: 2, bytes: 1_002_000, new, gone, is_compared };
    assert_eq!(verdict.measure, Some(measure));
    assert_eq!(sized(MESSAGES_CLEAN, "").judge().outcome, Outcome::NotApplicable);
}

#[test]
fn a_program_that_grew_is_named_with_both_sizes() {
    let now = sized(MESSAGES_PROGRAMS, "1050001 /t/release/a\n1000 /t/release/b\n");
    let verdict = compared(now, &Fixture::passing(STAGE));
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 program larger than allowed, 2 programs, 1.0 MiB
    a: -:- size-grew: a: the program a has 1050001 bytes, 5.1 % more than the 1000000 at the baseline (5 % allowed)
    ");
}

#[test]
fn growth_is_compared_exactly_and_can_be_allowed() {
    let judged = |bytes: u64, allowed: &str| {
        let mut now = one(bytes);
        now.config.performance.size_growth_threshold = allowed.parse().unwrap();
        compared(now, &one(1_000_000)).outcome
    };
    assert_eq!(judged(1_050_000, "5"), Outcome::Pass);
    assert_eq!(judged(1_050_001, "5"), Outcome::Fail);
    assert_eq!(judged(1_050_001, "5.0001"), Outcome::Pass);
    assert_eq!(judged(1_000_001, "0"), Outcome::Fail);
    assert_eq!(judged(u64::MAX, "1000"), Outcome::Fail);
    assert_eq!(judged(1, "0"), Outcome::Pass);
}

#[test]
fn programs_that_came_and_went_are_counted_and_not_judged() {
    let one = || sized(MESSAGES_PROGRAM, "1000000 /t/release/a\n");
    let verdict = compared(Fixture::passing(STAGE), &one());
    assert_eq!(verdict.summary, "2 programs, 978.5 KiB, 1 new");
    let verdict = compared(one(), &Fixture::passing(STAGE));
    assert_eq!(verdict.summary, "1 program, 976.5 KiB, 1 gone");
    assert_eq!(verdict.outcome, Outcome::Pass);
}

#[test]
fn members_are_added_up() {
    let crew = Crew::new(STAGE).with_passing("a").with_passing("b");
    assert_eq!(crew.judge().summary, "4 programs, 1.9 MiB, not compared");
}

#[test]
fn code_that_does_not_compile_fails_by_its_errors_and_is_no_baseline() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::CompileError));
    let broken = Fixture::new(STAGE, 101, &[("size.jsonl", MESSAGES_FAILED)]);
    let verdict = compared(Fixture::passing(STAGE), &broken);
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
}

#[test]
fn a_program_without_a_size_and_a_size_without_a_program_are_no_verdict() {
    let verdict = Fixture::new(STAGE, 0, &[("size.jsonl", MESSAGES_PROGRAMS)]).judge();
    assert_eq!(verdict.causes[0].code, Code::EvidenceAbsent);
    for (messages, sizes, code) in [
        (MESSAGES_PROGRAMS, "1000000 /t/release/a\n", Code::EvidenceContradicts),
        (MESSAGES_PROGRAM, SIZES, Code::EvidenceContradicts),
        (MESSAGES_PROGRAMS, "", Code::EvidenceContradicts),
        (MESSAGES_CLEAN, SIZES, Code::EvidenceContradicts),
        (MESSAGES_PROGRAM, "0 /t/release/a\n", Code::EvidenceMalformed),
        (MESSAGES_FAILED, SIZES, Code::EvidenceContradicts),
    ] {
        let verdict = sized(messages, sizes).judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict);
        assert_eq!(verdict.causes[0].code, code, "{sizes} {verdict:?}");
    }
}

#[test]
fn programs_that_overwrite_each_other_are_no_verdict() {
    let one_file = MESSAGES_PROGRAMS.replace("/t/release/b", "/t/release/a");
    let verdict = sized(&one_file, "1000 /t/release/a\n").judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert!(verdict.summary.contains("two programs have one file"), "{}", verdict.summary);
}
