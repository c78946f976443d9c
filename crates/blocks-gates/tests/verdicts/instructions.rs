//! What the gate of instructions says.

use crate::crew::lines;
use crate::evidence::{BENCHMARKS, MESSAGES_BENCHES, MESSAGES_CLEAN, MESSAGES_FAILED};
use crate::fixture::Fixture;
use blocks_gates::{Code, Measure, Outcome, Verdict};

const STAGE: &str = "instructions";

/// A program of benchmarks, each with its name and the numbers of its instructions and allocations.
fn counting(benchmarks: &[(&str, u64, u64)]) -> Fixture {
    let summary = |(name, instructions, allocations): &(&str, u64, u64)| {
        let of = |tool: &str, name: &str, count: u64| {
            format!(
                r#"{{"tool":"{tool}","data":{{"total":{{"metrics":{{"{name}":{{"values":{{"new":{count}}}}}}},"regressions":[]}}}}}}"#
            )
        };
        let tools = [of("Callgrind", "Ir", *instructions), of("DHAT", "TotalBlocks", *allocations)];
        let text = format!(
            r#"{{"version":"7","module_path":"counts::sums::{name}","profiles":[{}]}}"#,
            tools.join(",")
        );
        format!("=== /t/release/counts//{name}/summary.json has {} bytes\n{text}\n", text.len())
    };
    let text: String = benchmarks.iter().map(summary).collect();
    ran(0, MESSAGES_BENCHES, &text, "")
}

fn ran(exit: i32, messages: &str, counted: &str, others: &str) -> Fixture {
    let files = [("bench.jsonl", messages), ("benchmarks.txt", counted), ("others.txt", others)];
    Fixture::new(STAGE, exit, &files)
}

fn compared(mut now: Fixture, before: &Fixture) -> Verdict {
    now.baseline = Some(before.as_baseline());
    now.judge()
}

#[test]
fn benchmarks_are_counted_without_a_baseline_too() {
    let verdict = Fixture::passing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "1 benchmark, not compared");
    let none = ran(0, MESSAGES_CLEAN, "", "");
    assert_eq!(none.judge().outcome, Outcome::NotApplicable);
    let others = ran(0, MESSAGES_BENCHES, "", ".//t/release/counts\n");
    assert_eq!(others.judge().summary, "no benchmark counts instructions");
}

#[test]
fn each_number_that_grew_is_named_with_both() {
    let now = counting(&[("add", 5101, 3), ("same", 7, 1)]);
    let verdict = compared(now, &counting(&[("add", 5000, 2), ("same", 7, 1)]));
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    2 numbers more than allowed, 2 benchmarks
    a: -:- instructions-grew: a: the benchmark counts::sums::add has 5101 instructions, 2.1 % more than the 5000 at the baseline (1 % allowed)
    a: -:- instructions-grew: a: the benchmark counts::sums::add has 3 allocations, 50.0 % more than the 2 at the baseline (1 % allowed)
    ");
    assert_eq!(
        verdict.causes[0].detail.as_deref(),
        Some("instructions: 5101, 5000 at the baseline\nallocations: 3, 2 at the baseline")
    );
    let same = compared(counting(&[("add", 5000, 2)]), &counting(&[("add", 5000, 2)]));
    assert_eq!((same.outcome, same.summary.as_str()), (Outcome::Pass, "1 benchmark"));
}

#[test]
fn growth_is_compared_exactly_and_can_be_allowed() {
    let judged = |now: u64, allowed: &str| {
        let mut now = counting(&[("add", now, 0)]);
        now.config.performance.regression_threshold = allowed.parse().unwrap();
        compared(now, &counting(&[("add", 5000, 0)])).outcome
    };
    assert_eq!(judged(5050, "1"), Outcome::Pass);
    assert_eq!(judged(5051, "1"), Outcome::Fail);
    assert_eq!(judged(5100, "1.0"), Outcome::Fail);
    assert_eq!(judged(5100, "3.0"), Outcome::Pass);
    assert_eq!(judged(5001, "0"), Outcome::Fail);
}

#[test]
fn benchmarks_that_came_went_or_got_better_are_counted_and_not_judged() {
    let before = counting(&[("add", 5000, 0), ("old", 1, 0)]);
    let verdict = compared(counting(&[("add", 4900, 0), ("new", 9, 0)]), &before);
    assert_eq!(verdict.outcome, Outcome::Pass);
    assert_eq!(verdict.summary, "2 benchmarks, 1 better than before, 1 new, 1 gone");
    let measure = Measure::Benchmarks { count: 2, better: 1, new: 1, gone: 1, is_compared: true };
    assert_eq!(verdict.measure, Some(measure));
    let none = ran(0, MESSAGES_CLEAN, "", "");
    assert_eq!(compared(none, &before).summary, "0 benchmarks, 2 gone");
    let little = compared(counting(&[("add", 4990, 0), ("old", 1, 0)]), &before);
    assert_eq!(little.summary, "2 benchmarks", "less than what would be too much more");
}

#[test]
fn a_limit_of_its_own_fails_without_a_baseline() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 number above limits of benchmarks' own, 1 benchmark, not compared
    a: -:- benchmark-limit: a: the benchmark counts::sums::add_up many is above its limit: Ir: 5000 (at most 4000)
    ");
}

#[test]
fn what_was_not_counted_leaves_no_verdict() {
    let more = MESSAGES_BENCHES.replace("/t/release/counts", "/t/release/more");
    for (why, fixture) in [
        ("no benchmark of counts was counted", ran(0, MESSAGES_BENCHES, "", "")),
        (
            "add_up many is of no program of the build",
            ran(0, &more, BENCHMARKS, ".//t/release/more\n"),
        ),
        ("0 above limits of their own", ran(3, MESSAGES_BENCHES, BENCHMARKS, "")),
    ] {
        let verdict = fixture.judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts);
        assert!(verdict.causes[0].message.contains(why), "{why}: {verdict:?}");
    }
}

#[test]
fn code_that_does_not_compile_fails_and_is_no_baseline() {
    let broken = || ran(101, MESSAGES_FAILED, "", "");
    let verdict = broken().judge();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert!(verdict.causes.iter().all(|cause| cause.code == Code::CompileError), "{verdict:?}");
    let verdict = compared(Fixture::passing(STAGE), &broken());
    assert_eq!(verdict.causes[0].code, Code::BaselineWithoutAnswer);
}
