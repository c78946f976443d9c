//! What the gate of unused dependencies says.

use crate::crew::lines;
use crate::evidence::{MACHETE_DONE, MACHETE_FOUND, MACHETE_NONE, METADATA};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "unused-deps";

fn of(exit: i32, text: &str, said: &str) -> Verdict {
    let files = [("metadata.json", METADATA), ("unused.txt", text), ("unused.stderr", said)];
    Fixture::new(STAGE, exit, &files).judge()
}

#[test]
fn each_dependency_that_no_code_names_is_told_with_its_manifest() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(Fixture::passing(STAGE).judge().summary, "all normal dependencies are used");
}

#[test]
fn packages_that_are_no_members_are_not_asked_for() {
    let other = MACHETE_FOUND.replace("./my-lib/", "./fuzz/");
    assert_eq!(of(1, &other, MACHETE_DONE).outcome, Outcome::Pass);
}

#[test]
fn a_manifest_that_was_not_read_is_no_verdict() {
    let said = format!("error when handling ./my-lib/Cargo.toml: no\n{MACHETE_DONE}");
    let verdict = of(0, MACHETE_NONE, &said);
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    let other = format!("error when handling ./fuzz/Cargo.toml: no\n{MACHETE_DONE}");
    assert_eq!(of(0, MACHETE_NONE, &other).outcome, Outcome::Pass);
}

#[test]
fn a_member_where_the_tool_does_not_look_is_no_verdict() {
    for folder in ["/workspace/.ci/my-lib", "/workspace/target/my-lib", "/elsewhere"] {
        let metadata =
            METADATA.replace("/workspace/my-lib/Cargo.toml", &format!("{folder}/Cargo.toml"));
        let files = [
            ("metadata.json", metadata.as_str()),
            ("unused.txt", MACHETE_NONE),
            ("unused.stderr", MACHETE_DONE),
        ];
        let verdict = Fixture::new(STAGE, 0, &files).judge();
        assert_eq!(verdict.causes[0].code, Code::NoAnswer, "{folder}: {verdict:?}");
    }
}

#[test]
fn words_that_the_exit_status_denies_are_no_verdict() {
    for (exit, text, said) in [
        (0, MACHETE_FOUND, MACHETE_DONE),
        (1, MACHETE_NONE, MACHETE_DONE),
        (0, MACHETE_NONE, "Analyzing\n"),
    ] {
        let verdict = of(exit, text, said);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
