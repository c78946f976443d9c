//! One report of all tests, of any text.

use crate::fixture::{cause, hostile_text};
use blocks_evidence::{Outcome, Test, Totals, Try, read_junit};
use blocks_gates::{Cause, Code, StageTests, UnitTests};
use blocks_views::{Junit, junit};
use proptest::prelude::*;

fn test(binary: &str, name: &str, outcome: Outcome) -> Test {
    Test {
        binary: binary.to_owned(),
        name: name.to_owned(),
        outcome,
        flaky: false,
        tries: Vec::new(),
        kind: String::new(),
        message: String::new(),
        place: None,
        output: String::new(),
        sanitizer: None,
        seconds: Some(0.0125),
    }
}

fn earlier() -> Try {
    Try {
        is_error: false,
        kind: "test failure with exit code 101".to_owned(),
        message: "not yet\n  left: 1".to_owned(),
        output: "running 1 test\nnot yet".to_owned(),
        seconds: Some(1.5),
    }
}

fn unit(name: &str, tests: Vec<Test>) -> UnitTests {
    UnitTests { unit: name.to_owned(), tests, others: Vec::new() }
}

fn stage(name: &str, units: Vec<UnitTests>) -> StageTests {
    StageTests { stage: name.to_owned(), units, not_applicable: None }
}

/// Tests of all kinds, and units without any.
pub fn stages() -> Vec<StageTests> {
    let failed = Test {
        message: "assertion `left == right` failed: <b>\n  left: 1\n right: 2".to_owned(),
        kind: "test failure with exit code 101".to_owned(),
        place: Some(("crates/a/src/lib.rs".to_owned(), 9)),
        output: "running 1 test\n\u{1b}[31m& more\tthan\u{7}\u{ffff} that".to_owned(),
        tries: vec![earlier()],
        ..test("a", "tests::bad", Outcome::Failed)
    };
    let passed_then = Test {
        flaky: true,
        tries: vec![earlier(), Try { is_error: true, ..earlier() }],
        ..test("a", "tests::flaky", Outcome::Passed)
    };
    let failed_then =
        Test { flaky: true, tries: vec![earlier()], ..test("a::it", "b", Outcome::Failed) };
    let broken = Cause {
        file: Some("crates/b/src/lib.rs".to_owned()),
        line: Some(3),
        ..cause(Code::CompileError, "mismatched types (E0308)")
    };
    let hinted = Cause {
        file: Some("x".to_owned()),
        detail: Some("in full".to_owned()),
        hint: Some("do this".to_owned()),
        ..cause(Code::CompileError, "couldn't read `x`")
    };
    let absent = cause(Code::RecordAbsent, "there is no record at records/test/c");
    let example = Test {
        place: Some(("crates/a/src/lib.rs".to_owned(), 3)),
        message: "Skipped: slow".to_owned(),
        seconds: None,
        ..test("a", "crates/a/src/lib.rs - add (line 3)", Outcome::Skipped)
    };
    vec![
        stage(
            "test",
            vec![
                unit(
                    "a",
                    vec![failed, passed_then, failed_then, test("a", "tests::a", Outcome::Passed)],
                ),
                UnitTests { others: vec![broken, hinted], ..unit("b", Vec::new()) },
                UnitTests { others: vec![absent], ..unit("c", Vec::new()) },
            ],
        ),
        stage("doctest", vec![unit("a", vec![example])]),
        StageTests {
            not_applicable: Some("there are no tests".to_owned()),
            ..stage("memory", vec![])
        },
    ]
}

#[test]
fn a_report_has_each_test_and_each_unit_without_an_answer() {
    let report = junit(&stages());
    let Junit { tests, failures, errors, skipped, .. } = report;
    assert_eq!((tests, failures, errors, skipped), (7, 2, 2, 1));
    insta::assert_snapshot!(report.xml);
}

#[test]
fn nothing_asked_is_an_empty_report() {
    insta::assert_snapshot!(junit(&[]).xml.trim_end(), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="blocks" tests="0" skipped="0" failures="0" errors="0">
    </testsuites>
    "#);
}

#[test]
fn the_order_of_records_and_of_tests_does_not_matter() {
    let one = stages();
    let mut other = stages();
    other[0].units[0].tests.reverse();
    assert_eq!(junit(&one), junit(&other));
    // Tests of one binary in two records are one suite.
    let rest = other[0].units[0].tests.split_off(2);
    other[0].units.push(unit("a-2", rest));
    assert_eq!(junit(&one), junit(&other));
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop::sample::select(vec![Outcome::Passed, Outcome::Failed, Outcome::Error, Outcome::Skipped])
}

prop_compose! {
    fn any_try()(is_error: bool, texts in prop::collection::vec(hostile_text(), 3), seconds: Option<f64>) -> Try {
        let [kind, message, output] = texts.try_into().expect("three");
        Try { is_error, kind, message, output, seconds }
    }
}

prop_compose! {
    fn any_test()(
        outcome in outcome(),
        flaky: bool,
        tries in prop::collection::vec(any_try(), 0..3),
        texts in prop::collection::vec(hostile_text(), 6),
        line: u32,
        seconds: Option<f64>,
    ) -> Test {
        let [binary, name, kind, message, output, file] = texts.try_into().expect("six");
        let place = (line % 2 == 0).then_some((file, line));
        Test { binary, name, outcome, flaky, tries, kind, message, place, output, sanitizer: None, seconds }
    }
}

prop_compose! {
    pub fn any_stage()(
        texts in prop::collection::vec(hostile_text(), 3),
        tests in prop::collection::vec(any_test(), 0..4),
        code in prop::sample::select(Code::ALL.to_vec()),
        others in 0..3_usize,
        applies: bool,
    ) -> StageTests {
        let [stage, unit, said] = texts.try_into().expect("three");
        let one = Cause { file: Some(said.clone()), line: Some(1), detail: Some(said.clone()), ..cause(code, &said) };
        let units = vec![UnitTests { unit, tests, others: vec![one; others] }];
        StageTests { stage, units, not_applicable: (!applies).then_some(said) }
    }
}

proptest! {
    #[test]
    fn whatever_comes_in_the_file_is_well_formed_and_counts_the_same(
        stages in prop::collection::vec(any_stage(), 0..3),
    ) {
        let report = junit(&stages);
        // A reader that knows which characters XML has.
        let document = roxmltree::Document::parse(&report.xml);
        prop_assert!(document.is_ok(), "{:?}\n{}", document.err(), report.xml);
        let read = read_junit(report.xml.as_bytes());
        prop_assert!(read.is_ok(), "{:?}\n{}", read.err(), report.xml);

        let tests: Vec<&Test> = stages.iter().flat_map(|it| &it.units).flat_map(|it| &it.tests).collect();
        let count = |wanted: &[Outcome]| tests.iter().filter(|it| wanted.contains(&it.outcome)).count() as u64;
        let errors = stages.iter().flat_map(|it| &it.units).filter(|it| !it.others.is_empty()).count() as u64;
        let is_flaky = |it: &&&Test| match it.outcome {
            Outcome::Passed => !it.tries.is_empty(),
            Outcome::Skipped => false,
            _ => it.flaky && !it.tries.is_empty(),
        };
        let totals = Totals {
            passed: count(&[Outcome::Passed]),
            failed: count(&[Outcome::Failed, Outcome::Error]) + errors,
            flaky: tests.iter().filter(is_flaky).count() as u64,
            skipped: count(&[Outcome::Skipped]),
        };
        prop_assert_eq!(read.expect("read").totals, totals);
    }
}
