//! Coverage of the lines that changed.

use crate::counted::{Counted, evidence, sources};
use crate::crew::{Crew, lines};
use crate::fixture::{Fixture, ROOT};
use blocks_config::PipelineConfig;
use blocks_gates::{Code, Outcome, Verdict};

/// What is wanted of changed lines, and nothing else.
fn want(config: &mut PipelineConfig, percent: &str) {
    config.test.patch_coverage_threshold = percent.parse().unwrap();
    config.test.coverage_threshold = "0".parse().unwrap();
    config.test.coverage_drop = "100".parse().unwrap();
}

fn workspace(files: &[Counted<'_>]) -> Fixture {
    let files = evidence(ROOT, &[], files);
    Fixture::new("coverage", 0, &files.each_ref().map(|(file, text)| (*file, text.as_str())))
}

fn compared(mut now: Fixture, before: &Fixture, percent: &str) -> Verdict {
    want(&mut now.config, percent);
    now.baseline = Some(before.as_baseline());
    now.judge()
}

const BEFORE: [Counted<'_>; 2] = [("a.rs", "+ one\n\n- two\n"), ("b.rs", "- b\n")];

fn patched(percent: &str, files: &[Counted<'_>]) -> Verdict {
    compared(workspace(files), &workspace(&BEFORE), percent)
}

#[test]
fn lines_that_are_new_or_changed_have_a_share_of_their_own() {
    let now = [("a.rs", "+ one\n words\n- two\n+ three\n- four\n- five\n+ six\n"), BEFORE[1]];
    let verdict = patched("50", &now);
    assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    assert_eq!(
        verdict.summary,
        "42.8 % of lines (0 % wanted); changed lines: 2 of 4 (50.0 %, 50 % wanted)"
    );
    let verdict = patched("50.000001", &now);
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(lines(&verdict.causes), @"-: a.rs:5 patch-coverage-below-threshold: tests run 2 of 4 lines that are new or changed since the baseline, 50.0 %, 50.000001 % wanted");
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("not run: a.rs:5-6"));
    // By default it is shown, and not judged.
    let verdict = patched("0", &now);
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert!(verdict.summary.ends_with("; changed lines: 2 of 4 (50.0 %)"), "{}", verdict.summary);
}

#[test]
fn the_lines_of_a_patch_are_known_also_where_nothing_is_wanted_of_them() {
    let mut now =
        workspace(&[("a.rs", "+ one\n words\n- two\n+ three\n- four\n- five\n+ six\n"), BEFORE[1]]);
    assert_eq!(now.recorded_patch(), None, "there is no baseline");
    let before = workspace(&BEFORE);
    now.baseline = Some(before.as_baseline());
    let patch = now.recorded_patch().unwrap();
    let files: Vec<_> =
        patch.files.iter().map(|it| (&*it.file, &*it.covered, &*it.uncovered)).collect();
    assert_eq!(files, [("a.rs", &[4, 7][..], &[5, 6][..]), ("b.rs", &[], &[])]);
    std::fs::remove_file(now.folder().join("coverage.json")).unwrap();
    assert_eq!(now.recorded_patch(), None, "part of it is none of it");
}

#[test]
fn what_is_as_it_was_does_not_count() {
    let verdict = patched("100", &[BEFORE[0]]);
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert!(
        verdict.summary.ends_with("; changed lines: none that hold code"),
        "{}",
        verdict.summary
    );
    let words = [("a.rs", "+ one\nwords\n\n- two\n"), BEFORE[1]];
    assert!(patched("100", &words).summary.ends_with(": none that hold code"));
}

#[test]
fn all_lines_of_a_file_that_is_new_or_has_another_name_are_new() {
    let verdict = patched("1", &[BEFORE[0], ("c.rs", "- b\n\n- c\n")]);
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("not run: c.rs:1, 3"));
}

#[test]
fn files_that_are_gone_are_no_part_of_it() {
    let nothing = workspace(&[("new.rs", "+ new\n")]);
    let verdict = compared(nothing, &workspace(&BEFORE), "100");
    assert!(
        verdict.summary.ends_with("changed lines: 1 of 1 (100.0 %, 100 % wanted)"),
        "{verdict:?}"
    );
}

#[test]
fn without_a_baseline_nothing_is_compared() {
    let mut now = workspace(&BEFORE);
    want(&mut now.config, "100");
    let verdict = now.judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "33.3 % of lines (0 % wanted); changed lines: not compared");
    want(&mut now.config, "0");
    assert_eq!(now.judge().summary, "33.3 % of lines (0 % wanted)");
}

