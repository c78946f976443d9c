use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_views::sarif;
use proptest::prelude::*;
use serde_json::Value;

use crate::fixture::{cause, hostile, of_members, run, verdict};
use crate::hostile_run;

fn log(verdicts: &[Verdict]) -> Value {
    serde_json::from_str(&sarif(verdicts, "")).expect("JSON")
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("a list")
}

fn invocation(log: &Value) -> &Value {
    &log["runs"][0]["invocations"][0]
}

/// What GitHub and the standard want of each result.
fn check(log: &Value) {
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results(log) {
        let index = result["ruleIndex"].as_u64().and_then(|it| usize::try_from(it).ok());
        assert_eq!(rules[index.expect("an index")]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64() >= Some(1), "{place}");
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        let allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@%".contains(&byte);
        assert!(uri.strip_prefix("file:").unwrap_or(uri).bytes().all(allowed), "{uri}");
        let is_inside = place["artifactLocation"]["uriBaseId"] == "%SRCROOT%";
        assert_eq!(is_inside, !uri.starts_with("file:"), "{uri}");
        let rule = &rules[index.unwrap_or_default()];
        for said in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[said]["text"].as_str().is_some_and(|it| !it.is_empty()), "{rule}");
        }
        for text in [&result["message"]["text"], &result["properties"]["detail"]] {
            assert_is_plain(text.as_str().unwrap_or_default());
        }
    }
    let notifications = invocation(log)["toolExecutionNotifications"].as_array().expect("a list");
    for notification in notifications {
        assert_is_plain(notification["message"]["text"].as_str().expect("a text"));
    }
}

/// Viewers make a link of `[…](…)`, and not all of them know that a backslash says that it is none.
fn assert_is_plain(text: &str) {
    assert!(!text.contains("]("), "{text}");
    assert!(text.len() < 70_000, "{}", text.len());
    assert!(text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{text:?}");
    assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{feff}']), "{text:?}");
}

#[test]
fn each_cause_of_a_failure_is_a_result_and_no_verdict_is_a_notification() {
    let mut verdicts = run();
    verdicts.push(of_members().remove(0));
    let text = sarif(&verdicts, "");
    check(&log(&verdicts));
    insta::assert_snapshot!(text);
}

#[test]
fn only_a_run_in_which_all_is_known_was_successful() {
    let of = |outcomes: &[Outcome]| {
        let all: Vec<_> = outcomes.iter().map(|it| verdict("fmt", *it, "so")).collect();
        let log = log(&all);
        (
            invocation(&log)["executionSuccessful"].as_bool(),
            invocation(&log)["toolExecutionNotifications"].as_array().map(Vec::len),
        )
    };
    assert_eq!(of(&[Outcome::Pass, Outcome::NotApplicable]), (Some(true), Some(0)));
    // Also where a gate says no more than that: no result would look like no fault.
    assert_eq!(of(&[Outcome::Fail]), (Some(false), Some(1)));
    assert_eq!(of(&[Outcome::Pass, Outcome::NoVerdict]), (Some(false), Some(1)));
    assert_eq!(of(&[]), (Some(false), Some(0)));
}

#[test]
fn a_finding_is_the_same_one_where_lines_and_numbers_moved() {
    let of = |line, message: &str| Cause {
        file: Some("src/lib.rs".to_owned()),
        line: Some(line),
        ..cause(Code::Lint, message)
    };
    let prints = |causes: Vec<Cause>| -> Vec<String> {
        let log = log(&[Verdict { causes, ..verdict("clippy", Outcome::Fail, "") }]);
        let of =
            |it: &Value| it["partialFingerprints"]["blocksCause/v1"].as_str().map(str::to_owned);
        results(&log).iter().filter_map(of).collect()
    };
    let before = prints(vec![of(3, "took 12 ms"), of(9, "took 1 ms"), of(9, "is long")]);
    let after = prints(vec![of(4, "took 9 ms"), of(30, "took 99 ms"), of(31, "is long")]);
    assert_eq!(before, after);
    assert!(before[0].ends_with(":1") && before[1].ends_with(":2"), "{before:?}");
    let other = Verdict { causes: vec![of(3, "took 12 ms")], ..verdict("docs", Outcome::Fail, "") };
    let other =
        log(&[other])["runs"][0]["results"][0]["partialFingerprints"]["blocksCause/v1"].clone();
    assert_ne!(other, before[0]);
}

#[test]
fn what_is_beyond_what_viewers_take_is_counted() {
    let causes = vec![cause(Code::Lint, "a lint"); 5_000];
    let one = Verdict { causes, more_causes: 7, ..verdict("clippy", Outcome::Fail, "") };
    let log = log(&vec![one; 6]);
    assert_eq!(results(&log).len(), 25_000);
    let told = &invocation(&log)["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(told, "5042 more are not listed");
}

#[test]
fn a_text_is_no_link() {
    let cause = cause(Code::Lint, "[see](https://planted.example) [a\\](b)");
    let log = log(&[Verdict { causes: vec![cause], ..verdict("clippy", Outcome::Fail, "") }]);
    check(&log);
    let said = &results(&log)[0]["message"]["text"];
    assert_eq!(said, "[see]\u{200b}(https://planted.example) [a\\]\u{200b}(b)");
}

#[test]
fn findings_that_are_of_no_line_are_told_apart_by_what_they_say() {
    let bare = |message| cause(Code::Lint, message);
    let at = Cause { file: Some("src/lib.rs".to_owned()), line: Some(3), ..bare("at a line") };
    let causes = vec![bare("one crate"), bare("other crate"), at];
    let log = log(&[Verdict { causes, ..verdict("deps", Outcome::Fail, "") }]);
    let prints = |at: usize| &results(&log)[at]["partialFingerprints"];
    let hash = |at: usize| prints(at)["primaryLocationLineHash"].as_str();
    assert!(hash(0).is_some() && hash(1).is_some() && hash(0) != hash(1), "{log}");
    // Who uploads it hashes the line itself.
    assert_eq!(hash(2), None);
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let log = log(run.report().verdicts);
    check(&log);
    assert_eq!(results(&log).len(), run.report().verdicts[0].causes.len());
}

proptest! {
    #[test]
    fn any_texts_make_a_log(verdicts in prop::collection::vec(hostile(), 0..4)) {
        check(&log(&verdicts));
    }
}

#[test]
fn files_are_called_from_the_root_of_the_repository() {
    let log: Value = serde_json::from_str(&sarif(&run(), "rust/tools")).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "blocks/rust/tools/");
    let uris: Vec<_> = run["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|it| {
            it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                .as_str()
                .expect("a file")
        })
        .collect();
    assert!(!uris.is_empty() && uris.iter().all(|it| it.starts_with("rust/tools/")), "{uris:?}");
}
