//! What the gates say of all members together.

use crate::crew::{Crew, lines};
use crate::evidence::*;
use blocks_gates::{Code, MOST_CAUSES, Measure, Outcome, Verdict};
use blocks_records::Ended;
use blocks_stages::{Scope, Table};
use std::fs;

const THREE: [&str; 3] = ["a", "b", "c"];

fn units(verdict: &Verdict) -> Vec<(&str, Outcome)> {
    verdict.units.iter().map(|unit| (unit.unit.as_str(), unit.outcome)).collect()
}

fn seconds(verdict: &Verdict) -> f64 {
    verdict.units.iter().map(|unit| unit.seconds).sum()
}

#[test]
fn members_that_pass_are_one_pass() {
    for stage in Table::embedded().stage_ids() {
        let verdict = Crew::passing(stage, &["c", "a", "b"]).judge();
        assert_eq!((verdict.outcome, verdict.causes.len()), (Outcome::Pass, 0), "{verdict:?}");
        assert_eq!((verdict.unit.as_str(), &verdict.repeat), ("workspace", &None), "{stage}");
        assert_eq!(verdict.units.iter().map(|unit| &unit.unit).collect::<Vec<_>>(), THREE);
        assert!((verdict.seconds - seconds(&verdict)).abs() < f64::EPSILON);
        let wanted = if stage == "coverage" { 0.0 } else { 4.5 };
        assert!((verdict.seconds - wanted).abs() < f64::EPSILON, "{stage}: {}", verdict.seconds);
    }
}

#[test]
fn one_member_that_fails_fails_the_stage_and_is_named() {
    for stage in Table::embedded().stage_ids().filter(|stage| *stage != "coverage") {
        let verdict = Crew::passing(stage, &THREE).with_failing("a").judge();
        let (pass, fail) = (Outcome::Pass, Outcome::Fail);
        assert_eq!(verdict.outcome, fail, "{stage}: {verdict:?}");
        assert_eq!(units(&verdict), [("a", fail), ("b", pass), ("c", pass)], "{stage}");
        assert!(verdict.causes.iter().all(|cause| cause.unit.as_deref() == Some("a")), "{stage}");
        let repeat = verdict.repeat.unwrap();
        let is_of_all = Table::embedded().stage(stage).unwrap().scope == Scope::Workspace;
        assert!(stage == "fmt" || is_of_all || repeat.contains("--package a"), "{stage}: {repeat}");
    }
}

