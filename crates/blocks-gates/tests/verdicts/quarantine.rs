//! What is said of tests that failed and then passed.

use crate::crew::{Crew, lines};
use crate::evidence::*;
use crate::fixture::{Fixture, TODAY};
use blocks_config::{Issue, Quarantined, TestName};
use blocks_gates::{Code, Measure, Outcome, Verdict};

const FLAKY: &str = "a tests::flaky";

fn entry(test: &str, until: &str) -> Quarantined {
    Quarantined {
        test: TestName::new(test).unwrap(),
        issue: Issue::new("owner/repository#12").unwrap(),
        until: until.parse().unwrap(),
    }
}

/// A record of tests that ended with `exit`.
fn record(exit: i32, junit: &str, entries: &[(&str, &str)]) -> Fixture {
    let files = [("junit.xml", junit), ("coverage.json", COVERAGE_HIGH)];
    let mut fixture = Fixture::new("test", exit, &files);
    fixture.config.test.quarantine =
        entries.iter().map(|(test, until)| entry(test, until)).collect();
    fixture
}

fn flaky(entries: &[(&str, &str)]) -> Fixture {
    record(0, JUNIT_FLAKY, entries)
}

fn codes(verdict: &Verdict) -> Vec<Code> {
    verdict.causes.iter().map(|cause| cause.code).collect()
}

#[test]
fn a_flaky_test_fails_with_what_its_failed_try_said() {
    let verdict = flaky(&[]).judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Fail, "2 passed, 1 flaky"),
        "{verdict:?}"
    );
    assert_eq!(lines(&verdict.causes), "-: a/src/lib.rs:9 test-flaky: a tests::flaky: too early");
    let cause = &verdict.causes[0];
    assert_eq!(cause.detail.as_deref(), Some("too early\nby a second\n\nhi"));
    let repeat = "cargo nextest run --workspace -E 'binary_id(=a) & test(=tests::flaky)'";
    assert_eq!(cause.repeat.as_deref(), Some(repeat));
    assert!(cause.hint.as_ref().unwrap().contains("an entry of test.quarantine"), "{cause:?}");
    let measure = Measure::Tests { passed: 2, failed: 0, flaky: 1, quarantined: 0, skipped: 0 };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn an_entry_lets_exactly_its_own_test_be_flaky() {
    let verdict = flaky(&[("a tests::other", "2027-01-31"), (FLAKY, "2027-01-31")]).judge();
    assert_eq!(
        (verdict.outcome, verdict.summary.as_str()),
        (Outcome::Pass, "2 passed, 1 flaky (quarantined)"),
        "{verdict:?}"
    );
    let measure = Measure::Tests { passed: 2, failed: 0, flaky: 1, quarantined: 1, skipped: 0 };
    assert_eq!(verdict.measure, Some(measure));
    for other in ["b tests::flaky", "a tests::flak", "a tests::flaky2", "a flaky", "A tests::flaky"]
    {
        let verdict = flaky(&[(other, "2027-01-31")]).judge();
        assert_eq!((verdict.outcome, codes(&verdict)), (Outcome::Fail, vec![Code::TestFlaky]));
    }
}

#[test]
fn an_entry_holds_on_its_last_day_and_has_expired_on_the_next() {
    assert_eq!(flaky(&[(FLAKY, TODAY)]).judge().outcome, Outcome::Pass);
    let verdict = flaky(&[(FLAKY, "2026-07-31")]).judge();
    assert_eq!((verdict.outcome, codes(&verdict)), (Outcome::Fail, vec![Code::TestFlaky]));
    let detail = verdict.causes[0].detail.as_deref().unwrap();
    let note = "quarantined until 2026-07-31, issue owner/repository#12: expired";
    assert_eq!(detail, format!("{note}\n\ntoo early\nby a second\n\nhi"));
    assert_eq!(verdict.summary, "2 passed, 1 flaky");
}

