//! The report as a page and as JSON.

use std::collections::{BTreeMap, BTreeSet};

use blocks_evidence::{
    Coverage, FileCounts, FileCoverage, LineCounts, Outcome as TestOutcome, Test, Try,
};
use blocks_gates::{Cause, Code, Outcome, StageTests, UnitTests, Verdict};
use blocks_views::{Origin, Report, Versions, report_html, report_json};
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};

use crate::fixture::{cause, coverage, hostile, hostile_text, of_members, run, verdict};
use crate::{big_run, cost, history, hostile_run, junit, performance};

/// A report of nothing but these.
fn report<'a>(verdicts: &'a [Verdict], tests: &'a [StageTests]) -> Report<'a> {
    Report { name: "small", verdicts, tests, ..Report::default() }
}

/// The page without its style and its script, which are files of their own, and without what is computed of these.
fn cut(page: &str) -> String {
    let mut rest = page;
    let mut out = String::new();
    for (begin, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let (before, after) = rest.split_once(begin).expect("it begins");
        let (_, after) = after.split_once(end).expect("it ends");
        out += before;
        out += begin;
        out += end;
        rest = after;
    }
    out += rest;
    let is_policy = |line: &&str| line.contains("Content-Security-Policy");
    out.split_inclusive('\n').filter(|line| !is_policy(line)).collect()
}

fn lines() -> LineCounts {
    let file = |file: &str, lines: &[(u32, u64)]| FileCounts {
        file: file.to_owned(),
        lines: lines.to_vec(),
    };
    [
        file("crates/a/src/lib.rs", &[(1, 2), (3, 0), (5, 0), (9, 1), (12, 0)]),
        file("crates/b/src/lib.rs", &[(1, 1)]),
    ]
    .into_iter()
    .collect()
}

