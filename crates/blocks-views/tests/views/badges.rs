use blocks_config::{BadgeName, PipelineConfig};
use blocks_evidence::{MetadataPackage, read_cargo_metadata};
use blocks_gates::{Measure, Outcome, Verdict};
use blocks_views::{Badge, Color, badge, badges_of};
use proptest::prelude::*;

use crate::fixture::{coverage, hostile, run, tests, verdict};

use Outcome::{Fail, NoVerdict, NotApplicable, Pass};

fn shown(name: &BadgeName, verdicts: &[Verdict]) -> (String, Color) {
    of_packages(name, verdicts, None)
}

fn of_packages(
    name: &BadgeName,
    verdicts: &[Verdict],
    packages: Option<&[MetadataPackage]>,
) -> (String, Color) {
    let Badge { label, message, color } = badge(name, verdicts, packages);
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
        shown(&BadgeName::Build, &verdicts)
    };
    assert_eq!(build(&[Pass, NotApplicable]), is("passing", Color::BrightGreen));
    assert_eq!(build(&[Pass, NoVerdict, Fail]), is("failing", Color::Red));
    assert_eq!(build(&[Pass, NoVerdict]), is("no verdict", Color::LightGrey));
    assert_eq!(build(&[]), is("no verdict", Color::LightGrey));
}

#[test]
fn tests_are_counted_with_those_of_the_documentation() {
    let doctests = Verdict { stage: "doctest".to_owned(), ..tests(Pass, 12, 0, 0) };
    let of = |first: Verdict| shown(&BadgeName::Tests, &[first, doctests.clone()]);
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
    assert_eq!(shown(&BadgeName::Tests, &verdicts), is("no verdict", Color::LightGrey));
}

#[test]
fn tests_without_a_number_are_said_in_words() {
    let of = |verdicts: &[Verdict]| shown(&BadgeName::Tests, verdicts);
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
    assert_eq!(shown(&BadgeName::Tests, &verdicts), is("7 passed", Color::BrightGreen));
    assert_eq!(shown(&BadgeName::Coverage, &verdicts), is("95.0%", Color::BrightGreen));
}

#[test]
fn a_test_that_runs_once_more_with_more_cases_counts_once() {
    let more = Verdict { stage: "properties".to_owned(), ..tests(Fail, 6, 1, 0) };
    assert_eq!(
        shown(&BadgeName::Tests, &[tests(Pass, 7, 0, 0), more]),
        is("7 passed", Color::BrightGreen)
    );
}

#[test]
fn coverage_shows_no_number_before_it_is_reached() {
    let of = |verdict: Verdict| shown(&BadgeName::Coverage, &[verdict]);
    assert_eq!(of(coverage(Pass, 9996, 10_000)), is("99.9%", Color::BrightGreen));
    assert_eq!(of(coverage(Pass, 10_000, 10_000)), is("100%", Color::BrightGreen));
    assert_eq!(of(coverage(Fail, 9499, 10_000)), is("94.9%", Color::Red));
    assert_eq!(of(coverage(Fail, 0, 7)), is("0.0%", Color::Red));
    assert_eq!(of(coverage(Pass, u64::MAX - 1, u64::MAX)), is("99.9%", Color::BrightGreen));
}

#[test]
fn coverage_without_a_verdict_has_no_number() {
    let of = |verdict: Verdict| shown(&BadgeName::Coverage, &[verdict]);
    assert_eq!(of(coverage(NoVerdict, 1, 1)), is("no verdict", Color::LightGrey));
    assert_eq!(of(verdict("coverage", NotApplicable, "")), is("none", Color::LightGrey));
    assert_eq!(of(verdict("coverage", Fail, "")), is("failing", Color::Red));
    assert_eq!(of(coverage(Pass, 0, 0)), is("passing", Color::BrightGreen));
}

