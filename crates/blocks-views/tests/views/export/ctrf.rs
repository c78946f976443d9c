use blocks_gates::StageTests;
use blocks_views::ctrf;
use serde_json::Value;

use crate::{hostile_run, junit};

/// The keys that a test may have, as far as they are used here: the form allows no others.
const KEYS: [&str; 12] = [
    "testId",
    "name",
    "status",
    "duration",
    "suite",
    "message",
    "trace",
    "filePath",
    "line",
    "retries",
    "retryAttempts",
    "flaky",
];

fn report(stages: &[StageTests]) -> Value {
    let report: Value = serde_json::from_str(&ctrf(stages)).expect("JSON");
    let summary = &report["results"]["summary"];
    let count = |name: &str| summary[name].as_u64().expect("a count");
    let tests = report["results"]["tests"].as_array().expect("tests");
    let all = ["passed", "failed", "skipped", "pending", "other"].map(count);
    assert_eq!((all.iter().sum::<u64>(), count("tests")), (tests.len() as u64, tests.len() as u64));
    for test in tests {
        let keys = test.as_object().expect("a test").keys();
        assert!(keys.clone().all(|key| KEYS.contains(&key.as_str())), "{test}");
        assert!(test["name"].as_str().is_some_and(|name| !name.is_empty()), "{test}");
    }
    report
}

#[test]
fn tests_have_their_tries_and_what_is_no_test_is_no_pass() {
    let stages = junit::stages();
    report(&stages);
    insta::assert_snapshot!(ctrf(&stages));
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let report = report(run.report().tests);
    let shown = report.to_string();
    for character in ["\u{1b}", "\\u001b", "\\u0000", "\u{202e}"] {
        assert!(!shown.contains(character), "{character:?}");
    }
}
