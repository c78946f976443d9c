//! What is told of failures, in each form of it.

use blocks_failures::{Failure, Fault, Run, failures};
use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_views::{
    COMMENT, FailureReport, MAIL, Report, TERMINAL, failure_html, failure_markdown, failure_text,
    failure_title, report_json,
};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::fixture::{cause, hostile, hostile_text, run, verdict};
use crate::hostile_run;

/// A failure of two stages and members, and one of the machine.
fn some() -> Vec<Failure> {
    let of = |unit: &str, stage: &str| {
        let lint = Cause {
            file: Some("crates/a/src/lib.rs".to_owned()),
            line: Some(7),
            unit: Some(unit.to_owned()),
            detail: Some("error[E0308]: mismatched types\n --> src/lib.rs:7:5\n".to_owned()),
            hint: Some("change the type".to_owned()),
            ..cause(Code::CompileError, "mismatched types (E0308)")
        };
        Verdict {
            causes: vec![lint],
            repeat: Some(format!("cargo {stage} --workspace")),
            ..verdict(stage, Outcome::Fail, "1 error")
        }
    };
    let killed = Verdict {
        causes: vec![cause(Code::NoAnswer, "the step ended")],
        ..verdict("miri", Outcome::NoVerdict, "no answer")
    };
    let unused = Verdict {
        causes: vec![cause(Code::Lint, "unused variable: `x`"); 3],
        ..verdict("clippy", Outcome::Fail, "3 lints")
    };
    failures(&[of("a", "build"), of("b", "test"), killed, unused])
}

fn of_run() -> (Vec<Verdict>, Vec<Failure>) {
    let verdicts = run();
    let failed = failures(&verdicts);
    (verdicts, failed)
}

#[test]
fn a_failure_is_told_with_all_that_a_person_needs() {
    let failures = some();
    let report = FailureReport::of(&failures);
    insta::assert_snapshot!("markdown", failure_markdown(&report, COMMENT));
    insta::assert_snapshot!("html", failure_html(&report, MAIL));
    insta::assert_snapshot!("text", failure_text(&report, usize::MAX));
}

#[test]
fn a_run_is_told_with_what_is_red() {
    let (verdicts, failed) = of_run();
    let shown = Report {
        name: "small",
        revision: Some("0123456789abcdef"),
        verdicts: &verdicts,
        ..Report::default()
    };
    let whole = Some("report.html has all of it");
    let report =
        FailureReport { branch: Some("main"), whole, ..FailureReport::of_report(&shown, &failed) };
    insta::assert_snapshot!("run_markdown", failure_markdown(&report, COMMENT));
    insta::assert_snapshot!("run_text", failure_text(&report, TERMINAL));
}

#[test]
fn what_is_read_back_is_told_as_what_was_found() {
    let (verdicts, failed) = of_run();
    // A report read back does not know the unit of a verdict.
    let verdicts: Vec<_> =
        verdicts.into_iter().map(|it| Verdict { unit: "workspace".to_owned(), ..it }).collect();
    let shown = Report { name: "small", verdicts: &verdicts, ..Report::default() };
    let run = Run::parse(report_json(&shown).as_bytes()).expect("a report");
    let (found, read) = (FailureReport::of_report(&shown, &failed), FailureReport::of_run(&run));
    assert_eq!(found, read);
}

#[test]
fn a_title_is_a_line_of_plain_text() {
    let titles: Vec<String> = some().iter().map(failure_title).collect();
    let wanted =
        ["build: mismatched types (E0308)", "miri: the step ended", "clippy: unused variable: `x`"];
    assert_eq!(titles, wanted);
    let long = Failure { message: "\u{1b}[31mx\u{202e}".repeat(200), ..some().remove(0) };
    let title = failure_title(&long);
    assert!(title.chars().count() <= 160 && title.ends_with('\u{2026}'), "{title}");
    assert!(!title.contains(['\u{1b}', '\u{202e}']), "{title}");
    let empty = Failure { message: "\n \n".to_owned(), ..some().remove(0) };
    assert_eq!(failure_title(&empty), "build: compile-error");
}

#[test]
fn only_a_fault_of_the_machine_is_not_the_codes() {
    let [compile, killed, lint] = <[Failure; 3]>::try_from(some()).expect("three");
    let told = |it: &Failure| failure_text(&FailureReport::of(std::slice::from_ref(it)), 99);
    assert!(told(&killed).contains("nothing is known of the code"), "{}", told(&killed));
    assert!(told(&killed).contains("there was no answer:"), "{}", told(&killed));
    let full = Failure { fault: Some(Fault::OutOfDisk), ..killed };
    assert!(
        told(&full).contains("the machine's disk is full: nothing is known"),
        "{}",
        told(&full)
    );
    for of_code in [&compile, &lint] {
        assert!(!told(of_code).contains("nothing is known"), "{}", told(of_code));
    }
}

