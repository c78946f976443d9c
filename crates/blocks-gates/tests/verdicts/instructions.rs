//! What the gate of instructions says.

use crate::crew::{Crew, lines};
use crate::evidence::{BENCHMARKS, MESSAGES_BENCHES, MESSAGES_CLEAN, MESSAGES_FAILED};
use crate::fixture::Fixture;
use blocks_config::{BenchmarkLimit, BenchmarkMeasure, BenchmarkName};
use blocks_gates::{Code, Measure, Outcome, Verdict};
use blocks_records::{Ended, Record};

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

fn limit(member: &str, benchmark: &str, threshold: &str) -> BenchmarkLimit {
    BenchmarkLimit {
        member: member.to_owned(),
        benchmark: BenchmarkName::new(benchmark).unwrap(),
        threshold: threshold.parse().unwrap(),
        measure: BenchmarkMeasure::Instructions,
    }
}

fn with_limits(mut fixture: Fixture, limits: &[(&str, &str, &str)]) -> Fixture {
    let limits = limits.iter().map(|(member, name, share)| limit(member, name, share));
    fixture.config.performance.limits = limits.collect();
    fixture
}

#[test]
fn a_benchmark_is_held_to_its_own_limit_and_the_cause_says_so() {
    let before = counting(&[("add", 1000, 0), ("many", 1000, 0), ("read", 1000, 0)]);
    let now = || counting(&[("add", 1020, 0), ("many", 1020, 0), ("read", 1020, 0)]);
    let all = ("a", "counts::sums::*", "5");
    let own = with_limits(now(), &[("a", "counts::sums::add", "2"), all]);
    assert_eq!(compared(own, &before).summary, "3 benchmarks", "nothing is above its limit");
    let strict = with_limits(now(), &[all, ("a", "counts::sums::m*", "1.5")]);
    let verdict = compared(strict, &before);
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)), @r"
    1 number more than allowed, 3 benchmarks
    a: -:- instructions-grew: a: the benchmark counts::sums::many has 1020 instructions, 2.0 % more than the 1000 at the baseline (1.5 % allowed by the limit of counts::sums::m*)
    ");
    let limit = with_limits(now(), &[("a", "counts::sums::add", "2")]);
    let verdict = compared(limit, &before);
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.causes.len(), 2, "the others have the limit of all: {verdict:?}");
    // What is better by more than would be too much more is told by the same limit.
    let better = || counting(&[("add", 980, 0)]);
    let before = counting(&[("add", 1000, 0)]);
    let of = |share: &str| with_limits(better(), &[("a", "counts::sums::add", share)]);
    assert_eq!(compared(of("1"), &before).summary, "1 benchmark, 1 better than before");
    assert_eq!(compared(of("3"), &before).summary, "1 benchmark");
}

#[test]
fn a_limit_of_a_benchmark_that_did_not_run_leaves_no_verdict() {
    let now = || counting(&[("add", 1000, 0)]);
    for (why, limits) in [
        (
            "a: no benchmark counts::sums::ad ran whose instructions",
            [("a", "counts::sums::ad", "1")],
        ),
        ("a: no benchmark sums* ran", [("a", "sums*", "1")]),
        ("other: no benchmark * ran", [("other", "*", "1")]),
    ] {
        for fixture in [
            now as fn() -> Fixture,
            || ran(0, MESSAGES_CLEAN, "", ""),
            || ran(0, MESSAGES_BENCHES, "", ".//t/release/counts\n"),
        ] {
            for verdict in [
                with_limits(fixture(), &limits).judge(),
                compared(with_limits(fixture(), &limits), &now()),
            ] {
                assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
                assert_eq!(verdict.causes[0].code, Code::BenchmarkMissing);
                assert!(verdict.causes[0].message.contains(why), "{why}: {verdict:?}");
            }
        }
    }
    let mut of_time = with_limits(now(), &[("a", "group/read", "1")]);
    of_time.config.performance.limits[0].measure = BenchmarkMeasure::Time;
    assert_eq!(of_time.judge().outcome, Outcome::Pass, "another stage's business");
}

#[test]
fn a_failure_is_not_hidden_by_a_benchmark_that_is_missing() {
    let now = with_limits(counting(&[("add", 1020, 0)]), &[("a", "gone", "1"), ("a", "lost", "1")]);
    let verdict = compared(now, &counting(&[("add", 1000, 0)]));
    assert_eq!(verdict.outcome, Outcome::Fail);
    let codes: Vec<_> = verdict.causes.iter().map(|cause| cause.code).collect();
    assert_eq!(codes, [Code::InstructionsGrew, Code::BenchmarkMissing]);
    assert!(verdict.causes[1].detail.as_ref().is_some_and(|it| it.contains("lost")), "{verdict:?}");
}

#[test]
fn members_that_the_stage_asks_nothing_of_have_no_verdict_where_a_limit_expects_one() {
    let idle = |record: &mut Record| {
        record.ended = Ended::NotApplicable;
        record.reason = "no member depends on gungraun".to_owned();
    };
    let mut crew = Crew::new(STAGE).with_record("a", 0, &[], idle).with_record("b", 0, &[], idle);
    assert_eq!(crew.judge().outcome, Outcome::NotApplicable);
    crew.config.performance.limits = vec![limit("b", "counts*", "1")];
    let verdict = crew.judge();
    assert_eq!(verdict.outcome, Outcome::NoVerdict, "{verdict:?}");
    assert_eq!(verdict.causes[0].unit.as_deref(), Some("b"));
    assert_eq!(verdict.causes[0].code, Code::BenchmarkMissing);
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
