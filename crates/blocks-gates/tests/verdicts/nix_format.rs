//! What the gate of the format of files says of Nix.

use crate::crew::lines;
use crate::evidence::{NIX_DIFFS, NIXFMT_FAILED, NIXFMT_PASSED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "nix-format";

fn of(exit: i32, said: &str, diffs: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("nixfmt.txt", said), ("nix.diffs", diffs)]).judge()
}

#[test]
fn each_file_is_told_with_where_it_differs_or_cannot_be_read() {
    let verdict = of(1, NIXFMT_FAILED, NIX_DIFFS);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let passed = Fixture::passing(STAGE).judge();
    assert_eq!(passed.summary, "all files are formatted, 2 files of Nix");
}

#[test]
fn without_nix_files_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no Nix file");
}

#[test]
fn no_file_and_what_the_tool_could_not_do_are_no_verdict() {
    let full = "=== 1 files\n=== a.nix ended with 1 in 1 lines\nis.nix: No space left on device (os error 28)\n";
    for (exit, said, why) in [
        (1, full, "nixfmt could not do all: a.nix: No space"),
        (0, "=== 0 files\n", "looked into no file"),
    ] {
        let verdict = of(exit, said, "");
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
        assert!(verdict.summary.contains(why), "{}", verdict.summary);
    }
}

#[test]
fn words_that_the_exit_status_denies_are_no_verdict() {
    for (exit, said, diffs) in
        [(0, NIXFMT_FAILED, ""), (0, NIXFMT_PASSED, NIX_DIFFS), (1, NIXFMT_PASSED, "")]
    {
        let verdict = of(exit, said, diffs);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
