//! Codes and the JSON form of verdicts are read by other programs.

use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome};
use std::collections::BTreeSet;

#[test]
fn codes_are_unique_described_and_known() {
    let ids: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
    let descriptions: BTreeSet<&str> = Code::ALL.iter().map(|code| code.description()).collect();
    assert_eq!(descriptions.len(), Code::ALL.len());
    assert!(descriptions.iter().all(|text| text.ends_with('.')));
    let list: Vec<String> =
        Code::ALL.iter().map(|code| format!("{code}: {}", code.description())).collect();
    insta::assert_snapshot!(list.join("\n"));
}

#[test]
fn codes_of_a_failure_come_first() {
    let order: Vec<bool> = Code::ALL.iter().map(|code| code.leaves_no_verdict()).collect();
    assert!(order.is_sorted() && order.iter().filter(|refuses| **refuses).count() == 16);
}

#[test]
fn a_code_is_written_like_its_id() {
    for code in Code::ALL {
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, format!("{:?}", code.id()));
        assert_eq!(serde_json::from_str::<Code>(&json).unwrap(), code);
    }
}

#[test]
fn outcomes_and_measures_are_written_in_kebab_case() {
    for (outcome, text) in [
        (Outcome::Pass, "\"pass\""),
        (Outcome::Fail, "\"fail\""),
        (Outcome::NoVerdict, "\"no-verdict\""),
        (Outcome::NotApplicable, "\"not-applicable\""),
    ] {
        assert_eq!(serde_json::to_string(&outcome).unwrap(), text);
    }
    let measure = Measure::Coverage { covered: 1, count: 2, threshold: 95.0 };
    let json = serde_json::to_string(&measure).unwrap();
    assert_eq!(json, r#"{"kind":"coverage","covered":1,"count":2,"threshold":95.0}"#);
}

#[test]
fn a_verdict_is_read_back_from_its_json() {
    let verdict = Fixture::failing("test").judge();
    let json = serde_json::to_string(&verdict).unwrap();
    assert_eq!(serde_json::from_str::<blocks_gates::Verdict>(&json).unwrap(), verdict);
}
