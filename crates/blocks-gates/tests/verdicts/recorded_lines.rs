//! How often lines ran by the records, and what is told where they say nothing.

use crate::crew::{Crew, lines};
use crate::evidence::*;
use crate::fixture::Fixture;
use blocks_config::StageSettings;
use blocks_evidence::{FileCounts, LineCounts, read_llvm_cov};
use blocks_gates::{Outcome, RecordedLines};
use blocks_records::Ended;
use blocks_stages::Table;
use std::fs;

fn found(lines: Option<RecordedLines>) -> LineCounts {
    match lines {
        Some(RecordedLines::Found(counts)) => counts,
        other => panic!("{other:?}"),
    }
}

fn refused(lines_of: Option<RecordedLines>) -> String {
    match lines_of {
        Some(RecordedLines::NoVerdict(causes)) => lines(&causes),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_a_stage_that_judges_coverage_has_lines() {
    let with_lines = |stage: &&str| Fixture::passing(stage).recorded_lines().is_some();
    let stages: Vec<_> = Table::embedded().stage_ids().filter(with_lines).collect();
    assert_eq!(stages, ["coverage"]);
}

#[test]
fn they_are_those_that_the_gate_counts_also_where_it_fails() {
    for fixture in [Fixture::passing("coverage"), Fixture::failing("coverage")] {
        let text = fs::read(fixture.folder().join("coverage.json")).unwrap();
        let counts = found(fixture.recorded_lines());
        assert_eq!(counts.coverage().lines(), read_llvm_cov(&text).unwrap().lines());
        assert!(counts.files.iter().all(|file| !file.file.starts_with('/')), "{counts:?}");
    }
}

#[test]
fn what_the_tests_of_members_ran_is_added_up() {
    let crew = Crew::passing("coverage", &["a"]);
    let one = found(crew.recorded_lines());
    let two = found(crew.with_passing("b").recorded_lines());
    let twice = |file: &FileCounts| FileCounts {
        file: file.file.clone(),
        lines: file.lines.iter().map(|(line, count)| (*line, count * 2)).collect(),
    };
    assert_eq!(two.files, one.files.iter().map(twice).collect::<Vec<_>>());
}

#[test]
fn a_member_that_says_nothing_is_not_left_out() {
    let crew = Crew::passing("coverage", &["a", "b"]);
    fs::remove_dir_all(crew.folder("b")).unwrap();
    assert!(refused(crew.recorded_lines()).contains("record-absent"));
    assert_eq!(crew.judge().outcome, Outcome::NoVerdict);
    let killed = Crew::passing("coverage", &["a"]).with_record("b", 0, &[], |record| {
        record.ended = Ended::Killed;
    });
    assert!(refused(killed.recorded_lines()).contains("no-answer"));
    let cut = Crew::passing("coverage", &["a"]).with("b", 0, &[("coverage.json", "{")]);
    assert!(refused(cut.recorded_lines()).contains("evidence-malformed"));
    assert!(refused(Crew::new("coverage").recorded_lines()).contains("record-absent"));
}

#[test]
fn where_nothing_was_counted_there_is_nothing_to_show() {
    let nothing = |found| match found {
        Some(RecordedLines::NotApplicable(why)) => why,
        other => panic!("{other:?}"),
    };
    let without = Fixture::new("coverage", 0, &[("junit.xml", JUNIT_NOTHING)]);
    let why = "there are no lines of code that can be counted";
    assert_eq!(nothing(without.recorded_lines()), why);
    let idle = Crew::passing("coverage", &["a"]).with_record("b", 0, &[], |record| {
        record.ended = Ended::NotApplicable;
    });
    assert_eq!(
        found(idle.recorded_lines()),
        found(Crew::passing("coverage", &["a"]).recorded_lines())
    );
    let mut off = Fixture::passing("coverage");
    let setting = StageSettings { enabled: false, ..StageSettings::default() };
    off.config.stages.insert("coverage".to_owned(), setting);
    assert!(nothing(off.recorded_lines()).starts_with("switched off"));
}
