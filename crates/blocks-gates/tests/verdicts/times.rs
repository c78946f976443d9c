//! What the gate of times says.

use crate::evidence::TIMES_SLOWER;
use crate::fixture::Fixture;
use blocks_config::PipelineConfig;
use blocks_evidence::{TimedBenchmark, TimedRound, TimedRounds, Times};
use blocks_gates::{Cause, Code, Measure, Outcome, Verdict};

const STAGE: &str = "time";

/// Times of ten rounds, in which the new program takes `now` where the other takes 1000, give or take `noise`.
fn rounds(count: u32, now: f64, noise: f64) -> Vec<TimedRound> {
    (0..count)
        .map(|i| {
            let off = noise * (f64::from(i % 5) - 2.0);
            TimedRound { now_first: i % 2 == 0, before: [1000.0; 2], now: [now + off; 2] }
        })
        .collect()
}

fn benchmark(name: &str, times: TimedRounds) -> TimedBenchmark {
    let [package, program, name] = ["a", "sums", name].map(str::to_owned);
    TimedBenchmark { package, program, name, times }
}

fn measured(name: &str, now: f64, noise: f64) -> TimedBenchmark {
    let again = if now > 1000.0 { rounds(20, now, noise) } else { Vec::new() };
    benchmark(name, TimedRounds::Of { first: rounds(10, now, noise), again })
}

fn fixture(benchmarks: Vec<TimedBenchmark>) -> Fixture {
    let times = Times { schema: 1, rounds: 10, benchmarks };
    Fixture::new(STAGE, 0, &[("times.json", &serde_json::to_string(&times).unwrap())])
}

fn told(verdict: &Verdict) -> (Outcome, &str) {
    (verdict.outcome, &verdict.summary)
}

#[test]
fn what_is_slower_is_told_with_the_interval_and_what_is_allowed() {
    let verdict = Fixture::failing(STAGE).judge();
    assert_eq!(told(&verdict), (Outcome::Fail, "1 slower, 2 benchmarks"));
    let [cause] = &verdict.causes[..] else { panic!("{:?}", verdict.causes) };
    assert_eq!(cause.code, Code::TimeGrew);
    assert_eq!(
        cause.message,
        "a: the benchmark cubes/of 100 takes 9.9 % more time than at the baseline (9.4 % to 10.4 %; 3 % allowed)"
    );
    let measure = Measure::Benchmarks { count: 2, better: 0, new: 0, gone: 0, is_compared: true };
    assert_eq!(verdict.measure, Some(measure));
}

#[test]
fn what_came_and_went_and_got_faster_is_told_and_no_failure() {
    let all = vec![
        measured("faster", 900.0, 1.0),
        benchmark("came", TimedRounds::New),
        benchmark("went", TimedRounds::Gone),
    ];
    let verdict = fixture(all).judge();
    let summary = "2 benchmarks, 1 faster than before, 1 new, 1 gone";
    assert_eq!(told(&verdict), (Outcome::Pass, summary));
}

/// A member that was moved would else get slower unseen.
#[test]
fn where_all_were_renamed_nothing_was_compared() {
    let all = [("came", TimedRounds::New), ("went", TimedRounds::Gone)];
    let verdict = fixture(all.map(|(name, times)| benchmark(name, times)).into()).judge();
    assert_eq!(
        (verdict.outcome, verdict.causes[0].code),
        (Outcome::NoVerdict, Code::BaselineWithoutAnswer)
    );
}

#[test]
fn a_limit_of_its_own_holds_for_a_benchmark() {
    let mut fixture = Fixture::failing(STAGE);
    let config = "performance:\n  limits:\n    - member: a\n      benchmark: cubes/*\n      threshold: 12\n      measure: time\n";
    fixture.config = PipelineConfig::parse(config, "config").unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Pass);
    fixture.config = PipelineConfig::parse(&config.replace("12", "8"), "config").unwrap();
    let verdict = fixture.judge();
    assert!(verdict.causes[0].message.ends_with("; 8 % allowed by the limit of cubes/*)"));
    fixture.config.performance.limits.clear();
    fixture.config.performance.time_threshold = "11".parse().unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Pass, "no more than is allowed");
    fixture.config.performance.time_threshold = "9".parse().unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Fail);
}

