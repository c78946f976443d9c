//! What the gate of unused names in Nix says.

use crate::crew::lines;
use crate::evidence::{DEADNIX, NIX_FILES};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "nix-lint";

fn of(exit: i32, text: &str, files: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("deadnix.jsonl", text), ("files.txt", files)]).judge()
}

#[test]
fn each_unused_name_and_each_file_that_is_no_nix_is_told_with_its_place() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(Fixture::passing(STAGE).judge().summary, "no unused name in 3 files");
}

#[test]
fn a_file_that_is_no_nix_is_never_clean() {
    let line = DEADNIX.lines().next().unwrap_or_default();
    let verdict = of(1, &format!("{line}\n"), NIX_FILES);
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::SyntaxError));
    assert_eq!(verdict.summary, "1 syntax error in 3 files");
}

#[test]
fn without_nix_files_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no Nix file");
}

#[test]
fn a_tool_that_looked_into_nothing_is_no_verdict() {
    let verdict = of(0, "", "");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    assert!(verdict.summary.contains("deadnix looked into no file"), "{}", verdict.summary);
}

#[test]
fn words_that_the_exit_status_or_the_list_denies_are_no_verdict() {
    for (exit, text, files) in
        [(0, DEADNIX, NIX_FILES), (1, "", NIX_FILES), (1, DEADNIX, "./flake.nix\n")]
    {
        let verdict = of(exit, text, files);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
