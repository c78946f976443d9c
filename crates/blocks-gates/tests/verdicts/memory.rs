//! What the gate of memory safety says.

use crate::crew::lines;
use crate::evidence::{JUNIT_FAILED, JUNIT_MEMORY, JUNIT_PASSED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "memory";

fn of(exit: i32, junit: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("junit.xml", junit)]).judge()
}

#[test]
fn an_error_is_shown_where_the_workspace_made_it_and_can_be_repeated_alone() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let repeat = verdict.causes[0].repeat.as_deref().unwrap();
    assert!(repeat.starts_with("RUSTFLAGS=-Zsanitizer=address cargo +nightly nextest run "));
    assert!(repeat.ends_with(" -E 'binary_id(=a) & test(=tests::dangling)'"));
    assert!(verdict.causes[0].detail.as_ref().unwrap().contains("READ of size 1"));
}

#[test]
fn tests_that_ran_to_their_end_are_counted() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 tests watched, 1 skipped");
}

#[test]
fn tests_that_failed_for_another_reason_leave_no_verdict() {
    let verdict = of(100, JUNIT_FAILED);
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert!(verdict.causes[0].message.starts_with("2 tests failed without a report"));
    // Beside an error that was found, they change nothing.
    let both = JUNIT_MEMORY.replacen("==20331==ERROR", "no error", 1);
    let verdict = of(100, &both);
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.summary, "1 memory error, 3 tests watched");
}

#[test]
fn an_error_in_a_try_that_was_made_again_counts() {
    let head = "<testcase name=\"tests::good\" classname=\"a\" time=\"0.010\">";
    let flaky = format!(
        "{head}<flakyFailure type=\"t\"><system-err>==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0\
         </system-err></flakyFailure></testcase>"
    );
    let plain = head.replace("\">", "\"/>");
    assert!(JUNIT_PASSED.contains(&plain));
    let verdict = of(0, &JUNIT_PASSED.replacen(&plain, &flaky, 1));
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes[0].code, Code::MemoryError);
    assert_eq!(verdict.causes[0].message, "a tests::good: SEGV");
}

#[test]
fn what_does_not_compile_or_agree_is_no_verdict() {
    for (exit, junit, code) in [
        (101, JUNIT_PASSED, Code::NoAnswer),
        (0, JUNIT_MEMORY, Code::EvidenceContradicts),
        (100, JUNIT_PASSED, Code::EvidenceContradicts),
    ] {
        let verdict = of(exit, junit);
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{exit}");
        assert_eq!(verdict.causes[0].code, code, "{exit}");
    }
}
