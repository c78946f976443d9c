use blocks_config::{BadgeName, PipelineConfig};
use blocks_gates::{Measure, Outcome, Verdict};
use blocks_views::{Badge, Color, badge, badges_of};
use proptest::prelude::*;

use crate::fixture::{coverage, hostile, run, tests, verdict};

use Outcome::{Fail, NoVerdict, NotApplicable, Pass};

fn shown(name: BadgeName, verdicts: &[Verdict]) -> (String, Color) {
    let Badge { label, message, color } = badge(name, verdicts);
    assert_eq!(label, name.as_str());
    (message, color)
}

fn is(message: &str, color: Color) -> (String, Color) {
    (message.to_owned(), color)
}

#[test]
fn the_build_passes_when_every_stage_passes_or_does_not_apply() {
    let build = |outcomes: &[Outcome]| {
        let verdicts: Vec<_> =
            outcomes.iter().map(|outcome| verdict("fmt", *outcome, "")).collect();
        shown(BadgeName::Build, &verdicts)
    };
    assert_eq!(build(&[Pass, NotApplicable]), is("passing", Color::BrightGreen));
    assert_eq!(build(&[Pass, NoVerdict, Fail]), is("failing", Color::Red));
    assert_eq!(build(&[Pass, NoVerdict]), is("no verdict", Color::LightGrey));
    assert_eq!(build(&[]), is("no verdict", Color::LightGrey));
}

#[test]
fn tests_are_counted_with_those_of_the_documentation() {
    let doctests = Verdict { stage: "doctest".to_owned(), ..tests(Pass, 12, 0, 0) };
    let of = |first: Verdict| shown(BadgeName::Tests, &[first, doctests.clone()]);
    assert_eq!(of(tests(Pass, 400, 0, 0)), is("412 passed", Color::BrightGreen));
    assert_eq!(of(tests(Pass, 400, 0, 1)), is("412 passed, 1 flaky", Color::Yellow));
    assert_eq!(of(tests(Fail, 398, 2, 0)), is("2 failed, 410 passed", Color::Red));
    assert_eq!(of(tests(Fail, 398, 2, 1)), is("2 failed, 410 passed, 1 flaky", Color::Red));
    let measure = Some(Measure::Findings { count: 3 });
    let broken = Verdict { measure, ..verdict("test", Fail, "does not compile") };
    assert_eq!(of(broken), is("failing, 12 passed", Color::Red));
    assert_eq!(of(verdict("test", NotApplicable, "no tests")), is("12 passed", Color::BrightGreen));
}

#[test]
fn tests_without_a_verdict_are_not_hidden_by_tests_of_the_documentation() {
    let doctests = Verdict { stage: "doctest".to_owned(), ..tests(Pass, 12, 0, 0) };
    let verdicts = [verdict("test", NoVerdict, "no record"), doctests];
    assert_eq!(shown(BadgeName::Tests, &verdicts), is("no verdict", Color::LightGrey));
}

#[test]
fn tests_without_a_number_are_said_in_words() {
    let of = |verdicts: &[Verdict]| shown(BadgeName::Tests, verdicts);
    assert_eq!(of(&[verdict("test", Fail, "")]), is("failing", Color::Red));
    assert_eq!(of(&[verdict("test", Pass, "")]), is("passing", Color::BrightGreen));
    assert_eq!(of(&[verdict("test", NotApplicable, "")]), is("none", Color::LightGrey));
    assert_eq!(of(&[tests(NoVerdict, 5, 0, 0)]), is("no verdict", Color::LightGrey));
    assert_eq!(of(&[verdict("clippy", Pass, "")]), is("no verdict", Color::LightGrey));
}

#[test]
fn a_verdict_is_found_by_what_it_counts_not_by_its_stage() {
    let renamed = |verdict: Verdict| Verdict { stage: "other".to_owned(), ..verdict };
    let findings =
        Verdict { measure: Some(Measure::Findings { count: 3 }), ..verdict("clippy", Fail, "") };
    let verdicts = [renamed(tests(Pass, 7, 0, 0)), renamed(coverage(Pass, 19, 20)), findings];
    assert_eq!(shown(BadgeName::Tests, &verdicts), is("7 passed", Color::BrightGreen));
    assert_eq!(shown(BadgeName::Coverage, &verdicts), is("95.0%", Color::BrightGreen));
}

