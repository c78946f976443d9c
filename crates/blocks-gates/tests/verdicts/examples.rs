//! What the gate of examples says.

use crate::evidence::{EXAMPLES_FAILED, EXAMPLES_NONE, EXAMPLES_NOT_RUN, EXAMPLES_PASSED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "examples";

fn of(exit: i32, text: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("examples.json", text)]).judge()
}

fn told(verdict: &Verdict) -> (Outcome, &str) {
    (verdict.outcome, &verdict.summary)
}

#[test]
fn each_failure_is_told_with_its_place_and_the_command_for_it() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(told(&verdict), (Outcome::Fail, "3 failed, 1 passed"));
    let all: Vec<_> = verdict
        .causes
        .iter()
        .map(|it| {
            (&*it.message, it.file.as_deref().unwrap(), it.line, it.repeat.as_deref().unwrap())
        })
        .collect();
    assert_eq!(
        all,
        [
            (
                "code in README.md: mismatched types",
                "README.md",
                Some(3),
                "cargo blocks docs examples README.md:3"
            ),
            (
                "the command `a --b`: it prints something else",
                "README.md",
                Some(9),
                "cargo blocks docs examples README.md:9"
            ),
            (
                "the example c: it ended with status 101",
                "a/examples/c.rs",
                None,
                "cargo blocks docs examples a/examples/c.rs"
            ),
        ]
    );
    assert!(verdict.causes.iter().all(|it| it.code == Code::ExampleFailed));
    assert_eq!(verdict.causes[2].detail.as_deref(), Some("panicked\n"));
    assert_eq!(verdict.causes[1].detail.as_deref(), Some(" one\n-two\n+2\n"));
    let hints: Vec<_> = verdict.causes.iter().map(|it| it.hint.as_deref()).collect();
    let written = "where what it prints now is right, `cargo blocks docs examples README.md:9 --accept` writes it";
    assert_eq!(hints, [None, Some(written), None]);
}

#[test]
fn what_was_not_run_is_told_and_not_passed() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(told(&verdict), (Outcome::Pass, "1 passed, 1 not run"));
    let measure = Measure::Tests { passed: 1, failed: 0, flaky: 0, quarantined: 0, skipped: 1 };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn where_nothing_is_run_there_is_nothing_to_judge() {
    assert_eq!(told(&of(0, EXAMPLES_NONE)), (Outcome::NotApplicable, "there is no example"));
    let verdict = of(0, EXAMPLES_NOT_RUN);
    assert_eq!(told(&verdict), (Outcome::NotApplicable, "no example was run, 1 are there"));
}

#[test]
fn an_exit_status_that_says_otherwise_gives_no_verdict() {
    for (exit, text) in [(0, EXAMPLES_FAILED), (1, EXAMPLES_PASSED), (1, EXAMPLES_NONE)] {
        let verdict = of(exit, text);
        let code = verdict.causes[0].code;
        assert_eq!((verdict.outcome, code), (Outcome::NoVerdict, Code::EvidenceContradicts));
    }
    let verdict = of(2, EXAMPLES_PASSED);
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
}

#[test]
fn a_hostile_name_is_no_second_command() {
    let text = EXAMPLES_FAILED.replace("a/examples/c.rs", "a/$(reboot).rs");
    let verdict = of(1, &text);
    let cause = verdict.causes.iter().find(|it| it.message.contains("the example c")).unwrap();
    assert_eq!((cause.file.as_deref(), cause.repeat.as_deref()), (Some("a/$(reboot).rs"), None));
}
