//! What the gate of mutation tests says.

use crate::evidence::{MUTANTS_CAUGHT, MUTANTS_MISSED, MUTANTS_NONE, MUTANTS_TIMED_OUT};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "mutants";

fn of(exit: i32, text: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("mutants.json", text)]).judge()
}

fn without_file(exit: i32) -> Verdict {
    Fixture::new(STAGE, exit, &[]).judge()
}

fn told(verdict: &Verdict) -> (Outcome, &str) {
    (verdict.outcome, &verdict.summary)
}

#[test]
fn a_missed_mutant_is_told_with_its_place_and_its_change() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(told(&verdict), (Outcome::Fail, "1 missed mutant, 1 mutant caught"));
    let [cause] = &verdict.causes[..] else { panic!("{:?}", verdict.causes) };
    assert_eq!((cause.code, cause.line), (Code::MutantMissed, Some(9)));
    assert_eq!(cause.file.as_deref(), Some("a/src/lib.rs"));
    assert_eq!(cause.message, "a: no test fails with this change: replace < with <= in area");
    let measure = Measure::Mutants { caught: 1, missed: 1, timed_out: 0, unviable: 0 };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn what_does_not_compile_or_end_is_told_and_is_no_failure() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(told(&verdict), (Outcome::Pass, "1 mutant caught, 1 that do not compile"));
}

#[test]
fn where_no_mutant_came_to_be_tested_there_is_no_verdict() {
    let verdict = of(3, MUTANTS_TIMED_OUT);
    let why = "no verdict: no mutant came to be tested: 1 without end, 0 that do not compile";
    assert_eq!(told(&verdict), (Outcome::NoVerdict, why));
}

#[test]
fn where_nothing_can_be_changed_nothing_is_missed() {
    for exit in [66, 67] {
        let verdict = without_file(exit);
        assert_eq!(told(&verdict), (Outcome::Pass, "no code to change is new or changed"));
    }
}

#[test]
fn tests_that_fail_anyhow_give_no_verdict() {
    let verdict = without_file(4);
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert!(verdict.summary.contains("the tests fail without any change"), "{}", verdict.summary);
    for (exit, code) in [(64, Code::EvidenceAbsent), (65, Code::BaselineWithoutAnswer)] {
        let verdict = without_file(exit);
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, code));
    }
}

#[test]
fn an_exit_status_that_says_otherwise_gives_no_verdict() {
    for (exit, text) in [
        (0, MUTANTS_MISSED),
        (3, MUTANTS_MISSED),
        (2, MUTANTS_CAUGHT),
        (2, MUTANTS_TIMED_OUT),
        (0, MUTANTS_TIMED_OUT),
        (0, MUTANTS_NONE),
    ] {
        let verdict = of(exit, text);
        let code = verdict.causes[0].code;
        assert_eq!((verdict.outcome, code), (Outcome::NoVerdict, Code::EvidenceContradicts));
    }
}

#[test]
fn without_a_baseline_there_is_nothing_to_ask() {
    let mut fixture = Fixture::failing(STAGE);
    fixture.baseline = None;
    let verdict = fixture.judge();
    let wanted = (Outcome::NotApplicable, "there is no baseline to compare with");
    assert_eq!(told(&verdict), wanted);
}