#[test]
fn badges_have_the_names_and_the_order_of_the_configuration() {
    let badges = badges_of(&run(), None, &PipelineConfig::default());
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
        let green = badge(&BadgeName::Build, &verdicts, None).color == Color::BrightGreen;
        let good = verdicts.iter().all(|v| matches!(v.outcome, Pass | NotApplicable));
        prop_assert_eq!(green, good && !verdicts.is_empty());
    }

    #[test]
    fn a_percentage_never_exceeds_the_share(covered in 0..=u64::MAX, more in 0..=u64::MAX) {
        let count = covered.saturating_add(more);
        prop_assume!(count > 0);
        let message = badge(&BadgeName::Coverage, &[coverage(Pass, covered, count)], None).message;
        let digits: String = message.chars().filter(char::is_ascii_digit).collect();
        let tenths: u128 = digits.parse::<u128>().expect("digits") * if message.contains('.') { 1 } else { 10 };
        prop_assert!(tenths * u128::from(count) <= 1000 * u128::from(covered));
        prop_assert!((tenths + 1) * u128::from(count) > 1000 * u128::from(covered));
    }
}

#[test]
fn each_gate_that_counts_for_a_number_has_its_badge_without_a_count() {
    // A gate that is added to the table and counts for a badge has to be added to the badges too.
    let gates: Vec<(&str, String)> = blocks_stages::Table::embedded()
        .stages
        .iter()
        .map(|stage| {
            let verdicts = [verdict(&stage.id, Fail, "")];
            let is_red = |word: &&str| {
                let name = BadgeName::new(word).expect("a number");
                badge(&name, &verdicts, Some(&packages("\"1.85\"", "null"))).color == Color::Red
            };
            let red: Vec<_> =
                BadgeName::numbers().filter(|it| *it != "build").filter(is_red).collect();
            (stage.gate.as_str(), red.join(" "))
        })
        .filter(|(_, red)| !red.is_empty())
        .collect();
    let gates: Vec<_> = gates.iter().map(|(gate, red)| (*gate, red.as_str())).collect();
    assert_eq!(
        gates,
        [
            ("tests", "tests"),
            ("coverage", "coverage"),
            ("doctests", "tests"),
            ("doc-coverage", "docs"),
            ("msrv", "msrv"),
            ("instructions", "performance"),
            ("time", "performance"),
            ("semver", "api"),
        ]
    );
}

/// Two packages as cargo describes them: the first may go to a registry.
fn packages(rust: &str, license: &str) -> Vec<MetadataPackage> {
    let package = |name: &str, publish: &str, rust: &str, license: &str| {
        format!(
            r#"{{"name": "{name}", "version": "1.2.0", "publish": {publish}, "targets": [], "manifest_path": "/{name}",
                "rust_version": {rust}, "license": {license}}}"#
        )
    };
    let both = [package("a", "null", rust, license), package("b", "[]", "\"1.90\"", "\"MPL-2.0\"")];
    let text = format!(r#"{{"packages": [{}], "version": 1}}"#, both.join(","));
    read_cargo_metadata(text.as_bytes()).expect("metadata")
}

#[test]
fn packages_tell_their_version_their_licence_and_their_rust() {
    let all = packages("\"1.9\"", "\"MIT OR Apache-2.0\"");
    let of = |name| of_packages(&name, &[], Some(&all));
    assert_eq!(of(BadgeName::Version), is("v1.2.0", Color::Blue));
    assert_eq!(of(BadgeName::License), is("MIT OR Apache-2.0", Color::Blue));
    assert_eq!(of(BadgeName::Msrv), is("1.9", Color::Blue));
    // Nothing is made up where there is nothing to go by, or nothing is said.
    for name in [BadgeName::Version, BadgeName::License, BadgeName::Msrv] {
        assert_eq!(of_packages(&name, &[], None), is("no verdict", Color::LightGrey));
    }
    let silent = packages("null", "null");
    for name in [BadgeName::License, BadgeName::Msrv] {
        assert_eq!(of_packages(&name, &[], Some(&silent)), is("none", Color::LightGrey));
    }
}