#[test]
fn a_day_that_is_not_known_is_no_verdict_where_it_decides() {
    let mut fixture = flaky(&[(FLAKY, "2027-01-31")]);
    fixture.today = None;
    let verdict = fixture.judge();
    assert_eq!((verdict.outcome, codes(&verdict)), (Outcome::NoVerdict, vec![Code::DayUnknown]));
    assert_eq!(
        verdict.summary,
        "no verdict: today's date decides on the quarantine of a tests::flaky, and is not known: \
         say it with --today, or by Nix with `today` of mkFlake or mkPipeline"
    );
    // Without a flaky test, or without its entry, no day decides.
    for (junit, entries, outcome) in [
        (JUNIT_PASSED, &[(FLAKY, "2027-01-31")][..], Outcome::Pass),
        (JUNIT_FLAKY, &[("a tests::other", "2027-01-31")], Outcome::Fail),
    ] {
        let mut fixture = record(0, junit, entries);
        fixture.today = None;
        assert_eq!(fixture.judge().outcome, outcome, "{junit}");
    }
}

#[test]
fn a_failure_outweighs_a_day_that_is_not_known() {
    let second = JUNIT_FLAKY.replace(
        "tests::good\" classname=\"a\" time=\"0.010\"/>",
        concat!(
            "tests::second\" classname=\"a\" time=\"0.010\">",
            "<flakyFailure type=\"test failure\" message=\"once\">once</flakyFailure></testcase>",
        ),
    );
    let mut fixture = record(0, &second, &[(FLAKY, "2027-01-31")]);
    let one = fixture.judge();
    assert_eq!(one.summary, "2 passed, 2 flaky (1 quarantined)");
    assert_eq!(codes(&one), [Code::TestFlaky]);
    fixture.today = None;
    let verdict = fixture.judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(codes(&verdict), [Code::TestFlaky, Code::DayUnknown]);
}

#[test]
fn a_test_that_fails_in_all_tries_fails_in_quarantine_too() {
    let verdict = record(100, JUNIT_FAILED, &[("a tests::bad", "2027-01-31")]).judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(codes(&verdict), [Code::TestFailed, Code::TestFailed]);
    assert_eq!(verdict.summary, "2 failed, 1 passed");
}

#[test]
fn an_entry_of_a_test_that_there_is_not_changes_nothing() {
    let verdict = record(0, JUNIT_PASSED, &[("gone tests::flaky", "2020-01-01")]).judge();
    let plain = record(0, JUNIT_PASSED, &[]).judge();
    assert_eq!((verdict.outcome, &verdict.summary), (Outcome::Pass, &plain.summary));
}

#[test]
fn a_name_that_was_cut_is_no_test_that_an_entry_names() {
    let long = "x".repeat(blocks_evidence::NAME + 1);
    let junit = JUNIT_FLAKY.replace("tests::flaky", &long);
    let cut = format!("a {}", blocks_evidence::bounded(&long, blocks_evidence::NAME));
    let verdict = record(0, &junit, &[(&cut, "2027-01-31")]).judge();
    assert_eq!(codes(&verdict), [Code::TestFlaky], "{cut}");
}

#[test]
fn flaky_tests_of_members_are_added_up() {
    let mut crew = Crew::new("test");
    for member in ["a", "b", "c"] {
        let junit = JUNIT_FLAKY.replace("\"a\"", &format!("\"{member}\""));
        crew = crew.with(member, 0, &[("junit.xml", &junit)]);
    }
    crew.config.test.quarantine = vec![entry(FLAKY, "2027-01-31"), entry("c tests::flaky", TODAY)];
    let verdict = crew.judge();
    assert_eq!(verdict.summary, "6 passed, 3 flaky (2 quarantined)");
    assert_eq!(verdict.units[0].summary, "2 passed, 1 flaky (quarantined)");
    assert_eq!(lines(&verdict.causes), "b: a/src/lib.rs:9 test-flaky: b tests::flaky: too early");
}
