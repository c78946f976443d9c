//! What the gate of TOML's format says.

use crate::crew::lines;
use crate::evidence::{TAPLO_FAILED, TAPLO_PASSED, TOML_DIFFS};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "toml-format";

fn of(exit: i32, said: &str, diffs: &str) -> Verdict {
    Fixture::new(STAGE, exit, &[("toml.stderr", said), ("toml.diffs", diffs)]).judge()
}

#[test]
fn each_file_is_told_with_where_it_differs_or_cannot_be_read() {
    let verdict = of(1, TAPLO_FAILED, TOML_DIFFS);
    assert_eq!(Fixture::failing(STAGE).judge().summary, "1 file is not formatted");
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let unformatted = verdict.causes.iter().find(|it| it.code == Code::Unformatted);
    assert_eq!(unformatted.and_then(|it| it.detail.as_deref()), Some("lines 3, 5"));
    let passed = Fixture::passing(STAGE).judge();
    assert_eq!(passed.summary, "all files are formatted, 3 files of TOML");
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no taplo.toml");
}

#[test]
fn rules_that_are_not_understood_or_leave_all_files_out_are_no_verdict() {
    let ignored = format!("{TAPLO_PASSED} WARN taplo: invalid configuration file error=TOML\n");
    let none = TAPLO_PASSED.replace("excluded=1", "excluded=4");
    for (said, why) in [(ignored, "invalid configuration file"), (none, "looked into no file")] {
        let verdict = of(0, &said, "");
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
        assert!(verdict.summary.contains(why), "{}", verdict.summary);
    }
}

#[test]
fn words_that_the_exit_status_denies_are_no_verdict() {
    for (exit, said, diffs) in [
        (0, TAPLO_FAILED, ""),
        (0, TAPLO_PASSED, TOML_DIFFS),
        // It may have ended before it came to what is wrong.
        (1, TAPLO_PASSED, ""),
    ] {
        let verdict = of(exit, said, diffs);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