#[test]
fn tests_are_added_up_and_each_failure_is_repeated_in_its_package() {
    let of_c = JUNIT_FAILED.replace("\"a\"", "\"c\"");
    let crew = Crew::passing("test", &THREE);
    assert_eq!(crew.judge().summary, "6 passed, 3 skipped");
    let measure = Measure::Tests { passed: 6, failed: 0, flaky: 0, quarantined: 0, skipped: 3 };
    assert_eq!(crew.judge().measure, Some(measure));
    let one = crew.with("c", 100, &[("junit.xml", &of_c)]);
    let verdict = one.judge();
    assert_eq!(verdict.summary, "2 failed, 5 passed, 2 skipped");
    assert_eq!(verdict.repeat.as_deref(), Some("cargo nextest run --package c"));
    assert_eq!(verdict.units[2].summary, "2 failed, 1 passed");
    assert_eq!(
        verdict.causes[0].repeat.as_deref(),
        Some("cargo nextest run --package c -E 'binary_id(=c) & test(=tests::bad)'")
    );
    let both = one.with("a", 100, &[("junit.xml", JUNIT_FAILED)]).judge();
    insta::assert_snapshot!(lines(&both.causes), @r"
    a: a/src/lib.rs:9 test-failed: a tests::bad: assertion `left == right` failed
    c: a/src/lib.rs:9 test-failed: c tests::bad: assertion `left == right` failed
    a: -:- test-failed: a tests::gone: could not start
    c: -:- test-failed: c tests::gone: could not start
    ");
    assert_eq!(both.repeat.as_deref(), Some("cargo nextest run --workspace"));
}

#[test]
fn shares_of_a_members_tests_are_the_member_together() {
    let of = JUNIT_FAILED.replace("\"a\"", "\"c\"");
    let crew = Crew::passing("test", &["c.1-of-2"]).with("c.2-of-2", 100, &[("junit.xml", &of)]);
    let verdict = crew.judge();
    assert_eq!(verdict.summary, "2 failed, 3 passed, 1 skipped");
    assert!(verdict.causes.iter().all(|cause| cause.unit.as_deref() == Some("c")), "{verdict:?}");
    assert_eq!(verdict.repeat.as_deref(), Some("cargo nextest run --package c"));
    fs::remove_dir_all(crew.folder("c.1-of-2")).unwrap();
    let part = crew.judge();
    let open = "2 failed, 1 passed; no verdict on 1 of 2 records: there is no record at ";
    assert!(part.summary.starts_with(open), "{part:?}");
}

#[test]
fn an_error_of_a_dependency_is_one_cause_of_the_member_that_has_it() {
    let crew = Crew::new("clippy").with_failing("B").with_failing("a").with_failing("c");
    let verdict = crew.judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    3 compile errors, 1 lint
    a: a/src/lib.rs:2 compile-error: mismatched types (E0308)
    a: a/src/lib.rs:5 compile-error: expected `;`
    B: a/src/lib.rs:9 compile-error: too old (in registry+https://example.org/index#dep@1.0.0)
    a: a/src/lib.rs:23 lint: length comparison to zero (clippy::len_zero)
    ");
    assert_eq!(verdict.measure, Some(Measure::Findings { count: 4 }));
    assert_eq!(verdict.units[0].summary, "3 compile errors");
    assert_eq!(verdict.units[1].summary, "3 compile errors, 1 lint");
    // Where the member itself has no such record, the error is still told.
    let verdict = Crew::new("clippy").with_passing("a").with_failing("b").judge();
    assert!(verdict.causes.iter().all(|cause| cause.unit.as_deref() == Some("b")));
    assert_eq!(verdict.causes.len(), 3);
}

#[test]
fn tests_that_do_not_compile_are_told_once_beside_those_that_run() {
    let files = [("log", COMPILE_ERROR)];
    let crew = Crew::new("test").with("B", 101, &files).with("b", 101, &files);
    let verdict = crew.judge();
    assert_eq!(verdict.summary, "the tests do not compile: 1 error");
    assert_eq!(lines(&verdict.causes), "b: b/src/lib.rs:2 compile-error: mismatched types (E0308)");
    let nothing = [("junit.xml", JUNIT_NOTHING)];
    let verdict = crew.with("a", 0, &nothing).judge();
    assert_eq!(verdict.summary, "the tests do not compile: 1 error");
    let crew = Crew::new("test").with("b", 101, &files);
    let verdict = crew.with_passing("c").judge();
    assert_eq!(verdict.summary, "1 compile error, 2 passed, 1 skipped");
    let files = [("doctest.txt", ""), ("doctest.stderr", COMPILE_ERROR)];
    let crew = Crew::passing("doctest", &["a"]).with("b", 101, &files).with("B", 101, &files);
    assert_eq!(crew.judge().summary, "1 compile error, 1 passed, 1 ignored");
    assert_eq!(crew.judge().causes[0].unit.as_deref(), Some("b"));
}

#[test]
fn the_same_finding_twice_of_one_member_stays_twice() {
    let syntax = "error: expected item\n\nerror: other\n --> /workspace/x.rs:1:1\n\n";
    let diff = "Diff in /workspace/x.rs:1:\n-a\n+b\n";
    let crew = Crew::new("fmt").with("a", 1, &[("fmt.diff", diff), ("fmt.stderr", syntax)]);
    let verdict = crew.judge();
    assert_eq!(verdict.summary, "1 syntax error, 1 file is not formatted");
    assert_eq!(verdict.measure, Some(Measure::Findings { count: 2 }));
}

#[test]
fn a_member_has_its_own_lints_and_errors_of_any_package() {
    let crew = Crew::new("clippy").with_failing("a").with_failing("b");
    let own = crew.judge_unit("a");
    assert_eq!((own.unit.as_str(), own.summary.as_str()), ("a", "3 compile errors, 1 lint"));
    assert_eq!(own.repeat.as_deref(), Some("cargo clippy --package a --all-targets"));
    assert!(own.units.is_empty());
    assert!(own.causes.iter().all(|cause| cause.unit.as_deref() == Some("a")));
    assert_eq!(crew.judge_unit("b").summary, "3 compile errors");
    let docs = Crew::passing("docs", &["b"]).with("b", 0, &[("docs.jsonl", MESSAGES_DOCS)]);
    assert_eq!(docs.judge().outcome, Outcome::Pass, "the warning is about package a");
}

#[test]
fn what_no_member_has_is_not_applicable_and_what_some_have_is_judged() {
    let nothing = [("junit.xml", JUNIT_NOTHING)];
    let crew = Crew::new("test").with("a", 0, &nothing).with("b", 0, &nothing);
    let verdict = crew.judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::NotApplicable, "there are no tests")
    );
    let crew = crew.with("b", 0, &[("junit.xml", JUNIT_SKIPPED)]);
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(
        verdict.summary,
        "there are no tests (of other members: no test was run, 1 skipped)"
    );
    let verdict = crew.with_passing("c").judge();
    assert_eq!((verdict.outcome, verdict.summary.as_str()), (Outcome::Pass, "2 passed, 2 skipped"));
    let crew = Crew::passing("docs", &["a"]).with_record("b", 0, &[], |record| {
        record.ended = Ended::NotApplicable;
        record.reason = "b has no library".to_owned();
    });
    assert_eq!(crew.judge().outcome, Outcome::Pass);
    assert_eq!(crew.judge().units[1].summary, "b has no library");
}

