use std::collections::BTreeMap;

use blocks_views::{Origin, Versions, status_json};
use proptest::prelude::*;
use serde_json::Value;

use crate::cost::costs;
use crate::fixture::{coverage, hostile, of_members, run};

#[test]
fn the_status_holds_everything_in_a_fixed_order() {
    let tools = BTreeMap::from([("cargo-nextest".to_owned(), "0.9.143".to_owned())]);
    let versions = Versions { rustc: "rustc 1.95.0", cargo: "cargo 1.95.0", tools: &tools };
    let origin = Origin { sources: Some("sha256-00ff"), toolchain: Some(versions) };
    let mut verdicts = run();
    verdicts.push(coverage(blocks_gates::Outcome::Pass, 97, 100));
    insta::assert_snapshot!(status_json(&verdicts, &origin, &costs()));
}

#[test]
fn the_status_of_members_has_each_of_them() {
    let verdicts = [of_members().remove(1)];
    insta::assert_snapshot!(status_json(&verdicts, &Origin::default(), &[]));
}

#[test]
fn the_status_lists_fifty_causes_and_counts_the_others() {
    let mut verdict = run().into_iter().find(|it| !it.causes.is_empty()).expect("a failure");
    verdict.causes = vec![verdict.causes.remove(0); 60];
    verdict.more_causes = 3;
    let status = status_json(&[verdict], &Origin::default(), &[]);
    let status: Value = serde_json::from_str(&status).expect("JSON");
    let verdict = &status["verdicts"][0];
    assert_eq!(
        (verdict["causes"].as_array().map(Vec::len), &verdict["more_causes"]),
        (Some(50), &13.into())
    );
}

#[test]
fn the_status_of_nothing_is_no_verdict() {
    insta::assert_snapshot!(status_json(&[], &Origin::default(), &[]), @r#"
    {
      "schema": 1,
      "outcome": "no-verdict",
      "sources": null,
      "toolchain": null,
      "verdicts": [],
      "cost": []
    }
    "#);
}

proptest! {
    #[test]
    fn texts_come_back_as_they_were(verdict in hostile()) {
        let text = status_json(std::slice::from_ref(&verdict), &Origin::default(), &[]);
        prop_assert_eq!(text.chars().last(), Some('\n'));
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let shown = &value["verdicts"][0];
        prop_assert_eq!(shown["summary"].as_str(), Some(verdict.summary.as_str()));
        prop_assert_eq!(shown["causes"].as_array().map(Vec::len), Some(verdict.causes.len()));
        prop_assert_eq!(shown["units"].as_array().map(Vec::len), Some(verdict.units.len()));
        let first = verdict.causes.first();
        let hint = first.and_then(|cause| cause.hint.as_deref());
        prop_assert_eq!(shown["causes"][0]["hint"].as_str(), hint);
        prop_assert_eq!(shown["seconds"].is_null(), !verdict.seconds.is_finite());
    }
}
