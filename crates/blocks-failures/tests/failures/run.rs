//! What is read of a report, and what would be told of.

use blocks_failures::{LIMIT, Run, RunError};
use blocks_gates::Outcome;
use proptest::prelude::*;
use serde_json::{Value, json};

fn report() -> Value {
    json!({
        "schema": 1,
        "name": "small",
        "revision": null,
        "outcome": "fail",
        "verdicts": [],
        "failures": [{
            "signature": "0123456789abcdef",
            "kind": "code",
            "code": "lint",
            "stages": ["clippy"],
            "units": [],
            "message": "unused",
            "file": "a.rs",
            "line": 3,
            "detail": null,
            "repeat": "cargo clippy",
            "hint": null,
            "count": 2,
        }],
        "tests": [{"whatever": ["a newer", "program", "says"]}],
    })
}

fn parse(value: &Value) -> Result<Run, RunError> {
    Run::parse(value.to_string().as_bytes())
}

fn error(value: &Value) -> String {
    parse(value).expect_err("refused").to_string()
}

#[test]
fn a_report_is_read_and_what_is_of_no_use_is_passed_over() {
    let run = parse(&report()).expect("a report");
    assert_eq!(
        (run.name.as_str(), run.revision.as_deref(), run.outcome),
        ("small", None, Outcome::Fail)
    );
    let failure = &run.failures[0];
    assert_eq!((failure.message.as_str(), failure.count, failure.fault), ("unused", 2, None));
}

#[test]
fn what_is_no_report_is_refused_with_why() {
    let with = |key: &str, value: Value| {
        let mut report = report();
        report[key] = value;
        report
    };
    assert_eq!(
        error(&with("schema", json!(2))),
        "the report is of version 2, and this program understands version 1"
    );
    assert_eq!(
        error(&with("schema", json!(0))),
        "the report is of version 0, and this program understands version 1"
    );
    let mut older = report();
    older.as_object_mut().expect("an object").remove("failures");
    assert_eq!(
        error(&older),
        "the report lists no failures: an older cargo blocks wrote it, so write it again with this one"
    );
    let mut bad = report();
    bad["failures"][0]["signature"] = json!("0123");
    assert!(error(&bad).contains("a signature has 16 hexadecimal digits"), "{}", error(&bad));
    bad["failures"][0]["signature"] = json!("0123456789ABCDEF");
    assert!(error(&bad).contains("a signature has 16 hexadecimal digits"), "{}", error(&bad));
    for bad in
        [with("outcome", json!("good")), with("failures", json!(3)), with("verdicts", json!(null))]
    {
        assert!(
            error(&bad).starts_with("this is no report.json of cargo blocks: "),
            "{}",
            error(&bad)
        );
    }
    for text in
        ["", "{", "[]", "null", "{}", "\u{0}", "{\"schema\": \"1\"}", "{\"schema\": 99999999999}"]
    {
        let refused = Run::parse(text.as_bytes()).expect_err(text);
        assert!(matches!(refused, RunError::Malformed(_)), "{text}: {refused}");
    }
}

#[test]
fn a_report_has_a_limit() {
    let large = vec![b' '; LIMIT + 1];
    assert!(matches!(Run::parse(&large), Err(RunError::TooLarge)));
}

#[test]
fn a_report_that_nests_without_end_is_refused() {
    let deep = "[".repeat(100_000);
    let text = report().to_string().replace("\"whatever\"", &format!("\"x\":{deep},\"whatever\""));
    assert!(matches!(Run::parse(text.as_bytes()), Err(RunError::Malformed(_))));
}

fn stage(id: &str, outcome: &str, codes: &[&str], more: usize) -> Value {
    let causes: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
    json!({ "stage": id, "outcome": outcome, "summary": "", "causes": causes, "more_causes": more })
}

/// What tells all of its failures: one that is not there is over.
#[test]
fn only_a_stage_that_has_told_all_says_that_something_is_over() {
    let cases = [
        (stage("a", "pass", &[], 0), true),
        (stage("a", "not-applicable", &[], 0), true),
        (stage("a", "fail", &["lint"], 0), true),
        (stage("a", "no-verdict", &["no-answer"], 0), false),
        // What does not compile hides what is found in code that does.
        (stage("a", "fail", &["lint", "compile-error"], 0), false),
        (stage("a", "fail", &["test-failed", "no-answer"], 0), false),
        (stage("a", "fail", &["lint"], 1), false),
        (stage("b", "pass", &[], 0), false),
    ];
    for (stage, wanted) in cases {
        let mut report = report();
        report["verdicts"] = json!([stage]);
        let run = parse(&report).expect("a report");
        assert_eq!(run.would_tell_of(&["a".to_owned()]), wanted, "{stage}");
    }
}

#[test]
fn all_stages_of_a_failure_have_to_tell() {
    let mut report = report();
    report["verdicts"] = json!([stage("a", "pass", &[], 0), stage("b", "no-verdict", &[], 0)]);
    let run = parse(&report).expect("a report");
    let of = |stages: &[&str]| {
        run.would_tell_of(&stages.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    };
    assert!(of(&["a"]) && !of(&["a", "b"]) && !of(&["a", "gone"]) && !of(&[]));
}

proptest! {
    #[test]
    fn whatever_is_read_is_read_or_refused(at in 0_usize..900, byte in any::<u8>()) {
        let mut text = report().to_string().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        let _ = Run::parse(&text);
        let _ = Run::parse(&text[..at]);
    }
}
