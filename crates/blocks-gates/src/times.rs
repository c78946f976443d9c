//! The gate of times: what benchmarks take beside the program of the baseline, measured side by side.
//!
//! A time is another one in each run, so that a number alone decides nothing. A benchmark is slower where the whole
//! interval of its change lies above what is allowed, in a second pass over what looked slower in the first (see
//! `blocks_statistics`). Where what is allowed lies in the interval, the noise of the machine is larger than what is
//! asked for, and there is no verdict: another run could say the other.

use crate::case::Case;
use crate::finding::Finding;
use crate::limits::refusal;
use crate::performance::{Compared, Standing, Subject, Unit};
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_config::{BenchmarkMeasure, Performance};
use blocks_evidence::{
    DETAIL, Format, MESSAGE, TimedBenchmark, TimedRound, TimedRounds, Times, bounded,
    printable_line, read_times,
};
use blocks_statistics::{Conclusion, Judgement, Order, Round, conclude, median};

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
    let compared = compared_in(case)?;
    let missing = missing(case, &compared);
    if compared.is_empty() && missing.is_none() {
        return Ok(Finding::not_applicable("no benchmark leaves times as criterion does"));
    }
    let mut causes: Vec<_> = of(&compared, Standing::Regressed).map(slower).collect();
    // What is slower is so whatever became of the others, and must not be hidden by what is missing.
    match (missing, untold(&compared)) {
        (Some(missing), _) if causes.is_empty() => return Err(missing),
        (Some(missing), _) => causes.push(missing.into()),
        (None, Some(untold)) if causes.is_empty() => return Err(untold),
        (None, None) if are_all_others(&compared) => {
            let why =
                "it has benchmarks, and none that is still there: were they renamed or moved?";
            return Err(case.not_comparable(why));
        }
        (None, _) => {}
    }
    let count = |standing| of(&compared, standing).count() as u64;
    let measure = Measure::Benchmarks {
        count: compared.len() as u64 - count(Standing::Gone) - count(Standing::Missing),
        better: count(Standing::Improved),
        new: count(Standing::New),
        gone: count(Standing::Gone),
        is_compared: true,
    };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The benchmarks that a record compares.
pub(crate) fn compared_in(case: &Case<'_>) -> Result<Vec<Compared>, Refusal> {
    let mut all = of_times(&case.read(Format::Times, read_times)?, &case.config.performance);
    // The baseline's programs are those of all members.
    let is_of_it = |it: &Compared| it.package.as_ref().is_some_and(|it| case.members.contains(it));
    all.retain(|it| case.members.is_empty() || it.standing != Standing::Gone || is_of_it(it));
    Ok(all)
}

/// The benchmarks of both sides, one by one.
pub fn of_times(times: &Times, config: &Performance) -> Vec<Compared> {
    times.benchmarks.iter().map(|one| compared(one, config)).collect()
}

fn compared(one: &TimedBenchmark, config: &Performance) -> Compared {
    let TimedBenchmark { package, name, times, .. } = one;
    let subject = Subject { package: Some(package), name, unit: Unit::Nanoseconds, config };
    match times {
        TimedRounds::New => subject.without(Standing::New, "the baseline does not have it"),
        TimedRounds::Gone => subject.without(Standing::Gone, "only the baseline has it"),
        TimedRounds::Broken(why) => subject
            .without(Standing::Missing, format!("it came to no time: {}", printable_line(why))),
        TimedRounds::Of { first, again } => of_rounds(&subject, first, again),
    }
}

