//! What the gate of unsafe code says.

use crate::crew::{Crew, lines};
use crate::evidence::{MESSAGES_CLEAN, MESSAGES_FAILED, MESSAGES_NOTHING, MESSAGES_UNSAFE};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "unsafe";

/// A record of a package with uses at these lines of a file, each by what the compiler calls it.
fn uses(of: &[(&str, u32, &str)]) -> Fixture {
    let line = |(file, line, what): &(&str, u32, &str)| {
        let one = MESSAGES_UNSAFE.lines().nth(1).unwrap();
        let line = format!("\"line_start\":{line}");
        one.replace("\"line_start\":7", &line)
            .replace("\"file_name\":\"a/src/lib.rs\"", &format!("\"file_name\":\"{file}\""))
            .replace("usage of an `unsafe` block", what)
            + "\n"
    };
    let (built, finished) = MESSAGES_CLEAN.trim_end().split_once('\n').unwrap();
    let text = format!("{built}\n{}{finished}\n", of.iter().map(line).collect::<String>());
    Fixture::new(STAGE, 0, &[("unsafe.jsonl", &text)])
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

const BLOCK: &str = "usage of an `unsafe` block";
const FUNCTION: &str = "declaration of an `unsafe` function";

#[test]
fn uses_are_counted_and_other_warnings_are_not() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "1 use of unsafe code, not compared");
    assert_eq!(verdict.measure, Some(Measure::Unsafe { count: 1, is_compared: false }));
}

#[test]
fn more_than_at_the_baseline_fails_where_they_may_be_new() {
    let before = uses(&[("a/src/lib.rs", 7, BLOCK), ("a/src/raw.rs", 2, FUNCTION)]);
    // The lines of what was there have moved.
    let now = uses(&[
        ("a/src/lib.rs", 11, BLOCK),
        ("a/src/raw.rs", 12, FUNCTION),
        ("a/src/raw.rs", 30, BLOCK),
    ]);
    let verdict = compared(now, &before);
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    more in 1 member, 3 uses of unsafe code
    a: a/src/raw.rs:30 unsafe-grew: a: 3 uses of unsafe code (2 at the baseline)
    ");
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap(), @"a/src/raw.rs:30: usage of an `unsafe` block");
}

#[test]
fn as_many_or_fewer_pass() {
    let before = uses(&[("a/src/lib.rs", 7, BLOCK), ("a/src/raw.rs", 2, FUNCTION)]);
    let verdict = compared(uses(&[("a/src/other.rs", 1, BLOCK)]), &before);
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Pass, "1 use of unsafe code")
    );
    assert_eq!(compared(uses(&[]), &before).summary, "0 uses of unsafe code");
}

#[test]
fn growth_can_be_allowed_and_not_by_one_less() {
    let judged = |allowed| {
        let mut now = uses(&[("a/src/lib.rs", 1, BLOCK), ("a/src/lib.rs", 2, BLOCK)]);
        now.config.verify.unsafe_growth = blocks_config::Bounded::new(allowed).unwrap();
        compared(now, &uses(&[]))
    };
    assert_eq!(judged(2).outcome, Outcome::Pass);
    let verdict = judged(1);
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert!(
        verdict.causes[0].message.ends_with("(0 at the baseline, 1 more allowed)"),
        "{:?}",
        verdict.causes
    );
}

#[test]
fn members_are_judged_for_themselves_and_added_up() {
    let unsafe_one = [("unsafe.jsonl", MESSAGES_UNSAFE)];
    let crew = Crew::new(STAGE).with("a", 0, &unsafe_one).with(
        "b",
        0,
        &[("unsafe.jsonl", &MESSAGES_UNSAFE.replace("workspace/a#", "workspace/b#"))],
    );
    assert_eq!(crew.judge().summary, "2 uses of unsafe code, not compared");
    let broken = crew.with_failing("c").judge();
    assert_eq!(broken.outcome, Outcome::Fail);
    assert!(broken.summary.ends_with("2 uses of unsafe code, not compared"), "{}", broken.summary);
}

#[test]
fn code_that_does_not_compile_fails_by_its_errors_and_is_no_baseline() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes[0].code, Code::CompileError);
    let broken = Fixture::new(STAGE, 101, &[("unsafe.jsonl", MESSAGES_FAILED)]);
    let verdict = compared(Fixture::passing(STAGE), &broken);
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
}

#[test]
fn nothing_to_compile_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 0, &[("unsafe.jsonl", MESSAGES_NOTHING)]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
}
