//! What the gate of advisories says.

use crate::crew::lines;
use crate::evidence::{ADVISORIES_FOUND, ADVISORIES_NONE, DATABASE};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "advisories";

fn record(exit: i32, text: &str) -> Fixture {
    Fixture::new(STAGE, exit, &[("database.txt", DATABASE), ("advisories.jsonl", text)])
}

/// The record of a database of which this is said, and where nothing was found in it.
fn of_database(text: &str) -> Fixture {
    Fixture::new(STAGE, 0, &[("database.txt", text), ("advisories.jsonl", ADVISORIES_NONE)])
}

fn is_refused(verdict: &Verdict, code: Code, words: &str) {
    assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
    assert_eq!(verdict.causes[0].code, code, "{verdict:?}");
    assert!(verdict.summary.contains(words), "{}", verdict.summary);
}

#[test]
fn a_vulnerability_is_told_with_who_needs_the_crate_and_what_to_do() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap());
    assert_eq!(verdict.repeat.as_deref(), Some("cargo deny --workspace check advisories"));
}

#[test]
fn what_the_rules_let_pass_passes_and_the_day_of_the_database_is_told() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "nothing is known of dependencies (812 advisories of 2026-07-25)");
}

#[test]
fn what_is_known_has_a_code_of_its_own() {
    for (kind, code) in [
        ("vulnerability", Code::AdvisoryVulnerability),
        ("unsound", Code::AdvisoryUnsound),
        ("unmaintained", Code::AdvisoryUnmaintained),
        ("notice", Code::AdvisoryNotice),
        ("advisory-not-detected", Code::DependencyDenied),
    ] {
        let text =
            ADVISORIES_FOUND.replace("\"code\":\"vulnerability\"", &format!("\"code\":\"{kind}\""));
        let verdict = record(1, &text).judge();
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, code));
    }
}

#[test]
fn the_advice_is_what_cargo_can_do() {
    for (version, solution, advice) in [
        ("0.1.0", "Upgrade to >=0.2.0 (try", "mended in >=0.2.0: let those who need it ask"),
        ("0.1.0", "Upgrade to ^0.1.7 (try", "cargo update -p left@0.1.0 --precise 0.1.7"),
        ("0.0.3", "Upgrade to >=0.0.4 (try", "mended in >=0.0.4: let those who need it ask"),
        (
            "1.4.0",
            "Upgrade to >=2.0.1 OR >=1.5.0, <2.0.0 (try",
            "mended in >=2.0.1 or >=1.5.0, <2.0.0: cargo update -p left@1.4.0 --precise 1.5.0",
        ),
        ("1.4.0", "Upgrade to ^1.2.9 (try", "mended in ^1.2.9: let those who need it ask"),
        ("1.4.0", "Upgrade to >=1.5.0-rc.1 (try", "then cargo update -p left"),
        ("0.1.0", "No safe upgrade is available!", "no version mends it: do without the crate"),
    ] {
        let text = ADVISORIES_FOUND.replace("Upgrade to >=0.1.2 (try", solution).replace(
            "\"name\":\"left\",\"version\":\"0.1.0\"",
            &format!("\"name\":\"left\",\"version\":\"{version}\""),
        );
        let verdict = record(1, &text).judge();
        let detail = verdict.causes[0].detail.as_deref().unwrap();
        assert!(detail.lines().next().unwrap().contains(advice), "{detail}");
    }
}

#[test]
fn an_old_database_passes_nothing() {
    let mut fixture = Fixture::passing(STAGE);
    fixture.today = "2026-08-08".parse().ok();
    assert_eq!(fixture.judge().outcome, Outcome::Pass, "14 days");
    fixture.today = "2026-08-09".parse().ok();
    let words = "is of 2026-07-25, and on 2026-08-09 older than 14 days (verify.advisory_age_days)";
    let verdict = fixture.judge();
    is_refused(&verdict, Code::DatabaseOld, words);
    let detail = verdict.causes[0].detail.as_deref().unwrap();
    assert!(detail.starts_with("it is 0123456789abcdef"), "{detail}");
    assert!(detail.contains("`git -C DIR pull` updates it"), "{detail}");
    fixture.config.verify.advisory_age_days = blocks_config::Bounded::new(15).unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Pass, "15 days");
}