fn whole(inside: impl FnOnce(&Report<'_>)) {
    let tools = BTreeMap::from([("cargo-nextest".to_owned(), "0.9.140".to_owned())]);
    let toolchain = Versions { rustc: "rustc 1.95.0", cargo: "cargo 1.95.0", tools: &tools };
    let mut verdicts = [run(), of_members()].concat();
    for (verdict, stage) in verdicts[4..].iter_mut().zip(["features", "size", "clippy"]) {
        stage.clone_into(&mut verdict.stage);
    }
    verdicts.push(coverage(Outcome::Fail, 3, 6));
    let made = BTreeSet::from([("test".to_owned(), "workspace".to_owned())]);
    inside(&Report {
        revision: Some("0123456789abcdef0123456789abcdef01234567"),
        origin: Origin { sources: Some("sha256-0123"), toolchain: Some(toolchain) },
        baseline: None,
        lines: Some(&lines()),
        costs: &cost::costs(),
        compared: &performance::all(),
        history: &history::all()[1..2],
        made: Some(&made),
        ..report(&verdicts, &junit::stages())
    });
}

#[test]
fn a_page_has_all_that_is_known() {
    whole(|report| insta::assert_snapshot!(cut(&report_html(report))));
}

#[test]
fn a_report_for_programs_has_all_that_is_known() {
    whole(|report| insta::assert_snapshot!(report_json(report)));
}

#[test]
fn nothing_asked_is_never_passed() {
    let page = report_html(&report(&[], &[]));
    assert!(page.contains("No verdict</h1>"), "{page}");
    assert!(page.contains("Nothing was asked"), "{page}");
}

#[test]
fn what_it_comes_to_is_said_in_words() {
    use Outcome::{Fail, NoVerdict, NotApplicable, Pass};
    let of = |outcomes: &[Outcome]| {
        let verdicts: Vec<_> = outcomes.iter().map(|it| verdict("test", *it, "")).collect();
        let page = report_html(&report(&verdicts, &[]));
        let (_, after) = page.split_once("<p class=\"lead\">").expect("a sentence");
        after.split_once("</p>").expect("its end").0.to_owned()
    };
    assert_eq!(of(&[Pass]), "1 of 1 stage passes.");
    assert_eq!(of(&[Pass, NoVerdict]), "1 of 2 stages has no verdict, 1 passes.");
    assert_eq!(
        of(&[Fail, Fail, NotApplicable, NotApplicable, Pass]),
        "2 of 5 stages fail, 1 passes, 2 do not apply."
    );
}

#[test]
fn a_test_that_failed_is_told_once_and_has_its_anchor() {
    let failed = Test {
        message: "two is not one".to_owned(),
        output: "the output".to_owned(),
        ..test("a::it", "adds: all", TestOutcome::Failed)
    };
    let tests = [stage(vec![failed, test("a::it", "ok", TestOutcome::Passed)])];
    let told = Cause {
        detail: Some("the output".to_owned()),
        ..cause(Code::TestFailed, "a::it adds: all: two is not one")
    };
    let red = Verdict { causes: vec![told], ..verdict("test", Outcome::Fail, "1 failed") };
    let page = report_html(&report(&[red], &tests));
    assert_eq!(page.matches("the output").count(), 1, "{page}");
    let (_, after) = page.split_once("<li id=\"test-test-a::it-adds:_all-").expect("an anchor");
    assert!(after.split_once("</li>").expect("its end").0.contains("the output"), "{page}");
    assert!(page.contains("<li id=\"test-test-a::it-ok\">ok</li>"), "{page}");
    // Without a cause, which is one beyond those that a verdict lists, it is told among the tests.
    let page = report_html(&report(&[verdict("test", Outcome::Fail, "1 failed")], &tests));
    assert_eq!(page.matches("the output").count(), 1, "{page}");
}

#[test]
fn a_cause_names_the_other_stages_that_fail_for_it() {
    let of = |stage: &str, message: &str| Verdict {
        causes: vec![cause(Code::CompileError, message)],
        ..verdict(stage, Outcome::Fail, "1 error")
    };
    let shared = [of("clippy", "mismatched types"), of("<te>", "mismatched types")];
    let page = report_html(&report(&shared, &[]));
    assert!(page.contains(">also fails: &lt;te&gt;</p>"), "{page}");
    assert!(page.contains(">also fails: clippy</p>"), "{page}");
    let alone = [of("clippy", "mismatched types"), of("test", "another")];
    assert!(!report_html(&report(&alone, &[])).contains("also fails"));
}

#[test]
fn the_order_of_tests_and_of_costs_does_not_matter() {
    let (mut tests, mut costs) = (junit::stages(), cost::costs());
    let verdicts = run();
    let one = report_html(&Report { costs: &costs, ..report(&verdicts, &tests) });
    tests[0].units[0].tests.reverse();
    costs.reverse();
    let other = Report { costs: &costs, ..report(&verdicts, &tests) };
    assert_eq!(one, report_html(&other));
}

#[test]
fn a_large_run_fits() {
    let run = big_run::Run::new();
    let page = report_html(&run.report());
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(!page.contains("has no room"), "all of it is there");
    assert_eq!(page.matches(" id=\"test-test-").count(), 3000, "each test has its place");
    assert_eq!(page.matches("visit https://rust-lang.github.io").count(), 400);
    well_formed(&page);
}

#[test]
fn what_has_no_room_is_told_and_a_page_stays_small() {
    let long = "a line of output\n".repeat(400);
    let failed = |at: usize| Test {
        output: long.clone(),
        ..test("a", &format!("{}{at}", "t".repeat(2000)), TestOutcome::Failed)
    };
    let tests = [stage((0..3000).map(failed).collect())];
    let page = report_html(&report(&[verdict("test", Outcome::Fail, "3000 failed")], &tests));
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(page.contains("this page has no room for more output"));
    assert!(page.contains("more are not shown: report.json"));
    well_formed(&page);
}

#[test]
fn causes_without_room_are_counted() {
    let one = Cause { detail: Some("d".repeat(8000)), ..cause(Code::Lint, &"m".repeat(2000)) };
    let red = Verdict { causes: vec![one; 5000], ..verdict("clippy", Outcome::Fail, "5000 lints") };
    let page = report_html(&report(&[red], &[]));
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    let shown = page.matches(&"m".repeat(2000)).count();
    assert!(page.contains(&format!("{} more are not shown", 5000 - shown)), "{shown}");
    well_formed(&page);
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let page = report_html(&run.report());
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(cut(&page).contains("&lt;script&gt;window.planted=1&lt;/script&gt;"));
    well_formed(&page);
}

fn test(binary: &str, name: &str, outcome: TestOutcome) -> Test {
    Test {
        binary: binary.to_owned(),
        name: name.to_owned(),
        outcome,
        flaky: false,
        tries: Vec::<Try>::new(),
        kind: String::new(),
        message: String::new(),
        place: None,
        output: String::new(),
        sanitizer: None,
        seconds: None,
    }
}

fn stage(tests: Vec<Test>) -> StageTests {
    let units = vec![UnitTests { unit: "a".to_owned(), tests, others: Vec::new() }];
    StageTests { stage: "test".to_owned(), units, not_applicable: None }
}

/// Reads the page back with a parser that goes on after no fault, and looks for what only the program itself writes.
fn well_formed(page: &str) {
    let page = cut(page);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&page, options).expect("it is well-formed");
    let nodes = || document.descendants().filter(Node::is_element);
    let ids: Vec<_> = nodes().filter_map(|it| it.attribute("id")).collect();
    let known: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "no place is there twice");
    for node in nodes() {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "{name}");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(ATTRIBUTES.contains(&name), "{name}");
            let leads_here = || value.strip_prefix('#').is_some_and(|it| known.contains(it));
            assert!(name != "href" || value == "report.json" || leads_here(), "{value}");
        }
    }
    assert!(page.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'), "{page}");
    assert!(!page.contains(['\u{202e}', '\u{200b}', '\u{2066}', '\u{feff}']), "{page}");
}