#[test]
fn a_patch_is_offered_where_there_can_be_one_and_never_in_words_of_others() {
    let fixable = Failure { code: Code::Unformatted, ..some().remove(0) };
    let offer = |it: &Failure| {
        let text = failure_text(&FailureReport::of(std::slice::from_ref(it)), 99);
        text.lines()
            .find_map(|line| line.split_once("cargo blocks fix ").map(|(_, it)| it.to_owned()))
    };
    assert_eq!(offer(&fixable).as_deref(), Some("build"));
    assert_eq!(offer(&Failure { code: Code::TestFailed, ..fixable.clone() }), None);
    for stage in ["x; rm -rf y", "$(x)", "--all", "", "a\nb", "a b"] {
        let hostile = Failure { stages: vec![stage.to_owned()], ..fixable.clone() };
        assert_eq!(offer(&hostile), None, "{stage}");
    }
}

#[test]
fn what_says_why_is_kept_of_a_long_output() {
    let detail = (1..=500).map(|at| format!("line {at}")).collect::<Vec<_>>().join("\n");
    let of = |code| Failure { code, detail: Some(detail.clone()), ..some().remove(0) };
    let told = |code| {
        let failures = [of(code)];
        failure_markdown(&FailureReport::of(&failures), COMMENT)
    };
    let (test, lint) = (told(Code::TestFailed), told(Code::Lint));
    assert!(
        test.contains("(440 lines left out)\nline 441\n") && test.contains("\nline 500\n"),
        "{test}"
    );
    assert!(
        lint.contains("\nline 1\n") && lint.contains("\nline 60\n(440 lines left out)\n"),
        "{lint}"
    );
    assert!(!lint.contains("line 61"), "{lint}");
}

#[test]
fn a_limit_holds_for_any_number_of_failures_and_what_is_cut_is_counted() {
    let detail = Some(format!("{}\n", "<x> & \"y\" `z`".repeat(30)).repeat(30));
    let many: Vec<Failure> = (0..150)
        .map(|at| Failure {
            message: format!("failure number {at} of a run in which all is red"),
            detail: detail.clone(),
            repeat: Some("cargo nextest run ".to_owned() + &"-E 'test(=a)' ".repeat(40)),
            ..some().remove(0)
        })
        .collect();
    let report = FailureReport { whole: Some("report.html has all"), ..FailureReport::of(&many) };
    for limit in [COMMENT, 4000, 500, 120] {
        for text in [failure_markdown(&report, limit), failure_html(&report, limit)] {
            assert!(text.len() <= limit, "{} of {limit}", text.len());
            assert!(text.is_empty() || text.contains("Not told here: "), "{limit}: {text}");
            assert!(text.is_empty() || text.contains("report.html has all"), "{limit}: {text}");
            let told = text.matches("failure number").count();
            let more = text.split("Not told here: ").nth(1).and_then(|it| it.split(' ').next());
            let more: usize = more.and_then(|it| it.parse().ok()).unwrap_or(many.len());
            assert_eq!(told + more, many.len(), "{limit}");
        }
    }
    for lines in [0, 1, 2, 5, 10, TERMINAL, 500] {
        let text = failure_text(&report, lines);
        assert!(text.lines().count() <= lines, "{lines}: {text}");
        assert!(lines < 3 || text.contains(" failures (report.html has all)."), "{text}");
    }
}

#[test]
fn causes_that_gates_left_out_are_counted() {
    let verdicts = [Verdict {
        causes: vec![cause(Code::Lint, "unused")],
        more_causes: 7,
        ..verdict("clippy", Outcome::Fail, "8 lints")
    }];
    let failed = failures(&verdicts);
    let shown = Report { verdicts: &verdicts, ..Report::default() };
    let text = failure_text(&FailureReport::of_report(&shown, &failed), TERMINAL);
    assert!(text.ends_with("\nNot told here: 7 causes.\n"), "{text}");
}

#[test]
fn nothing_that_fails_is_said_so() {
    assert_eq!(failure_text(&FailureReport::of(&[]), 9), "\n");
    let verdicts = [verdict("fmt", Outcome::Pass, "all")];
    let shown = Report { verdicts: &verdicts, ..Report::default() };
    assert_eq!(failure_text(&FailureReport::of_report(&shown, &[]), 9), "no stage fails\n");
}

