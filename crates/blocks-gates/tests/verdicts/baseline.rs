//! What gates say where there is something to compare with.

use crate::crew::{Crew, lines};
use crate::evidence::{
    COVERAGE_HIGH, COVERAGE_LOW, DOCS_COUNTED, DOCS_STDERR, DOCS_STDERR_FAILED, JUNIT_PASSED,
};
use crate::fixture::{Fixture, put};
use blocks_gates::{Baseline, Code, Measure, Outcome, Verdict};
use blocks_stages::Table;
use std::fs;
use tempfile::TempDir;

const STAGE: &str = "doc-coverage";

/// What rustdoc leaves of packages with one file each: the name, the items, and how many are documented.
fn counts(packages: &[(&str, u64, u64)]) -> (String, String) {
    let line = |(name, items, documented): &(&str, u64, u64)| {
        format!(
            "{{\"{name}/src/lib.rs\":{{\"total\":{items},\"with_docs\":{documented},\
             \"total_examples\":0,\"with_examples\":0}}}}\n"
        )
    };
    let announced =
        |(name, ..): &(&str, u64, u64)| format!(" Documenting {name} v0.1.0 (/workspace/{name})\n");
    (packages.iter().map(line).collect(), packages.iter().map(announced).collect())
}

fn workspace(packages: &[(&str, u64, u64)]) -> Fixture {
    let (jsonl, stderr) = counts(packages);
    let files = [("doc-coverage.jsonl", jsonl.as_str()), ("doc-coverage.stderr", stderr.as_str())];
    Fixture::new(STAGE, 0, &files)
}

fn crew(packages: &[(&str, u64, u64)]) -> Crew {
    packages.iter().fold(Crew::new(STAGE), |crew, package| {
        let (jsonl, stderr) = counts(&[*package]);
        let files =
            [("doc-coverage.jsonl", jsonl.as_str()), ("doc-coverage.stderr", stderr.as_str())];
        crew.with(package.0, 0, &files)
    })
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

#[test]
fn a_package_whose_share_fell_fails_and_one_that_rose_does_not_make_up_for_it() {
    let before = workspace(&[("a", 4, 4), ("b", 4, 1), ("gone", 1, 1)]);
    let now = workspace(&[("a", 5, 4), ("b", 4, 4), ("new", 9, 0)]);
    let verdict = compared(now, &before);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 member with less than at the baseline, 44.4 % of items documented
    a: a/src/lib.rs:- doc-coverage-fell: a: 4 of 5 items are documented, 80.0 % (4 of 4, 100.0 % at the baseline)
    ");
    assert_eq!(verdict.outcome, Outcome::Fail);
}

#[test]
fn the_same_share_of_more_items_is_no_fall() {
    let before = workspace(&[("a", 3, 1)]);
    let verdict = compared(workspace(&[("a", 6, 2)]), &before);
    assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    assert_eq!(verdict.summary, "33.3 % of items documented");
    assert!(matches!(verdict.measure, Some(Measure::Documentation { is_compared: true, .. })));
    let less = compared(workspace(&[("a", 3_000_001, 1_000_000)]), &before);
    assert_eq!(less.outcome, Outcome::Fail);
}

#[test]
fn members_are_compared_with_their_own_records_and_new_ones_with_none() {
    let before = crew(&[("a", 4, 4), ("b", 4, 1)]);
    let mut now = crew(&[("a", 5, 4), ("b", 4, 4), ("new", 9, 0)]);
    now.baseline = Some(before.as_baseline());
    let verdict = now.judge();
    let outcomes: Vec<_> = verdict.units.iter().map(|unit| unit.outcome).collect();
    assert_eq!(outcomes, [Outcome::Fail, Outcome::Pass, Outcome::Pass]);
    assert_eq!(verdict.causes[0].unit.as_deref(), Some("a"));
}

#[test]
fn members_that_were_in_other_groups_are_found() {
    let (jsonl, stderr) = counts(&[("a", 4, 4), ("b", 4, 4)]);
    let files = [("doc-coverage.jsonl", jsonl.as_str()), ("doc-coverage.stderr", stderr.as_str())];
    let in_group = |record: &mut blocks_records::Record| {
        record.members = vec!["a".to_owned(), "b".to_owned()];
    };
    let before = Crew::new(STAGE).with_record("a+1", 0, &files, in_group);
    let mut now = crew(&[("a", 4, 4), ("b", 4, 3)]);
    now.baseline = Some(before.as_baseline());
    let verdict = now.judge();
    let outcomes: Vec<_> = verdict.units.iter().map(|unit| unit.outcome).collect();
    assert_eq!(outcomes, [Outcome::Pass, Outcome::Fail]);
    // Without its record nobody knows whose group it was.
    fs::remove_dir_all(before.folder("a+1")).unwrap();
    has_no_answer(&now.judge(), "no record at");
}

#[test]
fn some_members_are_compared_with_the_whole_workspace() {
    let before = workspace(&[("a", 4, 4), ("b", 4, 4)]);
    let mut now = crew(&[("b", 4, 3)]);
    now.baseline = Some(before.as_baseline());
    assert_eq!(now.judge_unit("b").outcome, Outcome::Fail);
}

#[test]
fn a_comparison_that_is_switched_off_is_none() {
    let before = workspace(&[("a", 4, 4)]);
    let mut now = workspace(&[("a", 4, 0)]);
    now.config.test.doc_coverage = false;
    let verdict = compared(now, &before);
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert!(verdict.summary.ends_with(", not compared"), "{}", verdict.summary);
}

/// The verdict is none because of the baseline, which is named.
fn has_no_answer(verdict: &Verdict, why: &str) {
    assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer, "{verdict:?}");
    let named = "it cannot be compared with the baseline, main (1a2b3c4): ";
    assert!(verdict.causes[0].message.starts_with(named), "{verdict:?}");
    assert!(verdict.causes[0].message.contains(why), "{}: {why}", verdict.causes[0].message);
}