#[test]
fn packages_that_say_other_things_are_several_and_the_newest_rust_counts() {
    let mut all = packages("\"1.9\"", "\"MIT\"");
    all[1].is_publishable = true;
    all[1].version = "0.1.0".to_owned();
    all[1].rust_version = Some("1.10".to_owned());
    let of = |name| of_packages(&name, &[], Some(&all));
    assert_eq!(of(BadgeName::Version), is("several", Color::Blue));
    assert_eq!(of(BadgeName::License), is("several", Color::Blue));
    assert_eq!(of(BadgeName::Msrv), is("1.10", Color::Blue));
    // What only some say is not what all say.
    all[1].license = None;
    all[1].rust_version = None;
    assert_eq!(of_packages(&BadgeName::License, &[], Some(&all)), is("several", Color::Blue));
    assert_eq!(
        of_packages(&BadgeName::Msrv, &[verdict("msrv", Pass, "")], Some(&all)),
        is("several", Color::Blue)
    );
    all[1].rust_version = Some("1.10".to_owned());
    // Where none goes to a registry, all are what the workspace is known by.
    for package in &mut all {
        package.is_publishable = false;
    }
    assert_eq!(of_packages(&BadgeName::Msrv, &[], Some(&all)), is("1.10", Color::Blue));
}

#[test]
fn the_rust_that_is_promised_has_the_colour_of_whether_that_is_so() {
    let all = packages("\"1.85\"", "null");
    let of = |outcome| of_packages(&BadgeName::Msrv, &[verdict("msrv", outcome, "")], Some(&all));
    assert_eq!(of(Pass), is("1.85", Color::BrightGreen));
    assert_eq!(of(Fail), is("1.85", Color::Red));
    assert_eq!(of(NoVerdict), is("1.85", Color::LightGrey));
}

#[test]
fn what_is_compared_says_so_and_what_is_not_does_not() {
    let api = |compared, outcome| {
        let measure = Some(Measure::Interfaces { compared, new: 0, new_features: 0 });
        shown(&BadgeName::Api, &[Verdict { measure, ..verdict("semver", outcome, "") }])
    };
    assert_eq!(api(3, Pass), is("compatible", Color::BrightGreen));
    assert_eq!(api(0, Pass), is("passing", Color::BrightGreen));
    assert_eq!(api(3, Fail), is("failing", Color::Red));
    assert_eq!(api(3, NoVerdict), is("no verdict", Color::LightGrey));
    let fast = |is_compared, time: Outcome| {
        let measure =
            Some(Measure::Benchmarks { count: 5, better: 0, new: 0, gone: 0, is_compared });
        let counted = Verdict { measure, ..verdict("instructions", Pass, "") };
        shown(&BadgeName::Performance, &[counted, verdict("time", time, "")])
    };
    assert_eq!(fast(true, Pass), is("no regression", Color::BrightGreen));
    assert_eq!(fast(false, Pass), is("passing", Color::BrightGreen));
    assert_eq!(fast(true, Fail), is("failing", Color::Red));
    assert_eq!(fast(true, NoVerdict), is("no verdict", Color::LightGrey));
}

#[test]
fn documentation_is_the_share_of_items_that_have_one() {
    let measure = Some(Measure::Documentation {
        documented: 982,
        count: 1000,
        with_examples: 0,
        example_items: 0,
        threshold: 100.0,
        is_compared: false,
    });
    let docs = Verdict { measure, ..verdict("doc-coverage", Fail, "") };
    assert_eq!(shown(&BadgeName::Docs, &[docs]), is("98.2%", Color::Red));
    assert_eq!(
        shown(&BadgeName::Docs, &[verdict("docs", Pass, "")]),
        is("no verdict", Color::LightGrey)
    );
}

#[test]
fn each_stage_has_a_badge_of_its_own() {
    let clippy =
        |verdicts: &[Verdict]| shown(&BadgeName::new("clippy").expect("a stage"), verdicts);
    let of = |outcome| clippy(&[verdict("fmt", Fail, ""), verdict("clippy", outcome, "")]);
    assert_eq!(of(Pass), is("passing", Color::BrightGreen));
    assert_eq!(of(Fail), is("failing", Color::Red));
    assert_eq!(of(NotApplicable), is("none", Color::LightGrey));
    assert_eq!(clippy(&[verdict("fmt", Pass, "")]), is("no verdict", Color::LightGrey));
}
