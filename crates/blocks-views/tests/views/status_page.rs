//! The status as a page, and what is known of branches.

use std::collections::BTreeSet;

use blocks_gates::Outcome;
use blocks_history::{Point, Series, Unit};
use blocks_views::{BranchStatus, StatusPage, branches_json, status_html};
use roxmltree::{Document, ParsingOptions};

use crate::fixture::{run, verdict};
use crate::hostile_run;

fn series(name: &str, machine: &str, unit: Unit, values: &[(&str, f64)]) -> Series {
    let point = |(revision, value): &(&str, f64)| Point {
        revision: (*revision).to_owned(),
        date: format!("2026-11-{:02}T10:00:00Z", 10 + revision.len()),
        value: *value,
        interval: None,
        measurements: 1,
        toolchains: BTreeSet::new(),
    };
    Series {
        name: name.to_owned(),
        machine: machine.to_owned(),
        unit,
        points: values.iter().map(point).collect(),
    }
}

fn history() -> Vec<Series> {
    vec![
        series("outcome/fmt", "here", Unit::Passed, &[("a", 1.0), ("aa", 1.0), ("aaa", 1.0)]),
        series("outcome/test", "here", Unit::Passed, &[("a", 1.0), ("aaa", 1.0)]),
        // On another machine it failed.
        series("outcome/test", "nix", Unit::Passed, &[("aaa", 0.0), ("bbbb", 0.0)]),
        series("coverage/coverage", "here", Unit::Percent, &[("a", 90.0), ("aaa", 95.5)]),
        series("seconds/test", "here", Unit::Seconds, &[("a", 3.0), ("bbbb", 4.0)]),
    ]
}

fn branches(history: &[Series]) -> Vec<BranchStatus> {
    let of = |names: &[&str]| -> Vec<String> { names.iter().map(|it| (*it).to_owned()).collect() };
    let (main, topic, other) = (of(&["aaa", "x", "aa", "a"]), of(&["bbbb", "aa", "a"]), of(&["y"]));
    BranchStatus::all(history, [("main", &*main), ("topic", &*topic), ("other", &*other)])
}

/// The page without its style.
fn cut(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").expect("a style");
    let (_, after) = rest.split_once("</style>").expect("its end");
    let page = format!("{before}<style></style>{after}");
    page.lines()
        .filter(|line| !line.contains("Content-Security-Policy"))
        .map(|line| format!("{line}\n"))
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn branches_have_the_commits_that_something_is_known_of() {
    insta::assert_snapshot!(branches_json(&branches(&history())));
}

#[test]
fn the_page_shows_now_and_before() {
    let history = history();
    let branches = branches(&history);
    let verdicts = run();
    let page =
        StatusPage { name: "small", verdicts: &verdicts, branches: &branches, history: &history };
    let html = status_html(&page);
    assert!(!html.contains("<script"), "it needs no script");
    let picture = html.find("<svg class=\"plot\"").expect("a picture");
    assert!(html[picture..].contains("coverage/coverage"));
    assert!(
        !html.contains("seconds/test"),
        "one of its points is of another branch, and of one there is nothing to draw"
    );
    let text = cut(&html);
    let end = text.find("<svg class=\"plot\"").expect("a picture");
    insta::assert_snapshot!(&text[..end]);
}

#[test]
fn without_a_history_it_says_so_and_what_is_not_known_is_not_green() {
    let verdicts = [verdict("fmt", Outcome::Pass, ""), verdict("docs", Outcome::NoVerdict, "why")];
    let html =
        status_html(&StatusPage { name: "", verdicts: &verdicts, branches: &[], history: &[] });
    assert!(html.contains("<title>No verdict: status of the workspace</title>"), "{html}");
    assert!(html.contains("Nothing is known here of any commit"), "{html}");
    let nothing = status_html(&StatusPage { name: "", verdicts: &[], branches: &[], history: &[] });
    assert!(nothing.contains("Nothing was asked"), "{nothing}");
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let report = run.report();
    let texts: Vec<String> =
        report.verdicts[0].causes.iter().filter_map(|it| it.file.clone()).collect();
    let history: Vec<_> = texts
        .iter()
        .flat_map(|text| {
            let points = [(text.as_str(), 1.0), ("a", 0.0)];
            [
                series(&format!("outcome/{text}"), text, Unit::Passed, &points),
                series(text, text, Unit::Percent, &points),
            ]
        })
        .collect();
    let branches = BranchStatus::all(&history, texts.iter().map(|it| (it.as_str(), &*texts)));
    let page = StatusPage {
        name: report.name,
        verdicts: report.verdicts,
        branches: &branches,
        history: &history,
    };
    let html = status_html(&page);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let (head, rest) = html.split_once("<style>").expect("a style");
    let (_, rest) = rest.split_once("</style>").expect("its end");
    let whole = format!("{head}{rest}");
    let document = Document::parse_with_options(&whole, options).expect("well-formed");
    let known = ["script", "img", "iframe", "link", "base", "a", "object", "form"];
    let foreign = document.descendants().filter(|it| known.contains(&it.tag_name().name()));
    assert_eq!(foreign.count(), 0);
    let has_handler =
        |node: &roxmltree::Node<'_, '_>| node.attributes().any(|it| it.name().starts_with("on"));
    assert!(!document.descendants().any(|it| has_handler(&it)));
}
