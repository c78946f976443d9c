//! Which tests records hold, and what is told where they hold none.

use crate::crew::{Crew, lines};
use crate::evidence::*;
use crate::fixture::Fixture;
use blocks_evidence::{Outcome, Test};
use blocks_gates::{Code, StageTests, UnitTests};
use blocks_records::Ended;
use blocks_stages::Table;
use std::fs;

fn only(found: &StageTests) -> &UnitTests {
    assert_eq!((found.units.len(), &found.not_applicable), (1, &None), "{found:?}");
    &found.units[0]
}

/// Each test in a line.
fn shown(tests: &[Test]) -> String {
    let line = |test: &Test| {
        format!("{} | {} | {:?} | {:?}", test.binary, test.name, test.outcome, test.place)
    };
    tests.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn stages_with_tests_of_their_own_have_some() {
    let with_tests: Vec<_> = Table::embedded()
        .stage_ids()
        .filter(|stage| Fixture::passing(stage).recorded_tests().is_some())
        .collect();
    assert_eq!(
        with_tests,
        ["test", "doctest", "properties", "memory", "thread", "miri", "loom"],
        "coverage judges the record of test"
    );
    for stage in with_tests {
        for fixture in [Fixture::passing(stage), Fixture::failing(stage)] {
            let found = fixture.recorded_tests().unwrap();
            assert_eq!((found.stage.as_str(), only(&found).unit.as_str()), (stage, "workspace"));
            assert!(!only(&found).tests.is_empty(), "{stage}");
            assert_eq!(lines(&only(&found).others), "", "what a test says is said by the test");
        }
    }
}

#[test]
fn tests_and_examples_have_places_in_the_workspace() {
    let junit = JUNIT_FAILED.replace("at a/src", "at /workspace/a/src");
    let found = Fixture::new("test", 100, &[("junit.xml", &junit)]).recorded_tests().unwrap();
    insta::assert_snapshot!(shown(&only(&found).tests), @r#"
    a | tests::good | Passed | None
    a | tests::gone | Error | None
    a | tests::bad | Failed | Some(("a/src/lib.rs", 9))
    "#);
    let found = Fixture::failing("doctest").recorded_tests().unwrap();
    insta::assert_snapshot!(shown(&only(&found).tests), @r#"
    a | a/src/lib.rs - one (line 3) | Passed | Some(("a/src/lib.rs", 3))
    a | a/src/lib.rs - two (line 9) | Failed | Some(("a/src/lib.rs", 9))
    "#);
    assert_eq!(
        only(&found).tests[1].message,
        "assertion `left == right` failed\n  left: 1\n right: 2"
    );
}

#[test]
fn a_flaky_test_that_fails_its_stage_is_told_beside_the_tests() {
    let found = Fixture::new("test", 0, &[("junit.xml", JUNIT_FLAKY)]).recorded_tests().unwrap();
    let codes: Vec<_> = only(&found).others.iter().map(|cause| cause.code).collect();
    assert_eq!(codes, [Code::TestFlaky], "a report counts it as passed");
}

#[test]
fn what_a_sanitizer_found_is_what_the_test_says() {
    let found = Fixture::failing("memory").recorded_tests().unwrap();
    let said: Vec<_> =
        only(&found).tests.iter().map(|it| (&*it.message, it.place.clone())).collect();
    let place = |line| Some(("a/src/lib.rs".to_owned(), line));
    let leak = "100 byte(s) leaked in 1 allocation(s)";
    assert_eq!(said, [("", None), (leak, place(14)), ("heap-use-after-free", place(9))]);
}

#[test]
fn examples_whose_library_is_not_known_are_those_of_the_unit() {
    let stderr = format!("{DOCTEST_STDERR}   Doc-tests printed by a macro\n");
    let files = [("doctest.txt", DOCTEST_FAILED), ("doctest.stderr", stderr.as_str())];
    let found = Fixture::new("doctest", 101, &files).recorded_tests().unwrap();
    assert!(only(&found).tests.iter().all(|test| test.binary == "workspace"), "{found:?}");
}

#[test]
fn tests_that_were_left_out_are_tests() {
    let found = Fixture::new("test", 0, &[("junit.xml", JUNIT_SKIPPED)]).recorded_tests().unwrap();
    assert_eq!(only(&found).tests[0].outcome, Outcome::Skipped);
    assert_eq!(lines(&only(&found).others), "");
}

#[test]
fn a_record_without_an_answer_is_told() {
    for stage in ["test", "doctest", "memory"] {
        let code = |fixture: &Fixture| {
            let found = fixture.recorded_tests().unwrap();
            assert_eq!(only(&found).tests, [], "{stage}");
            only(&found).others.iter().map(|cause| cause.code).collect::<Vec<_>>()
        };
        let mut fixture = Fixture::passing(stage);
        let file = fixture.stage.evidence[0].file.as_str();
        fs::write(fixture.folder().join(file), "changed").unwrap();
        assert_eq!(code(&fixture), [Code::EvidenceChanged], "{stage}");
        fixture.put(file, b"<no");
        assert_eq!(code(&fixture), [Code::EvidenceMalformed], "{stage}");
        fs::remove_file(fixture.folder().join(file)).unwrap();
        assert_eq!(code(&fixture), [Code::EvidenceAbsent], "{stage}");
        fixture.record.ended = Ended::TimedOut;
        fixture.save();
        assert_eq!(code(&fixture), [Code::NoAnswer], "{stage}");
        fixture.record.sources = "sha256-of-others".to_owned();
        fixture.save();
        assert_eq!(code(&fixture), [Code::OtherSources], "{stage}");
        fs::remove_dir_all(fixture.folder()).unwrap();
        assert_eq!(code(&fixture), [Code::RecordAbsent], "{stage}");
    }
}

#[test]
fn a_contradiction_is_told_beside_the_tests() {
    let found = Fixture::new("test", 100, &[("junit.xml", JUNIT_PASSED)]).recorded_tests().unwrap();
    assert_eq!(only(&found).tests.len(), 3);
    let said = "-: -:- evidence-contradicts: the tools ended with status 100, but no test failed";
    assert_eq!(lines(&only(&found).others), said);
}

#[test]
fn what_does_not_compile_is_told() {
    let found = Fixture::new("test", 101, &[("log", COMPILE_ERROR)]).recorded_tests().unwrap();
    let said = "b: b/src/lib.rs:2 compile-error: mismatched types (E0308)";
    assert_eq!((only(&found).tests.len(), lines(&only(&found).others).as_str()), (0, said));
    let files = [("doctest.txt", ""), ("doctest.stderr", COMPILE_ERROR)];
    let found = Fixture::new("doctest", 101, &files).recorded_tests().unwrap();
    assert_eq!((only(&found).tests.len(), lines(&only(&found).others).as_str()), (0, said));
}

#[test]
fn a_stage_that_does_not_apply_says_why() {
    let nothing = Fixture::new("test", 0, &[("junit.xml", JUNIT_NOTHING)]);
    let found = nothing.recorded_tests().unwrap();
    assert_eq!(found.units, []);
    assert_eq!(found.not_applicable.as_deref(), Some("there are no tests"));
    let mut off = Fixture::passing("test");
    off.config.stages.entry("test".to_owned()).or_default().enabled = false;
    let found = off.recorded_tests().unwrap();
    let why = "switched off: stages.test.enabled is false";
    assert_eq!((found.units.len(), found.not_applicable.as_deref()), (0, Some(why)));
    let mut record = Fixture::passing("test");
    record.record.ended = Ended::NotApplicable;
    "no members".clone_into(&mut record.record.reason);
    record.save();
    let found = record.recorded_tests().unwrap();
    assert_eq!(found.not_applicable.as_deref(), Some("no members"));
}

#[test]
fn each_member_that_is_expected_is_there() {
    let nothing = [("junit.xml", JUNIT_NOTHING)];
    let mut crew = Crew::passing("test", &["b", "a"]).with("c", 0, &nothing);
    crew.expect("gone", None);
    let found = crew.recorded_tests().unwrap();
    let units: Vec<_> =
        found.units.iter().map(|it| (it.unit.as_str(), it.tests.len(), it.others.len())).collect();
    assert_eq!(units, [("a", 3, 0), ("b", 3, 0), ("gone", 0, 1)]);
    assert_eq!(found.not_applicable, None);
    let found = Crew::new("test").recorded_tests().unwrap();
    assert_eq!(only(&found).others[0].code, Code::RecordAbsent);
}
