//! What the gate of spelling says.

use crate::crew::lines;
use crate::evidence::{LOOKED_INTO, TYPOS};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "spelling";

fn of(exit: i32, text: &str, files: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("spelling.jsonl", text), ("files.txt", files)]).judge()
}

#[test]
fn each_misspelled_word_is_told_with_its_place_and_how_it_could_be_spelled() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(Fixture::passing(STAGE).judge().summary, "no misspelled word in 2 files");
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no typos.toml");
}

#[test]
fn rules_that_leave_all_files_out_are_no_verdict() {
    let verdict = of(0, "", "");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    assert!(verdict.summary.contains("typos looked into no file"), "{}", verdict.summary);
}

#[test]
fn words_that_the_exit_status_denies_are_no_verdict() {
    for (exit, text, files) in
        [(0, TYPOS, LOOKED_INTO), (2, "", LOOKED_INTO), (2, TYPOS, "./other.md\n")]
    {
        let verdict = of(exit, text, files);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}

#[test]
fn the_name_of_a_file_that_is_not_looked_into_can_be_misspelled() {
    let verdict = of(2, TYPOS, "./README.md\n");
    assert_eq!((verdict.outcome, verdict.causes.len()), (Outcome::Fail, 3));
    assert_eq!(verdict.causes[2].file.as_deref(), Some("recieve.txt"));
}
