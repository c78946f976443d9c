//! One stage or one test, for a terminal.

use std::collections::BTreeMap;
use std::path::Path;

use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_records::{Ended, EvidenceFile, Record, Retry, SCHEMA, StepRun, Toolchain};
use blocks_views::{ShownRecord, ShownTest, find_tests, record_text, test_text};

use crate::fixture::{cause, run, tests};
use crate::{hostile_run, junit};

fn record() -> Record {
    let step = |words: &[&str], exit| StepRun {
        command: words.iter().map(|it| (*it).to_owned()).collect(),
        exit,
        seconds: 1.25,
    };
    Record {
        schema: SCHEMA,
        stage: "test".to_owned(),
        unit: "a".to_owned(),
        members: vec!["a".to_owned()],
        sources: "sha256-0".to_owned(),
        key: String::new(),
        attempt: "2".to_owned(),
        machine: "linux-x86_64, Some Processor, 2 cores".to_owned(),
        toolchain: Toolchain {
            rustc: "rustc 1.95.0".to_owned(),
            cargo: "cargo 1.95.0".to_owned(),
            tools: BTreeMap::from([("cargo-nextest".to_owned(), "0.9.143".to_owned())]),
        },
        root: "/workspace".to_owned(),
        ended: Ended::Answered,
        reason: String::new(),
        exit: Some(100),
        steps: vec![
            step(&["cargo", "nextest", "run", "-E", "test(=a b)"], Some(100)),
            step(&["sh"], None),
        ],
        retries: vec![Retry {
            ended: Ended::Killed,
            reason: "by signal 9".to_owned(),
            seconds: 3.0,
        }],
        evidence: vec![EvidenceFile {
            file: "junit.xml".to_owned(),
            bytes: 12,
            sha256: String::new(),
        }],
        log_bytes_cut: 0,
    }
}

fn shown<'a>(record: Result<&'a Record, String>, log: &'a str) -> ShownRecord<'a> {
    ShownRecord { unit: "a", folder: Path::new("records/test/a"), record, log }
}

#[test]
fn a_stage_has_its_causes_and_what_ran() {
    let record = record();
    let log = (1..70).map(|line| format!("line {line}")).collect::<Vec<_>>().join("\n");
    let failed = run().remove(1);
    insta::assert_snapshot!(record_text(&failed, &[shown(Ok(&record), &log)], false));
}

#[test]
fn a_record_that_is_not_there_says_so() {
    let unknown = run().remove(2);
    let text = record_text(&unknown, &[shown(Err("there is none".to_owned()), "")], false);
    assert!(text.ends_with("record of a: records/test/a\n  there is none\n"), "{text}");
    let ended =
        Record { ended: Ended::TimedOut, reason: "after 30 minutes".to_owned(), ..record() };
    let text = record_text(&unknown, &[shown(Ok(&ended), "")], false);
    assert!(text.contains("\n  ended: timed out: after 30 minutes\n"), "{text}");
}

#[test]
fn a_test_is_found_by_its_name_or_by_a_part_of_it() {
    let stages = junit::stages();
    let verdicts = [tests(Outcome::Pass, 1, 0, 0)];
    let all = find_tests(&stages, &verdicts, "");
    let names = |text: &str| -> Vec<String> {
        find_tests(&stages, &verdicts, text).iter().map(ShownTest::name).collect()
    };
    for shown in &all {
        let (name, bare) = (shown.name(), shown.test.name.as_str());
        assert!(names(&name).contains(&name) && names(bare).iter().all(|it| it.ends_with(bare)));
        assert_eq!(names(&name.replacen(' ', "::", 1)), names(&name));
    }
    assert!(names("there is none of this name").is_empty());
}

#[test]
fn a_test_shows_each_try_and_how_to_repeat_it() {
    let stages = junit::stages();
    let all = find_tests(&stages, &[], "");
    let tried = all.iter().find(|it| !it.test.tries.is_empty()).expect("one with tries");
    let cause = Cause {
        hint: Some("look at the clock".to_owned()),
        repeat: Some("cargo nextest run -E 'test(=x)'".to_owned()),
        ..cause(Code::TestFailed, &format!("{}: it fails", tried.name()))
    };
    let verdicts = [Verdict {
        stage: tried.stage.to_owned(),
        causes: vec![cause],
        ..tests(Outcome::Fail, 0, 1, 0)
    }];
    let found = find_tests(&stages, &verdicts, &tried.name());
    insta::assert_snapshot!(test_text(&found[0], false));
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let report = run.report();
    let hostile: String = report.verdicts.iter().map(|it| record_text(it, &[], false)).collect();
    let tests: String = find_tests(report.tests, report.verdicts, "")
        .iter()
        .map(|it| test_text(it, false))
        .collect();
    for text in [hostile, tests] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        assert!(!text.contains('\u{202e}'));
        let is_command = |line: &str| line.trim_start().starts_with("::");
        assert!(!text.lines().any(is_command));
        assert!(text.lines().all(|line| line.chars().count() < 4200));
    }
}