#[test]
fn a_test_that_runs_once_more_with_more_cases_counts_once() {
    let more = Verdict { stage: "properties".to_owned(), ..tests(Fail, 6, 1, 0) };
    assert_eq!(
        shown(BadgeName::Tests, &[tests(Pass, 7, 0, 0), more]),
        is("7 passed", Color::BrightGreen)
    );
}

#[test]
fn coverage_shows_no_number_before_it_is_reached() {
    let of = |verdict: Verdict| shown(BadgeName::Coverage, &[verdict]);
    assert_eq!(of(coverage(Pass, 9996, 10_000)), is("99.9%", Color::BrightGreen));
    assert_eq!(of(coverage(Pass, 10_000, 10_000)), is("100%", Color::BrightGreen));
    assert_eq!(of(coverage(Fail, 9499, 10_000)), is("94.9%", Color::Red));
    assert_eq!(of(coverage(Fail, 0, 7)), is("0.0%", Color::Red));
    assert_eq!(of(coverage(Pass, u64::MAX - 1, u64::MAX)), is("99.9%", Color::BrightGreen));
}

#[test]
fn coverage_without_a_verdict_has_no_number() {
    let of = |verdict: Verdict| shown(BadgeName::Coverage, &[verdict]);
    assert_eq!(of(coverage(NoVerdict, 1, 1)), is("no verdict", Color::LightGrey));
    assert_eq!(of(verdict("coverage", NotApplicable, "")), is("none", Color::LightGrey));
    assert_eq!(of(verdict("coverage", Fail, "")), is("failing", Color::Red));
    assert_eq!(of(coverage(Pass, 0, 0)), is("passing", Color::BrightGreen));
}

#[test]
fn badges_have_the_names_and_the_order_of_the_configuration() {
    let badges = badges_of(&run(), &PipelineConfig::default());
    let shown: Vec<_> = badges
        .iter()
        .map(|badge| format!("{} {} {}", badge.path, badge.file, badge.badge.message))
        .collect();
    assert_eq!(
        shown,
        [
            ".github/badges/build.svg build.svg failing",
            ".github/badges/tests.svg tests.svg 10 failed, 410 passed, 1 flaky",
            ".github/badges/coverage.svg coverage.svg no verdict",
        ]
    );
}

proptest! {
    #[test]
    fn a_green_badge_means_that_nothing_failed_or_is_missing(
        verdicts in prop::collection::vec(hostile(), 0..6),
    ) {
        let green = badge(BadgeName::Build, &verdicts).color == Color::BrightGreen;
        let good = verdicts.iter().all(|v| matches!(v.outcome, Pass | NotApplicable));
        prop_assert_eq!(green, good && !verdicts.is_empty());
    }

    #[test]
    fn a_percentage_never_exceeds_the_share(covered in 0..=u64::MAX, more in 0..=u64::MAX) {
        let count = covered.saturating_add(more);
        prop_assume!(count > 0);
        let message = badge(BadgeName::Coverage, &[coverage(Pass, covered, count)]).message;
        let digits: String = message.chars().filter(char::is_ascii_digit).collect();
        let tenths: u128 = digits.parse::<u128>().expect("digits") * if message.contains('.') { 1 } else { 10 };
        prop_assert!(tenths * u128::from(count) <= 1000 * u128::from(covered));
        prop_assert!((tenths + 1) * u128::from(count) > 1000 * u128::from(covered));
    }
}

#[test]
fn each_gate_that_counts_tests_or_lines_has_its_badge_without_a_count() {
    // A gate that is added to the table and counts for a badge has to be added to the badges too.
    let gates: Vec<(&str, &str)> = blocks_stages::Table::embedded()
        .stages
        .iter()
        .map(|stage| {
            let verdicts = [verdict(&stage.id, Fail, "")];
            let red = |name| badge(name, &verdicts).color == Color::Red;
            let name = match (red(BadgeName::Tests), red(BadgeName::Coverage)) {
                (true, false) => "tests",
                (false, true) => "coverage",
                _ => "none",
            };
            (stage.gate.as_str(), name)
        })
        .filter(|(_, name)| *name != "none")
        .collect();
    assert_eq!(gates, [("tests", "tests"), ("coverage", "coverage"), ("doctests", "tests")]);
}
