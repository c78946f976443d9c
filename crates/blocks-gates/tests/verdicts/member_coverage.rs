//! Floors of the coverage of single members.

use crate::counted::{Counted, evidence};
use crate::crew::{Crew, lines};
use crate::fixture::{Fixture, ROOT};
use blocks_config::{MemberSettings, PipelineConfig};
use blocks_gates::{Code, Outcome, Verdict};

const PACKAGES: [(&str, &str); 3] = [("app", ""), ("a", "crates/a"), ("ab", "crates/ab")];

/// Of `a` two of three lines run, of `app` one of one, of `ab` none of one.
const FILES: [Counted<'_>; 5] = [
    ("src/main.rs", "+\n"),
    ("crates/a/src/full.rs", "+\n"),
    ("crates/a/src/half.rs", "+\n\n\n-\n"),
    ("crates/a/src/nothing.rs", "\n"),
    ("crates/ab/src/lib.rs", "-\n"),
];

fn set_floor(config: &mut PipelineConfig, member: &str, percent: &str) {
    let coverage_threshold = percent.parse().unwrap();
    let settings = MemberSettings { coverage_threshold, ..MemberSettings::default() };
    config.members.insert(member.to_owned(), settings);
    config.test.coverage_threshold = "0".parse().unwrap();
}

fn workspace() -> Fixture {
    let files = evidence(ROOT, &PACKAGES, &FILES);
    Fixture::new("coverage", 0, &files.each_ref().map(|(file, text)| (*file, text.as_str())))
}

fn with_floor(member: &str, percent: &str) -> Verdict {
    let mut fixture = workspace();
    set_floor(&mut fixture.config, member, percent);
    fixture.judge()
}

#[test]
fn a_member_has_to_have_its_own_share() {
    assert_eq!(with_floor("a", "66.666666").outcome, Outcome::Pass);
    let verdict = with_floor("a", "66.666667");
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(lines(&verdict.causes), @"a: crates/a/src/half.rs:4 coverage-below-threshold: a: tests run 2 of 3 lines, 66.6 % (66.666667 % of this member wanted)");
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("not run: crates/a/src/half.rs:4"));
    assert_eq!(verdict.summary, "60.0 % of lines (0 % wanted)");
}

#[test]
fn what_lies_in_the_folder_of_a_member_below_is_not_the_roots_own() {
    assert_eq!(with_floor("app", "100").outcome, Outcome::Pass);
    assert_eq!(with_floor("ab", "0.000001").outcome, Outcome::Fail);
    assert_eq!(with_floor("ab", "0").outcome, Outcome::Pass);
}

#[test]
fn each_member_below_its_floor_is_a_cause() {
    let mut fixture = workspace();
    for member in ["a", "ab", "app"] {
        set_floor(&mut fixture.config, member, "100");
    }
    let verdict = fixture.judge();
    let members: Vec<_> = verdict.causes.iter().map(|cause| cause.unit.as_deref()).collect();
    assert_eq!(members, [Some("a"), Some("ab")]);
}

/// No verdict, for this reason.
fn is_open(verdict: &Verdict, code: Code, why: &str) {
    assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
    assert_eq!(verdict.causes[0].code, code, "{verdict:?}");
    assert!(verdict.causes[0].message.contains(why), "{verdict:?}");
}

#[test]
fn a_floor_of_what_nobody_counted_gives_no_verdict() {
    is_open(&with_floor("gone", "1"), Code::EvidenceAbsent, "no line of gone was counted");
    let files = evidence(ROOT, &[("a", "crates/a")], &[]);
    let files = files.each_ref().map(|(file, text)| (*file, text.as_str()));
    let mut nothing = Fixture::new("coverage", 0, &files);
    assert_eq!(nothing.judge().outcome, Outcome::NotApplicable);
    set_floor(&mut nothing.config, "a", "1");
    is_open(&nothing.judge(), Code::EvidenceAbsent, "no line of a was counted");
}

/// What can happen to a record.
type Damage = fn(&mut Fixture);

#[test]
fn without_knowing_whose_files_they_are_there_is_no_verdict_by_floors() {
    let judge = |change: Damage, percent| {
        let mut fixture = workspace();
        set_floor(&mut fixture.config, "a", percent);
        change(&mut fixture);
        fixture.judge()
    };
    let is_gone = |fixture: &mut Fixture| {
        fixture.record.evidence.retain(|listed| listed.file != "metadata.json");
        fixture.save();
    };
    let is_garbage = |fixture: &mut Fixture| fixture.put("metadata.json", b"{\"packages\":[");
    let is_changed = |fixture: &mut Fixture| {
        std::fs::write(fixture.folder().join("metadata.json"), "{}").unwrap();
    };
    let cases: [(Damage, Code); 3] = [
        (is_gone, Code::EvidenceAbsent),
        (is_garbage, Code::EvidenceMalformed),
        (is_changed, Code::EvidenceChanged),
    ];
    for (damage, code) in cases {
        is_open(&judge(damage, "50"), code, "metadata.json");
        // Without floors nobody asks.
        assert_eq!(judge(damage, "0").outcome, Outcome::Pass);
    }
}

/// The record of one member, of these files.
fn with(crew: Crew, member: &str, files: &[Counted<'_>]) -> Crew {
    let root = format!("/build/{member}");
    let files = evidence(&root, &PACKAGES, files);
    let files = files.each_ref().map(|(file, text)| (*file, text.as_str()));
    crew.with_record(member, 0, &files, |record| record.root.clone_from(&root))
}

#[test]
fn lines_of_a_member_count_whoever_runs_them() {
    let crew = with(Crew::new("coverage"), "a", &[("crates/a/src/lib.rs", "+\n-\n")]);
    let mut crew =
        with(crew, "ab", &[("crates/a/src/lib.rs", "-\n+\n"), ("crates/ab/src/lib.rs", "-\n")]);
    set_floor(&mut crew.config, "a", "100");
    assert_eq!(crew.judge().outcome, Outcome::Pass);
    set_floor(&mut crew.config, "ab", "1");
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(lines(&verdict.causes), @"ab: crates/ab/src/lib.rs:1 coverage-below-threshold: ab: tests run 0 of 1 lines, 0.0 % (1 % of this member wanted)");
    // Of a part of the members, only these are asked.
    assert_eq!(crew.judge_unit("ab").outcome, Outcome::Fail);
    assert_eq!(crew.judge_unit("a").outcome, Outcome::Fail);
    crew.config.members.remove("a");
    assert_eq!(crew.judge_unit("a").outcome, Outcome::Pass);
}
