//! The report as Markdown, read back by a parser of it.

use blocks_evidence::Outcome as TestOutcome;
use blocks_gates::{Code, Outcome, Verdict};
use blocks_views::{COMMENT, Report, STEP_SUMMARY, report_markdown};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::fixture::{cause, hostile, of_members, run, verdict};
use crate::{big_run, hostile_run};

const WHOLE: &str = "report.html has all of it";

fn of(verdicts: &[Verdict]) -> Report<'_> {
    Report { verdicts, ..Report::default() }
}

fn summary(verdicts: &[Verdict]) -> String {
    report_markdown(&of(verdicts), STEP_SUMMARY, WHOLE)
}

/// What GitHub's flavour has beside `CommonMark`.
fn github() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// The text without the code in it.
fn without_code(text: &str) -> String {
    let code = Parser::new_ext(text, github()).into_offset_iter();
    let code = code.filter(|(event, _)| matches!(event, Event::Code(_))).map(|(_, range)| range);
    let (mut out, mut at) = (String::new(), 0);
    for range in code {
        out.push_str(&text[at..range.start]);
        at = range.end;
    }
    out + &text[at..]
}

/// The commands of verdicts, which alone are code.
fn commands(verdicts: &[Verdict]) -> Vec<&str> {
    let all = verdicts
        .iter()
        .flat_map(|it| it.causes.iter().map(|cause| &cause.repeat).chain([&it.repeat]).flatten());
    all.map(String::as_str).collect()
}

/// What a reader of GitHub's flavour finds that is more than text: the elements of HTML, links, pictures, headings, quotes, and
/// code that is none of the commands.
fn structure(text: &str, commands: &[&str]) -> Vec<String> {
    let found = Parser::new_ext(text, github()).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(tags(&html)),
        Event::Code(code) if commands.contains(&&*code) => None,
        Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => Some("code".to_owned()),
        Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {
            Some("other".to_owned())
        }
        Event::Start(
            Tag::Paragraph
            | Tag::Strong
            | Tag::List(None)
            | Tag::Item
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::HtmlBlock,
        ) => None,
        Event::Start(tag) => Some(format!("{tag:?}")),
        _ => None,
    });
    found.filter(|it| !it.is_empty()).collect()
}

/// The names of the elements in a piece of HTML, but for those that a summary has itself.
fn tags(html: &str) -> String {
    let own =
        ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>details</summary>"];
    let rest = own.iter().fold(html.to_owned(), |html, tag| html.replace(tag, ""));
    if rest.contains('<') { rest } else { String::new() }
}

#[test]
fn the_summary_has_a_table_and_the_causes() {
    let verdicts = run();
    let report = Report { name: "small", revision: Some("0123456789abcdef"), ..of(&verdicts) };
    let text = report_markdown(&report, STEP_SUMMARY, WHOLE);
    assert_eq!(structure(&text, &commands(&verdicts)), [""; 0]);
    insta::assert_snapshot!(text);
}

#[test]
fn members_are_named_where_they_are_not_green() {
    insta::assert_snapshot!(summary(&of_members()));
}

#[test]
fn shares_of_a_members_tests_are_no_members() {
    let mut verdicts = of_members();
    let failed = verdicts.iter_mut().find(|it| it.outcome == Outcome::Fail).expect("one");
    for unit in &mut failed.units {
        unit.unit += ".1-of-2";
    }
    let count = failed.units.len();
    assert!(summary(&verdicts).contains(&format!(" of {count} records")), "{verdicts:?}");
}

#[test]
fn a_summary_of_nothing_says_so() {
    assert!(summary(&[]).starts_with("**no verdict: nothing ran**\n"));
}

#[test]
fn what_does_not_fit_is_left_out_by_entries_and_counted() {
    let run = big_run::Run::new();
    let report = run.report();
    let mut before = usize::MAX;
    let open = report
        .verdicts
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::Fail | Outcome::NoVerdict));
    let causes: usize = open.map(|it| it.causes.len() + it.more_causes).sum();
    for limit in [STEP_SUMMARY, COMMENT, 20_000, 9_000, 6_000] {
        let text = report_markdown(&report, limit, WHOLE);
        assert!(text.len() <= limit && text.len() <= before, "{} of {limit}", text.len());
        before = text.len();
        // Each cause is listed, or counted.
        let listed = text
            .lines()
            .filter(|line| line.starts_with("- ") && !line.starts_with("- and "))
            .count();
        let more =
            text.lines().filter_map(|line| line.strip_prefix("- and ")?.strip_suffix(" more"));
        let counted: usize = more.map(|it| it.parse::<usize>().expect("a number")).sum();
        assert_eq!(listed + counted, causes, "{limit}");
        assert_eq!(text.contains(WHOLE), listed < causes || limit < STEP_SUMMARY, "{limit}");
        assert_eq!(structure(&text, &commands(report.verdicts)), [""; 0]);
    }
    assert_eq!(report_markdown(&report, 10, WHOLE).lines().count(), 1);
}

