//! What the gate of documentation coverage says.

use crate::crew::{Crew, lines};
use crate::evidence::{DOCS_COUNTED, DOCS_STDERR, DOCS_STDERR_FAILED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome};

fn counted(jsonl: &str, stderr: &str) -> Fixture {
    Fixture::new(
        "doc-coverage",
        0,
        &[("doc-coverage.jsonl", jsonl), ("doc-coverage.stderr", stderr)],
    )
}

fn wanting(percent: &str) -> Fixture {
    let mut fixture = Fixture::passing("doc-coverage");
    fixture.config.test.doc_coverage_threshold = percent.parse().unwrap();
    fixture
}

#[test]
fn the_share_is_told_and_nothing_is_wanted_unless_it_is_said() {
    let verdict = Fixture::passing("doc-coverage").judge();
    assert_eq!(verdict.summary, "50.0 % of items documented, 25.0 % with examples, not compared");
    let measure = Measure::Documentation {
        documented: 5,
        count: 10,
        with_examples: 1,
        example_items: 4,
        threshold: 0.0,
        is_compared: false,
    };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn each_package_has_to_reach_the_threshold_for_itself() {
    // a has 3 of 8, b all: together 5 of 10.
    assert_eq!(wanting("37.5").judge().outcome, Outcome::Pass);
    let verdict = wanting("37.500001").judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 member below 37.500001 %, 50.0 % of items documented, 25.0 % with examples, not compared
    a: a/src/deep.rs:7 doc-coverage-below-threshold: a: 3 of 8 items are documented, 37.5 % (37.500001 % wanted)
    ");
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap(), @r"
    a/src/deep.rs:7: missing documentation for a struct
    a/src/deep.rs:7: missing documentation for a struct field
    a/src/lib.rs:25: missing documentation for a constant
    ");
}

#[test]
fn of_crates_that_allow_the_lint_files_are_named() {
    let stderr = " Documenting a v0.1.0 (/workspace/a)\n Documenting b v0.1.0 (/workspace/b)\n";
    let mut fixture = counted(DOCS_COUNTED, stderr);
    fixture.config.test.doc_coverage_threshold = "50".parse().unwrap();
    let verdict = fixture.judge();
    assert_eq!(verdict.causes[0].file.as_deref(), Some("a/src/deep.rs"));
    assert_eq!(verdict.causes[0].line, None);
    insta::assert_snapshot!(verdict.causes[0].detail.as_deref().unwrap(), @r"
    a/src/deep.rs: 4 of 4 items without documentation
    a/src/lib.rs: 1 of 4 items without documentation
    ");
}

#[test]
fn members_are_judged_and_added_up() {
    let of_b = r#"{"b/src/lib.rs":{"total":2,"with_docs":1,"total_examples":0,"with_examples":0}}"#;
    let stderr = " Documenting b v0.1.0 (/workspace/b)\n";
    let mut crew = Crew::passing("doc-coverage", &["a"]).with(
        "b",
        0,
        &[("doc-coverage.jsonl", of_b), ("doc-coverage.stderr", stderr)],
    );
    assert_eq!(
        crew.judge().summary,
        "50.0 % of items documented, 25.0 % with examples, not compared"
    );
    crew.config.test.doc_coverage_threshold = "60".parse().unwrap();
    let verdict = crew.judge();
    assert_eq!(verdict.causes.len(), 2);
    assert_eq!(
        verdict.summary,
        "2 members below 60 %, 50.0 % of items documented, 25.0 % with examples, not compared"
    );
    let broken = crew.with_failing("c").judge();
    assert!(broken.summary.starts_with("1 compile error, 2 members below"), "{}", broken.summary);
}

#[test]
fn a_package_below_another_has_its_own_files() {
    let jsonl = concat!(
        r#"{"src/lib.rs":{"total":1,"with_docs":0,"total_examples":0,"with_examples":0}}"#,
        "\n",
        r#"{"tools/src/lib.rs":{"total":1,"with_docs":1,"total_examples":0,"with_examples":0}}"#,
    );
    let stderr =
        " Documenting root v0.1.0 (/workspace)\n Documenting tools v0.1.0 (/workspace/tools)\n";
    let mut fixture = counted(jsonl, stderr);
    fixture.config.test.doc_coverage_threshold = "100".parse().unwrap();
    let verdict = fixture.judge();
    assert_eq!(verdict.causes.len(), 1);
    assert!(verdict.causes[0].message.starts_with("root: 0 of 1 items"), "{verdict:?}");
}

#[test]
fn documentation_that_is_not_built_fails_by_its_errors() {
    let verdict = Fixture::failing("doc-coverage").judge();
    assert_eq!(verdict.summary, "the documentation is not built: 1 compile error");
    assert_eq!(verdict.causes[0].code, Code::CompileError);
    assert_eq!(verdict.causes[0].file.as_deref(), Some("a/src/lib.rs"));
}

#[test]
fn counts_that_are_missing_are_no_verdict() {
    let one = DOCS_COUNTED.lines().next().unwrap();
    for (jsonl, stderr, said) in [
        (one, DOCS_STDERR, "1 of 2 packages have left counts"),
        ("", DOCS_STDERR, "0 of 2 packages have left counts"),
        (DOCS_COUNTED, "", "2 of 0 packages have left counts"),
        (
            "",
            "   Generated /workspace/target/doc/a/index.html\n",
            "cargo made pages, which is no count",
        ),
    ] {
        let verdict = counted(jsonl, stderr).judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts);
        assert!(verdict.summary.ends_with(said), "{}", verdict.summary);
    }
    let two_of_a = format!(
        "{one}\n{{\"a/src/main.rs\":{{\"total\":1,\"with_docs\":1,\"total_examples\":0,\"with_examples\":0}}}}"
    );
    let verdict = counted(&two_of_a, DOCS_STDERR).judge();
    assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    assert!(verdict.summary.ends_with("b has left no counts"), "{}", verdict.summary);
    let fault = DOCS_STDERR_FAILED
        .replace("error: could not document `a`", "error: No space left on device (os error 28)");
    let files = [("doc-coverage.jsonl", ""), ("doc-coverage.stderr", fault.as_str())];
    assert_eq!(Fixture::new("doc-coverage", 101, &files).judge().outcome, Outcome::NoVerdict);
}

#[test]
fn where_nothing_can_be_documented_there_is_nothing_to_ask() {
    let verdict = counted("", "    Finished `dev` profile target(s) in 0.01s\n").judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is nothing to document");
}