/// A limit says that there is a benchmark.
#[test]
fn a_benchmark_that_a_limit_expects_has_to_be_there() {
    let config = "performance:\n  limits:\n    - {member: a, benchmark: went, threshold: 12, measure: time}\n";
    let went = || benchmark("went", TimedRounds::Gone);
    for (others, outcome) in [
        (vec![went()], Outcome::NoVerdict),
        (vec![went(), measured("slow", 1200.0, 1.0)], Outcome::Fail),
        (Vec::new(), Outcome::NoVerdict),
    ] {
        let mut fixture = fixture(others);
        fixture.config = PipelineConfig::parse(config, "config").unwrap();
        let verdict = fixture.judge();
        let has = |cause: &Cause| cause.code == Code::BenchmarkMissing;
        assert!(verdict.outcome == outcome && verdict.causes.iter().any(has), "{verdict:?}");
    }
}

#[test]
fn noise_that_hides_what_is_asked_for_leaves_no_verdict() {
    let verdict =
        fixture(vec![measured("quiet", 1000.0, 1.0), measured("loud", 1000.0, 60.0)]).judge();
    let [cause] = &verdict.causes[..] else { panic!("{:?}", verdict.causes) };
    assert_eq!((verdict.outcome, cause.code), (Outcome::NoVerdict, Code::NoiseTooLarge));
    insta::assert_snapshot!(
        format!("{}\n{}", cause.message, cause.detail.as_deref().unwrap_or_default()),
        @"
    it cannot be told of 1 benchmark whether more time is taken than allowed, the first of them loud: the noise (±9.1 %) is above the threshold (3 %)
    a: the benchmark loud changes by -9.0 % to 9.0 %: the noise (±9.1 %) is above the threshold (3 %)
    "
    );
}

#[test]
fn what_is_slower_fails_whatever_is_not_known_of_others() {
    let broken = benchmark("broken", TimedRounds::Broken("it panics".to_owned()));
    let verdict = fixture(vec![broken, measured("slow", 1200.0, 1.0)]).judge();
    assert_eq!(told(&verdict), (Outcome::Fail, "1 slower, 1 benchmark"));
}

#[test]
fn a_benchmark_that_came_to_no_time_leaves_no_verdict() {
    let broken = benchmark("broken", TimedRounds::Broken("it panics\u{1b}[2J".to_owned()));
    let verdict = fixture(vec![measured("loud", 1000.0, 60.0), broken]).judge();
    let [cause] = &verdict.causes[..] else { panic!("{:?}", verdict.causes) };
    assert_eq!((verdict.outcome, cause.code), (Outcome::NoVerdict, Code::BenchmarkBroken));
    assert_eq!(cause.message, "1 benchmark came to no time, the first of them broken");
    let detail = cause.detail.as_deref().unwrap();
    assert!(
        detail.contains("came to no time: it panics") && !detail.contains('\u{1b}'),
        "{detail}"
    );
}

// Chance chose it for the first pass; without a second one nothing is known.
#[test]
fn what_was_not_measured_again_is_no_regression() {
    let times = TimedRounds::Of { first: rounds(10, 1200.0, 1.0), again: Vec::new() };
    let verdict = fixture(vec![benchmark("slow", times)]).judge();
    assert_eq!(verdict.causes[0].code, Code::NoiseTooLarge);
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
}

#[test]
fn sides_that_were_not_compiled_leave_no_verdict() {
    for (exit, code) in [(64, Code::EvidenceAbsent), (65, Code::BaselineWithoutAnswer)] {
        let verdict = Fixture::new(STAGE, exit, &[]).judge();
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, code));
    }
    let few = TIMES_SLOWER.replace("\"rounds\":10", "\"rounds\":9");
    let verdict = Fixture::new(STAGE, 0, &[("times.json", &few)]).judge();
    assert_eq!(verdict.causes[0].code, Code::EvidenceMalformed);
}

#[test]
fn where_there_is_no_benchmark_nothing_is_asked() {
    let verdict = fixture(Vec::new()).judge();
    let summary = "no benchmark leaves times as criterion does";
    assert_eq!(told(&verdict), (Outcome::NotApplicable, summary));
}