#[test]
fn a_baseline_without_an_answer_gives_no_verdict() {
    let now = || workspace(&[("a", 4, 4)]);
    let mut before = workspace(&[("a", 4, 4)]);
    before.put("doc-coverage.jsonl", b"garbage");
    has_no_answer(&compared(now(), &before), "not a whole doc-coverage file");
    let stderr = [("doc-coverage.jsonl", ""), ("doc-coverage.stderr", DOCS_STDERR_FAILED)];
    has_no_answer(
        &compared(now(), &Fixture::new(STAGE, 101, &stderr)),
        "its documentation is not built",
    );
    let mut other = workspace(&[("a", 4, 4)]);
    other.record.sources = "sha256-other".to_owned();
    other.save();
    has_no_answer(&compared(now(), &other), "the record is of sources");
    let gone = workspace(&[("a", 4, 4)]);
    fs::remove_dir_all(gone.folder()).unwrap();
    has_no_answer(&compared(now(), &gone), "no record at");
    let mut of_nothing = workspace(&[("a", 4, 4)]).as_baseline();
    of_nothing.expected = blocks_gates::Expected::default();
    let mut fixture = now();
    fixture.baseline = Some(of_nothing);
    has_no_answer(&fixture.judge(), "no record of doc-coverage is expected there");
}

#[test]
fn stages_that_do_not_compare_ask_for_no_baseline() {
    for stage in &Table::embedded().stages {
        let mut fixture = Fixture::passing(&stage.id);
        let mut nothing = Fixture::passing(&stage.id).as_baseline();
        nothing.records = "/nowhere".into();
        fixture.baseline = Some(nothing);
        // What a material's stage compares is in its own record.
        let reads = stage.compares && stage.material.is_none();
        let wanted = if reads { Outcome::NoVerdict } else { Outcome::Pass };
        assert_eq!(fixture.judge().outcome, wanted, "{}", stage.id);
    }
}

/// What the summary says of all lines; what it says of changed ones is another test's matter.
fn of_all(verdict: &Verdict) -> &str {
    verdict.summary.split("; changed lines").next().unwrap()
}

fn covered(json: &str) -> Fixture {
    let mut fixture =
        Fixture::new("coverage", 0, &[("junit.xml", JUNIT_PASSED), ("coverage.json", json)]);
    fixture.config.test.coverage_threshold = "90".parse().unwrap();
    fixture
}