#[test]
fn what_an_old_database_knows_is_told() {
    let mut fixture = Fixture::failing(STAGE);
    let found = fixture.judge().causes;
    fixture.today = "2026-08-09".parse().ok();
    let verdict = fixture.judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    let told = |code| verdict.causes.iter().any(|cause| cause.code == code);
    assert!(found.iter().all(|cause| told(cause.code)) && told(Code::DatabaseOld), "{verdict:?}");
}

#[test]
fn a_database_of_later_than_today_is_not_old() {
    let mut fixture = Fixture::passing(STAGE);
    fixture.today = "2026-07-01".parse().ok();
    assert_eq!(fixture.judge().outcome, Outcome::Pass);
}

#[test]
fn without_a_day_of_either_there_is_no_verdict() {
    let undated = DATABASE.replace(|c: char| c.is_ascii_digit(), "");
    let undated = undated.replace("advisories ", "advisories 812");
    is_refused(&of_database(&undated).judge(), Code::DatabaseOld, "nobody knows how old");
    let mut fixture = Fixture::passing(STAGE);
    fixture.today = None;
    is_refused(&fixture.judge(), Code::DayUnknown, "today's date decides on the age");
    for date in [u64::MAX, 300_000_000_000] {
        let text = format!("name x\ndate {date}\nadvisories 1\n");
        is_refused(&of_database(&text).judge(), Code::DatabaseOld, "of no day of the calendar");
    }
}

#[test]
fn a_database_without_advisories_is_no_verdict() {
    let empty = DATABASE.replace("812", "0");
    is_refused(&of_database(&empty).judge(), Code::EvidenceAbsent, "holds no advisory");
}

#[test]
fn without_a_database_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert!(verdict.summary.starts_with("no advisory database is given: --advisory-db"));
}

#[test]
fn evidence_that_is_absent_cut_off_or_of_something_else_is_no_verdict() {
    let cut = &ADVISORIES_FOUND[..ADVISORIES_FOUND.len() - 2];
    is_refused(&record(1, cut).judge(), Code::EvidenceMalformed, "advisories.jsonl");
    is_refused(&record(0, DATABASE).judge(), Code::EvidenceMalformed, "advisories.jsonl");
    is_refused(&of_database(ADVISORIES_NONE).judge(), Code::EvidenceMalformed, "database.txt");
    let absent = Fixture::new(STAGE, 0, &[("advisories.jsonl", ADVISORIES_NONE)]);
    is_refused(&absent.judge(), Code::EvidenceAbsent, "database.txt");
    let absent = Fixture::new(STAGE, 0, &[("database.txt", DATABASE)]);
    is_refused(&absent.judge(), Code::EvidenceAbsent, "advisories.jsonl");
    let failed =
        "{\"type\":\"log\",\"fields\":{\"level\":\"ERROR\",\"message\":\"failed to load it\"}}\n";
    is_refused(&record(1, failed).judge(), Code::EvidenceMalformed, "failed to load it");
}

#[test]
fn an_exit_status_and_numbers_that_do_not_agree_are_no_verdict() {
    for (exit, text) in [
        (0, ADVISORIES_FOUND.to_owned()),
        (1, ADVISORIES_NONE.to_owned()),
        (0, ADVISORIES_NONE.replace("\"fields\":{\"advisories\"", "\"fields\":{\"bans\"")),
    ] {
        let verdict = record(exit, &text).judge();
        is_refused(&verdict, Code::EvidenceContradicts, "the tools ended with status");
    }
}