type Damage = fn(&mut Fixture);

/// What can happen to the sources of a record, and what is said of it.
const DAMAGES: [(Damage, &str); 4] = [
    (|fixture| drop(std::fs::remove_file(fixture.folder().join("sources.txt"))), "sources.txt"),
    (|fixture| fixture.put("sources.txt", b"garbage\n"), "not a whole sources file"),
    (
        |fixture| fixture.put("sources.txt", b"=== /workspace/a.rs has 9 bytes\n+ one"),
        "it is cut off",
    ),
    (
        |fixture| std::fs::write(fixture.folder().join("sources.txt"), "other").unwrap(),
        "sources.txt",
    ),
];

#[test]
fn without_the_text_of_its_files_there_is_no_verdict_about_a_patch() {
    for (damage, why) in DAMAGES {
        let damaged = || {
            let mut fixture = workspace(&BEFORE);
            damage(&mut fixture);
            fixture
        };
        let verdict = compared(damaged(), &workspace(&BEFORE), "1");
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{why}: {verdict:?}");
        assert!(verdict.causes[0].message.contains(why), "{why}: {verdict:?}");
        let verdict = compared(workspace(&BEFORE), &damaged(), "1");
        assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer, "{why}: {verdict:?}");
        assert!(verdict.causes[0].message.contains(why), "{why}: {verdict:?}");
        // What is only shown takes no verdict away.
        for (now, before) in [(damaged(), workspace(&BEFORE)), (workspace(&BEFORE), damaged())] {
            let verdict = compared(now, &before, "0");
            assert_eq!(verdict.outcome, Outcome::Pass, "{why}: {verdict:?}");
            assert!(
                verdict.summary.contains("; changed lines: not known, "),
                "{}",
                verdict.summary
            );
        }
    }
}

#[test]
fn a_file_that_was_counted_has_to_be_there() {
    let mut now = workspace(&BEFORE);
    now.put("sources.txt", sources(ROOT, &BEFORE[..1]).as_bytes());
    let verdict = compared(now, &workspace(&BEFORE), "1");
    assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts);
    assert!(verdict.summary.ends_with("lines of b.rs were counted, and its text is not there"));
}

/// The record of one member, of these files.
fn with(crew: Crew, member: &str, files: &[Counted<'_>]) -> Crew {
    let root = format!("/build/{member}");
    let files = evidence(&root, &[], files);
    let files = files.each_ref().map(|(file, text)| (*file, text.as_str()));
    crew.with_record(member, 0, &files, |record| record.root.clone_from(&root))
}

#[test]
fn members_are_compared_together() {
    let before = with(Crew::new("coverage"), "a", &[BEFORE[0]]);
    let before = with(before, "b", &BEFORE);
    let crew = with(Crew::new("coverage"), "a", &[("a.rs", "+ one\n- new\n- two\n")]);
    // The tests of another member run the new line.
    let mut crew = with(crew, "b", &[("b.rs", "- b\n- more\n"), ("c.rs", "+ c\n")]);
    crew.baseline = Some(before.as_baseline());
    want(&mut crew.config, "50");
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("not run: a.rs:2\nnot run: b.rs:2"));
    assert!(
        verdict.summary.ends_with("changed lines: 1 of 3 (33.3 %, 50 % wanted)"),
        "{verdict:?}"
    );
    // A part of them says nothing about all.
    let verdict = crew.judge_unit("a");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    want(&mut crew.config, "0");
    assert_eq!(crew.judge_unit("a").outcome, Outcome::Pass, "nobody wants it");
}

#[test]
fn records_that_do_not_agree_on_a_file_give_no_verdict() {
    let before = with(Crew::new("coverage"), "a", &[BEFORE[0]]);
    let crew = with(Crew::new("coverage"), "a", &[BEFORE[0]]);
    let mut crew = with(crew, "b", &[("a.rs", "+ 1\n")]);
    want(&mut crew.config, "1");
    crew.baseline = Some(before.as_baseline());
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts);
    assert_eq!(verdict.causes[0].unit.as_deref(), Some("b"));
    let mut now = with(Crew::new("coverage"), "a", &[BEFORE[0]]);
    want(&mut now.config, "1");
    now.baseline = Some(crew.as_baseline());
    let verdict = now.judge();
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
    assert!(
        verdict.causes[0].message.ends_with("a.rs is not the same in all records"),
        "{verdict:?}"
    );
}
