//! What the gate of models says.

use crate::crew::lines;
use crate::evidence::{
    JUNIT_FAILED, JUNIT_MODELS, JUNIT_NOTHING, JUNIT_PASSED, MODELS_BEGUN, MODELS_BEGUN_FAILED,
};
use crate::fixture::Fixture;
use blocks_evidence::Outcome as Ran;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "loom";

fn of(exit: i32, junit: &str, second: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("junit.xml", junit), ("models.xml", second)]).judge()
}

/// A second run in which no test began with a model.
fn without_models(second: &str) -> String {
    second.replace("invalid value for `LOOM_MAX_BRANCHES`", "something else")
}

#[test]
fn what_does_not_hold_is_shown_where_the_workspace_says_it() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let repeat = verdict.causes[0].repeat.as_deref().unwrap();
    assert!(repeat.starts_with("RUSTFLAGS='--cfg loom' LOOM_MAX_PREEMPTIONS="), "{repeat}");
    assert!(repeat.ends_with(" -E 'binary_id(=a::orders) & test(=half_steps)'"), "{repeat}");
}

#[test]
fn models_are_counted_also_those_that_have_to_panic() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 models checked");
}

#[test]
fn tests_alone_are_no_pass() {
    let verdict = of(0, JUNIT_PASSED, &without_models(MODELS_BEGUN));
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "none of 2 tests that ran is a model");
    let verdict = of(0, JUNIT_NOTHING, JUNIT_NOTHING);
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "no test ran with loom in the place of threads");
}

#[test]
fn what_fails_without_a_model_counts_unless_it_cannot_run_so() {
    // The second run shows no model, and two of three that failed do not say why loom kept them from running.
    let verdict = of(100, JUNIT_MODELS, &without_models(MODELS_BEGUN_FAILED));
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.summary, "2 failed, 0 models checked");
    assert!(verdict.causes.iter().all(|cause| cause.code == Code::ModelFailed));
}

#[test]
fn a_second_run_of_other_tests_is_no_verdict() {
    for (exit, junit, second) in [
        (0, JUNIT_PASSED, MODELS_BEGUN_FAILED),
        (100, JUNIT_MODELS, MODELS_BEGUN),
        (100, JUNIT_FAILED, MODELS_BEGUN),
    ] {
        let verdict = of(exit, junit, second);
        assert_eq!(verdict.outcome, Outcome::NoVerdict);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts);
    }
}

#[test]
fn models_that_do_not_compile_are_a_failure() {
    let mut fixture = Fixture::new(STAGE, 101, &[]);
    fixture.put("log", crate::evidence::COMPILE_ERROR.as_bytes());
    let verdict = fixture.judge();
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::CompileError));
}

#[test]
fn what_is_reported_of_tests_leaves_out_those_that_cannot_run_so() {
    let tests = Fixture::failing(STAGE).recorded_tests().expect("tests");
    let outcomes: Vec<_> =
        tests.units[0].tests.iter().map(|test| (test.name.as_str(), test.outcome)).collect();
    assert_eq!(
        outcomes,
        [
            ("holds", Ran::Passed),
            ("outside", Ran::Skipped),
            ("half_steps", Ran::Failed),
            ("locks", Ran::Failed)
        ]
    );
    assert!(tests.units[0].others.is_empty(), "each cause is in a test");
}
