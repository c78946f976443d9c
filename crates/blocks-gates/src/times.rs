//! The gate of times: what benchmarks take beside the program of the baseline, measured side by side.
//!
//! A time is another one in each run, so that a number alone decides nothing. A benchmark is slower where the whole
//! interval of its change lies above what is allowed, in a second pass over what looked slower in the first (see
//! `blocks_statistics`). Where what is allowed lies in the interval, the noise of the machine is larger than what is
//! asked for, and there is no verdict: another run could say the other.

use crate::case::Case;
use crate::finding::Finding;
use crate::limits::{allowed_words, refusal};
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_config::{BenchmarkLimit, BenchmarkMeasure, Regression};
use blocks_evidence::{
    DETAIL, Format, MESSAGE, TimedBenchmark, TimedRound, TimedRounds, Times, bounded,
    printable_line, read_times,
};
use blocks_statistics::{Conclusion, Interval, Judgement, Order, Round, conclude};

/// The exit statuses of the stage's script beside 0.
const UNKNOWN_NOW: i32 = 64;
const UNKNOWN_BEFORE: i32 = 65;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    const NOT_BUILT: &str =
        "its benchmarks were not compiled, most likely because their code does not compile";
    match case.exit {
        UNKNOWN_NOW => return Err(Refusal::new(Code::EvidenceAbsent, NOT_BUILT)),
        UNKNOWN_BEFORE => return Err(case.not_comparable(NOT_BUILT)),
        _ => {}
    }
    let times = case.read(Format::Times, read_times)?;
    let missing = missing(case, &times);
    if times.benchmarks.is_empty() && missing.is_none() {
        return Ok(Finding::not_applicable("no benchmark leaves times as criterion does"));
    }
    let (mut causes, mut untold) = (Vec::new(), Vec::new());
    let (mut count, mut better, mut new, mut gone) = (0, 0, 0, 0);
    for one in &times.benchmarks {
        match &one.times {
            TimedRounds::New => new += 1,
            TimedRounds::Gone => gone += 1,
            TimedRounds::Broken(why) => untold.push(broken(one, why)),
            TimedRounds::Of { first, again } => {
                count += 1;
                let (allowed, own) = allowed(case, one);
                let found = conclusion(first, again, allowed);
                let allowed = allowed_words(allowed, own);
                let Some(Conclusion { change, judgement }) = found else {
                    return Err(case.contradicts("there are too few rounds to tell anything"));
                };
                match judgement {
                    Judgement::Regressed => causes.push(slower(one, change, &allowed)),
                    Judgement::Improved => better += 1,
                    Judgement::Unclear => untold.push(unclear(one, change, &allowed)),
                    Judgement::Within => {}
                }
            }
        }
    }
    // What is slower is so whatever became of the others, and must not be hidden by what is missing.
    match missing {
        Some(missing) if causes.is_empty() => return Err(missing),
        Some(missing) => causes.push(missing.into()),
        None if causes.is_empty() && !untold.is_empty() => return Err(together(&untold)),
        None => {}
    }
    let count = count + new;
    let measure = Measure::Benchmarks { count, better, new, gone, is_compared: true };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// That an entry of `performance.limits` is about a benchmark that is not there.
fn missing(case: &Case<'_>, times: &Times) -> Option<Refusal> {
    let is_there = |one: &&TimedBenchmark| one.times != TimedRounds::Gone;
    let there = times.benchmarks.iter().filter(is_there);
    let there: Vec<_> = there.map(|one| (one.package.as_str(), one.name.as_str())).collect();
    refusal(case.config, case.members, BenchmarkMeasure::Time, &there)
}

/// How much more time a benchmark may take, and what says so.
fn allowed<'a>(case: &Case<'a>, one: &TimedBenchmark) -> (Regression, Option<&'a BenchmarkLimit>) {
    let subject = (one.package.as_str(), one.name.as_str());
    case.config.performance.allowed(subject, BenchmarkMeasure::Time)
}

fn conclusion(
    first: &[TimedRound],
    again: &[TimedRound],
    allowed: Regression,
) -> Option<Conclusion> {
    let rounds = |all: &[TimedRound]| all.iter().map(round).collect::<Vec<_>>();
    conclude(&rounds(first), &rounds(again), allowed.as_f64() / 100.0)
}

fn round(of: &TimedRound) -> Round {
    let order = if of.now_first { Order::NowFirst } else { Order::BeforeFirst };
    Round { order, before: of.before, now: of.now }
}

fn slower(one: &TimedBenchmark, change: Interval, allowed: &str) -> Cause {
    let TimedBenchmark { package, name, .. } = one;
    let message = format!(
        "{package}: the benchmark {name} takes {} more time than at the baseline ({} to {}; {allowed})",
        percent(change.estimate),
        percent(change.low),
        percent(change.high),
    );
    Cause::new(Code::TimeGrew, bounded(&message, MESSAGE)).about(Some(package))
}

/// A benchmark without a verdict, and why in a line.
struct Untold {
    code: Code,
    /// Its name, and in short why.
    name: String,
    line: String,
}

fn unclear(one: &TimedBenchmark, change: Interval, allowed: &str) -> Untold {
    let TimedBenchmark { package, name, .. } = one;
    let noise = percent(change.noise());
    let line = format!(
        "{package}: the benchmark {name} changes by {} to {} (± {noise}; {allowed})",
        percent(change.low),
        percent(change.high),
    );
    Untold { code: Code::NoiseTooLarge, name: format!("{name} (± {noise}, {allowed})"), line }
}

fn broken(one: &TimedBenchmark, why: &str) -> Untold {
    let TimedBenchmark { package, name, .. } = one;
    let line = format!("{package}: the benchmark {name} came to no time: {}", printable_line(why));
    Untold { code: Code::BenchmarkBroken, name: name.clone(), line }
}

/// One refusal for all: benchmarks that are broken go before those that are not clear.
fn together(untold: &[Untold]) -> Refusal {
    let is_broken = |it: &&Untold| it.code == Code::BenchmarkBroken;
    let code = untold.iter().find(is_broken).map_or(Code::NoiseTooLarge, |it| it.code);
    let of_code: Vec<_> = untold.iter().filter(|it| it.code == code).collect();
    let count = counted(of_code.len(), "benchmark", "benchmarks");
    let first = of_code.first().map_or("", |it| it.name.as_str());
    let message = if code == Code::BenchmarkBroken {
        format!("{count} came to no time, the first of them {first}")
    } else {
        format!("the machine's noise hides whether {count} got slower than allowed: {first}")
    };
    let lines: Vec<_> = untold.iter().map(|it| it.line.as_str()).collect();
    let detail = Some(bounded(&lines.join("\n"), DETAIL));
    Refusal { code, message: bounded(&message, MESSAGE), detail }
}

/// "4.1 %", "-0.3 %"
fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let slower = of_code(causes, Code::TimeGrew);
    let &Measure::Benchmarks { count, better, new, gone, .. } = measure else {
        return counted(slower, "benchmark is slower", "benchmarks are slower");
    };
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let parts = [
        (slower > 0).then(|| format!("{slower} slower")),
        Some(counted(number(count), "benchmark", "benchmarks")),
        (better > 0).then(|| format!("{better} faster than before")),
        (new > 0).then(|| format!("{new} new")),
        (gone > 0).then(|| format!("{gone} gone")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