#[test]
fn what_is_measured_follows_and_what_is_not_known_is_not_there() {
    let run = big_run::Run::new();
    let sections = |report: &Report<'_>, limit| -> Vec<String> {
        let text = report_markdown(report, limit, WHOLE);
        let titles = [
            "**Flaky tests**: ",
            "**Coverage**: ",
            "**Benchmarks**: ",
            "**Where the time went**: ",
        ];
        let is_title = |line: &&str| titles.iter().any(|title| line.starts_with(title));
        text.lines().filter(is_title).map(str::to_owned).collect()
    };
    let all = run.report();
    let wanted = [
        "**Flaky tests**: 12",
        "**Coverage**: tests run 43600 of 49800 lines",
        "**Benchmarks**: 24",
        "**Where the time went**: 709.7 seconds",
    ];
    assert_eq!(sections(&all, STEP_SUMMARY), wanted);
    // Of nothing that is known there is no list that looks like all is well.
    let bare = Report { tests: &[], lines: None, costs: &[], compared: &[], ..all };
    assert_eq!(sections(&bare, STEP_SUMMARY), [""; 0]);
    // What matters less than causes makes room for them.
    assert_eq!(sections(&all, 6_000), [""; 0]);
    let text = report_markdown(&all, STEP_SUMMARY, WHOLE);
    let at = text.find("**Coverage**").expect("coverage");
    let shown: Vec<_> = text[at..].lines().take(6).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    **Coverage**: tests run 43600 of 49800 lines

    | File | Run | Lines that no test runs |
    | --- | ---: | --- |
    | crates/acme-cli-04/src/module&#95;004.rs | 135/166 | 1–9, 47, 81–89, 93, 139, 161–169, 185, 231, 241–249, 277, and 1 more |
    | crates/acme-cli-04/src/module&#95;044.rs | 135/166 | 1–9, 47, 81–89, 93, 139, 161–169, 185, 231, 241–249, 277, and 1 more |
    ");
}

#[test]
fn what_fails_several_stages_is_told_once() {
    let of = |stage: &str| Verdict {
        causes: vec![cause(Code::CompileError, "mismatched types (E0308)")],
        ..verdict(stage, Outcome::Fail, "1 error")
    };
    let text = summary(&[of("clippy"), of("te*st"), of("docs")]);
    assert_eq!(text.matches("mismatched types").count(), 1, "{text}");
    assert!(text.contains("\n  also fails: te&#42;st, docs"), "{text}");
    assert_eq!(text.matches("\n- as in clippy: 1 cause\n").count(), 2, "{text}");
    assert_eq!(structure(&text, &[]), [""; 0]);
}

#[test]
fn causes_that_gates_left_out_are_counted() {
    let mut many = verdict("clippy", Outcome::Fail, "15 findings");
    many.causes = vec![cause(Code::Lint, "unused"); 15];
    many.more_causes = 2;
    let text = summary(&[many]);
    assert_eq!(text.matches("- unused (<code>lint</code>)\n").count(), 15, "{text}");
    assert!(text.ends_with("- and 2 more\n"), "{text}");
}

#[test]
fn hostile_texts_stay_texts() {
    let run = hostile_run::Run::new();
    let mut tests = run.report().tests.to_vec();
    let all = tests.iter_mut().flat_map(|it| &mut it.units).flat_map(|it| &mut it.tests);
    all.for_each(|test| test.outcome = TestOutcome::Passed);
    let report = Report { tests: &tests, ..run.report() };
    let text = report_markdown(&report, STEP_SUMMARY, WHOLE);
    let columns = [("**Flaky tests**", 3), ("| File |", 3), ("**Benchmarks**", 6)];
    for (table, columns) in columns {
        let lines = text.lines().skip_while(|line| !line.starts_with(table));
        let lines = lines.skip_while(|line| !line.starts_with('|'));
        let cells: Vec<_> = lines
            .take_while(|line| line.starts_with('|'))
            .map(|it| it.matches('|').count())
            .collect();
        assert_eq!(cells, vec![columns + 1; tests[0].units[0].tests.len() + 2], "{table}");
    }
    assert_eq!(structure(&text, &commands(report.verdicts)), [""; 0]);
    let text = without_code(&text);
    // Of these GitHub makes links where they stand in a text, too.
    for link in ["@", "://", "www.", "GH-"] {
        assert!(!text.contains(link), "{link}");
    }
}

proptest! {
    #[test]
    fn the_table_has_as_many_columns_and_rows_for_any_texts(
        verdicts in prop::collection::vec(hostile(), 0..5),
    ) {
        let text = summary(&verdicts);
        let text = without_code(&text);
        let rows: Vec<&str> = text.lines().filter(|line| line.contains('|')).collect();
        prop_assert_eq!(rows.len(), verdicts.len() + 2, "{}", text);
        prop_assert!(rows.iter().all(|row| row.matches('|').count() == 5), "{}", text);
    }

    #[test]
    fn no_text_is_markup_or_a_mention(verdict in hostile()) {
        let verdicts = [verdict];
        let text = summary(&verdicts);
        prop_assert_eq!(structure(&text, &commands(&verdicts)), [""; 0], "{}", text);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        let text = without_code(&text);
        // What is left is the summary's own.
        let own = ["<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>", "**"];
        let rest = own.iter().fold(text.clone(), |text, tag| text.replace(tag, ""));
        let rest: String = rest.split("&#").map(|part| {
            part.split_once(';').map_or(part, |(_, after)| after)
        }).collect();
        prop_assert!(!rest.contains(['<', '>', '`', '[', ']', '*', '@', '#', '\\', '&']), "{}", text);
    }
}