const ELEMENTS: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "section", "nav",
    "footer", "script", "div", "p", "h1", "h2", "h3", "h4", "i", "b", "ul", "li", "span", "small",
    "code", "pre", "bdi", "article", "details", "summary", "table", "thead", "tbody", "tr", "th",
    "td", "svg", "rect", "dl", "dt", "dd", "g", "text", "path", "line", "circle", "polyline",
    "polygon", "desc",
];

const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "title",
    "role",
    "aria-label",
    "aria-hidden",
    "scope",
    "open",
    "tabindex",
    "colspan",
    "width",
    "height",
    "viewBox",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "d",
    "points",
    "text-anchor",
    "transform",
];

prop_compose! {
    fn any_lines()(files in prop::collection::vec((hostile_text(), prop::collection::vec(0..3_u64, 0..9)), 0..3)) -> LineCounts {
        let numbered = |counts: Vec<u64>| (1..).zip(counts).collect();
        files.into_iter().map(|(file, counts)| FileCounts { file, lines: numbered(counts) }).collect()
    }
}

proptest! {
    #[test]
    fn whatever_comes_in_nothing_leaves_its_place(
        verdicts in prop::collection::vec(hostile(), 0..3),
        tests in prop::collection::vec(junit::any_stage(), 0..3),
        lines in any_lines(),
        name in hostile_text(),
        version in hostile_text(),
    ) {
        // The table has no name of a stage twice.
        let mut verdicts = verdicts;
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            verdict.stage.insert_str(0, &at.to_string());
        }
        let tools = BTreeMap::from([(name.clone(), version.clone())]);
        let versions = Versions { rustc: &version, cargo: &version, tools: &tools };
        let one = Report {
            name: &name,
            revision: Some(&version),
            origin: Origin { sources: Some(&version), toolchain: Some(versions) },
            baseline: None,
            lines: Some(&lines),
            ..report(&verdicts, &tests)
        };
        well_formed(&report_html(&one));
        let json: serde_json::Value = serde_json::from_str(&report_json(&one)).expect("JSON");
        prop_assert_eq!(&json["name"], &serde_json::Value::from(name.as_str()));
    }
}

#[test]
fn what_is_compared_with_a_baseline_has_a_part_of_its_own() {
    let verdicts = [coverage(Outcome::Fail, 9, 10), verdict("fmt", Outcome::Pass, "all")];
    let of = |baseline| report_html(&Report { baseline, ..report(&verdicts, &[]) });
    let page = of(Some("main (1a2b3c4)"));
    let (_, part) = page.split_once("<h2>Against the baseline</h2>").expect("the part");
    let (part, _) = part.split_once("</section>").expect("its end");
    assert!(
        part.contains("<code>main (1a2b3c4)</code>") && part.contains("#stage-coverage"),
        "{part}"
    );
    assert!(!part.contains("#stage-fmt"), "what does not compare is not there: {part}");
    assert!(!of(None).contains("Against the baseline"));
}

#[test]
fn the_lines_of_a_patch_that_no_test_runs_are_named() {
    let file = |file: &str, covered: &[u32], uncovered: &[u32]| FileCoverage {
        file: file.to_owned(),
        covered: covered.to_vec(),
        uncovered: uncovered.to_vec(),
    };
    let patch: Coverage =
        [file("a.rs", &[1, 9], &[3, 4, 5, 8]), file("b.rs", &[2], &[]), file("c.rs", &[], &[])]
            .into_iter()
            .collect();
    let verdicts = [coverage(Outcome::Pass, 9, 10)];
    let with = |patch| Report { patch, ..report(&verdicts, &[]) };
    let page = report_html(&with(Some(&patch)));
    assert!(
        page.contains("Tests run 3 of 7 lines that are new or changed since the baseline."),
        "{page}"
    );
    assert!(page.contains("a.rs: not 3\u{2013}5, 8") && !page.contains("b.rs"), "{page}");
    let nothing: Coverage = [file("c.rs", &[], &[])].into_iter().collect();
    assert!(
        report_html(&with(Some(&nothing))).contains("No line that holds code is new or changed")
    );
    assert!(!report_html(&with(None)).contains("Of the patch"));
    let json: serde_json::Value =
        serde_json::from_str(&report_json(&with(Some(&patch)))).expect("JSON");
    assert_eq!(
        json["patch"][0],
        serde_json::json!({"file": "a.rs", "covered": [1, 9], "missed": [3, 4, 5, 8]})
    );
    assert_eq!(json["patch"].as_array().map(Vec::len), Some(2));
}
