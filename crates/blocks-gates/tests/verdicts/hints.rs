//! What is told beyond what a tool says.

use crate::crew::Crew;
use crate::evidence::*;
use crate::fixture::Fixture;
use blocks_gates::Verdict;

const MISSING: &str = "couldn't read `a/src/../../x.txt`: No such file or directory (os error 2)";

fn hints(verdict: &Verdict) -> Vec<&str> {
    verdict.causes.iter().filter_map(|cause| cause.hint.as_deref()).collect()
}

/// The verdict on a test record of a member that Nix made, or the host.
fn of(sources: &str, exit: i32, files: &[(&str, &str)]) -> Verdict {
    let change = |record: &mut blocks_records::Record| sources.clone_into(&mut record.sources);
    Crew::new("test").with_record("my-app", exit, files, change).judge()
}

#[test]
fn a_file_that_the_sandbox_does_not_have_is_hinted_at() {
    let log = COMPILE_ERROR.replace("mismatched types", MISSING);
    let verdict = of("nix-abc", 101, &[("log", &log)]);
    assert_eq!(
        hints(&verdict),
        [
            "in the sandbox a member sees its own folder and those of its dependencies: if it reads this file from elsewhere, name it under members.my-app.files in .github/pipeline-config.yml"
        ]
    );
    assert!(hints(&of("sha256-abc", 101, &[("log", &log)])).is_empty(), "the host has all files");
    assert!(hints(&of("nix-abc", 101, &[("log", COMPILE_ERROR)])).is_empty());
}

#[test]
fn a_test_that_panics_over_a_missing_file_is_hinted_at() {
    for text in [
        "called `Result::unwrap()` on an `Err` value: Os { code: 2, kind: NotFound, message: &quot;No such file or directory&quot; }",
        "cannot open x: No such file or directory (os error 2)",
    ] {
        let junit = JUNIT_FAILED.replace("assertion `left == right` failed", text);
        let verdict = of("nix-abc", 100, &[("junit.xml", &junit)]);
        assert_eq!(hints(&verdict).len(), 1, "{verdict:?}");
    }
    let printed = JUNIT_FAILED.replace(">hi<", ">No such file or directory (os error 2)<");
    assert_eq!(hints(&of("nix-abc", 100, &[("junit.xml", &printed)])).len(), 1);
}

/// The hints about a record over the whole workspace.
fn of_workspace(sources: &str, log: &str) -> Vec<String> {
    let mut fixture = Fixture::new("test", 101, &[("log", log)]);
    sources.clone_into(&mut fixture.record.sources);
    fixture.save();
    hints(&fixture.judge_as("workspace", None)).into_iter().map(str::to_owned).collect()
}

#[test]
fn all_members_in_one_record_miss_files_like_one() {
    let log = COMPILE_ERROR.replace("mismatched types", MISSING);
    let named = of_workspace("nix-abc", &log);
    assert!(named[0].contains("members.b.files"), "the compiler names the member: {named:?}");
    let nameless = log.replace("could not compile `b` (lib)", "aborting");
    let hints = of_workspace("nix-abc", &nameless);
    assert!(hints[0].contains("members.<package>.files"), "nobody names it: {hints:?}");
    assert!(of_workspace("sha256-abc", &log).is_empty(), "the host has all files");
}