#[test]
fn what_is_not_known_of_some_is_said_beside_what_fails() {
    let mut crew = Crew::passing("fmt", &["a"]).with_failing("b");
    crew.expect("c", None);
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    let (failure, unknown) = verdict.summary.split_once("; ").unwrap();
    assert_eq!(failure, "1 syntax error, 2 files are not formatted");
    assert!(
        unknown.starts_with("no verdict on 1 of 3 members: there is no record at "),
        "{unknown}"
    );
    let last = verdict.causes.last().unwrap();
    assert_eq!((last.code, last.unit.as_deref()), (Code::RecordAbsent, Some("c")));
    assert_eq!(verdict.measure, Some(Measure::Findings { count: 3 }));
}

#[test]
fn a_stage_that_is_switched_off_needs_no_members() {
    let mut crew = Crew::new("clippy");
    crew.config.stages.insert(
        "clippy".to_owned(),
        blocks_config::StageSettings { enabled: false, ..Default::default() },
    );
    assert_eq!(crew.judge().outcome, Outcome::NotApplicable);
}

#[test]
fn many_members_have_as_many_causes_as_one_verdict_lists() {
    let mut crew = Crew::new("fmt");
    let each = MOST_CAUSES / 30 + 1;
    for member in 0..30 {
        let files =
            (0..each).map(|file| format!("Diff in /workspace/{member}/{file}.rs:1:\n-a\n+b\n"));
        let diff = files.collect::<Vec<_>>().concat();
        crew = crew.with(&format!("m{member}"), 1, &[("fmt.diff", &diff), ("fmt.stderr", "")]);
    }
    let verdict = crew.judge();
    let all = 30 * each;
    let more = all - MOST_CAUSES;
    assert_eq!((verdict.causes.len(), verdict.more_causes), (MOST_CAUSES, more));
    assert_eq!(
        (verdict.units.len(), verdict.summary),
        (30, format!("{all} files are not formatted"))
    );
}
