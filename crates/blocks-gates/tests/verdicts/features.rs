//! What the gate of features says.

use crate::crew::lines;
use crate::evidence::{BUILDS, BUILDS_FAILED, HACK_FAILED, HACK_PASSED, MESSAGES_FAILED_SILENTLY};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "features";

fn of(exit: i32, builds: &str, runs: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("features.jsonl", builds), ("features.stderr", runs)]).judge()
}

#[test]
fn an_error_names_the_combinations_that_have_it_and_how_to_repeat_one() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    2 of 3 combinations of features do not compile, 1 error
    a: a/src/lib.rs:3 feature-error: a with --no-default-features --features x, a with --no-default-features --features x,y: unresolved import `gone` (E0432)
    ");
    let repeat = "cargo check --package 'a' --no-default-features --features x";
    assert_eq!(verdict.causes[0].repeat.as_deref(), Some(repeat));
    assert_eq!(verdict.measure, Some(Measure::Combinations { checked: 3, failed: 2 }));
}

#[test]
fn what_compiles_is_counted() {
    assert_eq!(Fixture::passing(STAGE).judge().summary, "2 combinations of features compile");
    assert_eq!(of(0, "", "").outcome, Outcome::NoVerdict);
}

#[test]
fn a_command_that_is_not_plain_is_not_repeated() {
    let runs = HACK_FAILED.replace("--features x`", "--features $(x)`");
    assert_eq!(of(1, BUILDS_FAILED, &runs).causes[0].repeat, None);
}

#[test]
fn combinations_without_an_answer_are_no_verdict() {
    let one = BUILDS.split_inclusive('\n').take(2).collect::<String>();
    let silent = format!("{one}{MESSAGES_FAILED_SILENTLY}");
    for (exit, builds, runs) in [
        (0, one.as_str(), HACK_PASSED),
        (0, BUILDS, ""),
        (1, BUILDS, HACK_PASSED),
        (0, BUILDS_FAILED, HACK_FAILED),
        (1, &silent, HACK_PASSED),
    ] {
        let verdict = of(exit, builds, runs);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{exit}: {verdict:?}");
    }
}