#[test]
fn coverage_may_drop_by_as_much_as_is_allowed_and_no_more() {
    let before = covered(COVERAGE_HIGH);
    let now = |drop: &str| {
        let mut now = covered(COVERAGE_LOW);
        now.config.test.coverage_drop = drop.parse().unwrap();
        compared(now, &before)
    };
    // 95 of 100 lines before, 949 of 1000 now.
    let verdict = now("0.1");
    assert_eq!(verdict.outcome, Outcome::Pass, "{verdict:?}");
    assert_eq!(of_all(&verdict), "94.9 % of lines (90 % wanted, 95.0 % at the baseline)");
    let verdict = now("0.099999");
    insta::assert_snapshot!(format!("{}\n{}", of_all(&verdict), lines(&verdict.causes)), @r"
    94.9 % of lines (90 % wanted, 95.0 % at the baseline)
    -: a.rs:400 coverage-fell: tests run 94.9 % of lines, 95.0 % at the baseline: at most 0.099999 percentage points less are allowed
    ");
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap(), @r"
    a.rs: 399 of 400 lines, new
    z.rs: 450 of 500 lines, new
    ");
    assert_eq!(compared(covered(COVERAGE_HIGH), &covered(COVERAGE_LOW)).outcome, Outcome::Pass);
}

#[test]
fn coverage_that_may_drop_by_all_is_not_compared() {
    let mut now = covered(COVERAGE_LOW);
    now.config.test.coverage_drop = "100".parse().unwrap();
    let gone = covered(COVERAGE_HIGH);
    fs::remove_dir_all(gone.folder()).unwrap();
    let verdict = compared(now, &gone);
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(of_all(&verdict), "94.9 % of lines (90 % wanted)");
    has_no_answer(&compared(covered(COVERAGE_LOW), &gone), "no record at");
}

#[test]
fn coverage_of_all_members_is_compared_with_that_of_all() {
    let files = |json| [("junit.xml", JUNIT_PASSED), ("coverage.json", json)];
    let high = files(COVERAGE_HIGH);
    let before = Crew::new("coverage").with("a", 0, &high).with("gone", 0, &high);
    let mut now =
        Crew::new("coverage").with("a", 0, &files(COVERAGE_LOW)).with("b", 0, &files(COVERAGE_LOW));
    now.config.test.coverage_threshold = "90".parse().unwrap();
    now.config.test.coverage_drop = "0".parse().unwrap();
    now.baseline = Some(before.as_baseline());
    let verdict = now.judge();
    assert_eq!(verdict.causes[0].code, Code::CoverageFell, "{verdict:?}");
    // A part of the members says nothing about all.
    assert_eq!(now.judge_unit("a").summary, "94.9 % of lines (90 % wanted)");
}

#[test]
fn each_file_has_a_floor() {
    let mut now = covered(COVERAGE_LOW);
    now.config.test.file_coverage_threshold = "90.000001".parse().unwrap();
    let verdict = now.judge();
    insta::assert_snapshot!(lines(&verdict.causes), @"-: z.rs:4 coverage-below-threshold: tests run 450 of 500 lines (90.000001 % of each file wanted)");
    now.config.test.file_coverage_threshold = "90".parse().unwrap();
    assert_eq!(now.judge().outcome, Outcome::Pass);
}

#[test]
fn a_baseline_is_read_from_a_folder() {
    let folder = TempDir::new().unwrap();
    let opened = || Baseline::open(folder.path());
    assert!(opened().unwrap_err().to_string().contains("expected.json of the baseline"));
    fs::write(folder.path().join("expected.json"), "{}").unwrap();
    assert!(opened().unwrap_err().to_string().contains("not a list of expected records"));
    let fixture = Fixture::passing(STAGE);
    let expected = fixture.as_baseline().expected;
    fs::write(folder.path().join("expected.json"), expected.to_json()).unwrap();
    assert!(opened().unwrap_err().to_string().contains("name of the baseline cannot be read"));
    fs::write(folder.path().join("name"), "main (1a2b3c4)\n").unwrap();
    let place = folder.path().join("records/doc-coverage/workspace");
    let mut record = fixture.record.clone();
    for (file, text) in [("doc-coverage.jsonl", DOCS_COUNTED), ("doc-coverage.stderr", DOCS_STDERR)]
    {
        put(&place, &mut record, file, text.as_bytes());
    }
    let baseline = opened().unwrap();
    assert_eq!((baseline.name.as_str(), &baseline.expected), ("main (1a2b3c4)", &expected));
    let mut now = Fixture::passing(STAGE);
    now.baseline = Some(baseline);
    assert_eq!(now.judge().outcome, Outcome::Pass, "{:?}", now.judge());
}