fn of_rounds(subject: &Subject<'_>, first: &[TimedRound], again: &[TimedRound]) -> Compared {
    let rounds = |all: &[TimedRound]| all.iter().map(round).collect::<Vec<_>>();
    let decisive = if again.is_empty() { first } else { again };
    let of = |side: fn(&TimedRound) -> [f64; 2]| {
        median(decisive.iter().flat_map(side)).unwrap_or_default()
    };
    let (before, now) = (of(|it| it.before), of(|it| it.now));
    let allowed = subject.allowed().0.as_f64() / 100.0;
    let Some(Conclusion { change, judgement }) = conclude(&rounds(first), &rounds(again), allowed)
    else {
        return subject.timed(before, now, None);
    };
    let compared = subject.timed(before, now, Some(change));
    // Chance chose it for the first pass.
    if judgement == Judgement::Unclear && compared.standing == Standing::Regressed {
        let reason = Some("it was not measured again".to_owned());
        return Compared { standing: Standing::Unclear, reason, ..compared };
    }
    compared
}

fn round(of: &TimedRound) -> Round {
    let order = if of.now_first { Order::NowFirst } else { Order::BeforeFirst };
    Round { order, before: of.before, now: of.now }
}

fn of(all: &[Compared], standing: Standing) -> impl Iterator<Item = &Compared> {
    all.iter().filter(move |it| it.standing == standing)
}

/// Whether both sides have benchmarks, and none in common: what was moved would else get slower unseen.
fn are_all_others(all: &[Compared]) -> bool {
    let has = |standing| of(all, standing).next().is_some();
    has(Standing::New) && has(Standing::Gone) && all.iter().all(|it| it.now.is_none())
}

/// That an entry of `performance.limits` is about a benchmark that is not there.
fn missing(case: &Case<'_>, all: &[Compared]) -> Option<Refusal> {
    let there = all.iter().filter(|it| it.standing != Standing::Gone);
    let there: Vec<_> = there.map(Compared::key).collect();
    refusal(case.config, case.members, BenchmarkMeasure::Time, &there)
}

fn slower(one: &Compared) -> Cause {
    let (package, change) = (one.package.as_deref(), one.change.unwrap_or_default());
    let [low, high] = one.interval.unwrap_or_default();
    let message = format!(
        "{}: the benchmark {} takes {} more time than at the baseline ({} to {}; {})",
        package.unwrap_or_default(),
        one.name,
        percent(change),
        percent(low),
        percent(high),
        one.allowed_words(),
    );
    Cause::new(Code::TimeGrew, bounded(&message, MESSAGE)).about(package)
}

/// Why there is no verdict about some; those that came to no time are named before those that are not clear.
fn untold(all: &[Compared]) -> Option<Refusal> {
    let missing: Vec<_> = of(all, Standing::Missing).collect();
    let unclear: Vec<_> = of(all, Standing::Unclear).collect();
    let (code, named) = if missing.is_empty() {
        (Code::NoiseTooLarge, &unclear)
    } else {
        (Code::BenchmarkBroken, &missing)
    };
    let first = named.first()?;
    let count = counted(named.len(), "benchmark", "benchmarks");
    let reason = first.reason.as_deref().unwrap_or_default();
    let message = match code {
        Code::BenchmarkBroken => {
            format!("{count} came to no time, the first of them {}", first.name)
        }
        _ => format!(
            "it cannot be told of {count} whether more time is taken than allowed, the first of them {}: {reason}",
            first.name
        ),
    };
    let lines: Vec<_> = missing.iter().chain(&unclear).map(|it| untold_line(it)).collect();
    let detail = Some(bounded(&lines.join("\n"), DETAIL));
    Some(Refusal { code, message: bounded(&message, MESSAGE), detail })
}

/// `a: the benchmark b changes by -9.0 % to 9.0 %: the noise (±9.1 %) is above the threshold (3 %)`
fn untold_line(one: &Compared) -> String {
    let package = one.package.as_deref().unwrap_or_default();
    let change = one.interval.map_or_else(String::new, |[low, high]| {
        format!(" changes by {} to {}", percent(low), percent(high))
    });
    let reason = one.reason.as_deref().unwrap_or_default();
    format!("{package}: the benchmark {}{change}: {reason}", one.name)
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