/// What a reader of GitHub's flavour finds that is more than text or a block of code.
fn structure(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let own = ["<code>", "</code>", "<details open>", "</details>", "<summary>output</summary>"];
    let found = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            let rest = own.iter().fold(html.to_string(), |html, tag| html.replace(tag, ""));
            rest.contains('<').then_some(rest)
        }
        Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => Some("code".to_owned()),
        Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {
            Some("other".to_owned())
        }
        Event::Start(
            Tag::Paragraph
            | Tag::Strong
            | Tag::List(None)
            | Tag::Item
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock,
        ) => None,
        Event::Start(tag) => Some(format!("{tag:?}")),
        _ => None,
    });
    found.collect()
}

/// The blocks of code of a text.
fn blocks(text: &str) -> Vec<String> {
    let (mut found, mut now) = (Vec::new(), None);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => now = Some(String::new()),
            Event::Text(text) => now.iter_mut().for_each(|it| it.push_str(&text)),
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => found.extend(now.take()),
            _ => {}
        }
    }
    found
}

/// Whether HTML is well-formed, holds only what these pages are made of, and asks for nothing.
fn assert_harmless(html: &str) {
    let document = roxmltree::Document::parse(html).expect("well-formed");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(["div", "p", "pre", "strong"].contains(&node.tag_name().name()), "{node:?}");
        let attributes: Vec<_> = node.attributes().map(|it| it.name()).collect();
        assert!(attributes.iter().all(|it| *it == "style"), "{attributes:?}");
        assert!(node.attributes().all(|it| !it.value().contains("url(")), "{node:?}");
    }
}

fn assert_plain(text: &str) {
    for line in text.lines() {
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(!line.trim_start().starts_with("::"), "{line:?}");
        assert!(!line.contains("##["), "{line:?}");
    }
}

#[test]
fn hostile_texts_stay_texts_in_all_forms() {
    let run = hostile_run::Run::new();
    let report = run.report();
    let failed = failures(report.verdicts);
    assert!(failed.len() > 10, "{}", failed.len());
    let of_run =
        FailureReport { branch: report.baseline, ..FailureReport::of_report(&report, &failed) };
    for report in [of_run, FailureReport::of(&failed)] {
        let text = failure_markdown(&report, COMMENT);
        assert_eq!(structure(&text), [""; 0]);
        assert_harmless(&failure_html(&report, MAIL));
        assert_plain(&failure_text(&report, 10_000));
    }
}

#[test]
fn a_command_is_told_as_it_is() {
    let commands =
        ["cargo test -- 'a b' \"$x\" `y` ```` <z> @w #1 https://example.org", "a\\b|c && d_e_f"];
    for command in commands {
        let failures = [Failure { repeat: Some(command.to_owned()), ..some().remove(0) }];
        let report = FailureReport::of(&failures);
        assert!(blocks(&failure_markdown(&report, COMMENT)).contains(&format!("{command}\n")));
        let html = failure_html(&report, MAIL);
        let document = roxmltree::Document::parse(&html).expect("well-formed");
        assert!(document.descendants().any(|it| it.text() == Some(command)), "{html}");
        assert!(failure_text(&report, 99).contains(&format!("repeat: {command}\n")));
    }
}

proptest! {
    // Each case writes all forms several times.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_of_others_is_more_than_a_text(
        verdicts in prop::collection::vec(hostile(), 0..4),
        branch in hostile_text(),
        limit in 0_usize..9000,
    ) {
        let shown = Report { name: &branch, revision: Some(&branch), verdicts: &verdicts, ..Report::default() };
        let failed = failures(&verdicts);
        let report = FailureReport { branch: Some(&branch), ..FailureReport::of_report(&shown, &failed) };
        let text = failure_markdown(&report, limit);
        prop_assert!(text.len() <= limit);
        prop_assert_eq!(structure(&text), [""; 0], "{}", text);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", text);
        let html = failure_html(&report, limit);
        prop_assert!(html.len() <= limit);
        if !html.is_empty() {
            assert_harmless(&html);
        }
        let text = failure_text(&report, limit / 100);
        prop_assert!(text.lines().count() <= limit / 100);
        assert_plain(&text);
        prop_assert_eq!(text, failure_text(&report, limit / 100));
    }

    #[test]
    fn no_line_but_a_command_is_wider_than_a_terminal(verdicts in prop::collection::vec(hostile(), 0..4)) {
        let failed = failures(&verdicts);
        let text = failure_text(&FailureReport::of(&failed), usize::MAX);
        for line in text.lines().filter(|line| !line.starts_with("  repeat: ")) {
            // Wide characters take two columns, so that a line has no more characters than columns.
            prop_assert!(line.chars().count() <= 78 + line.chars().filter(|c| *c >= '\u{300}').count(), "{}", line);
        }
    }
}
