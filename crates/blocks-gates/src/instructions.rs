//! The gate of instructions: what benchmarks count, compared with a baseline one by one.
//!
//! Numbers that are the same in each run of the same code decide: instructions, and allocations where a benchmark counts
//! these. What a simulation of caches gives is told beside them: it depends on where code and data happen to lie. A
//! benchmark that is new is counted, and not judged; so is one that is gone. They are told apart by their packages and
//! names. One that an entry of `performance.limits` expects has to be there.

use crate::case::Case;
use crate::diagnostics::{messages, not_compiled};
use crate::finding::Finding;
use crate::growth::{OfPackages, came_and_went, grew};
use crate::limits::{allowed_words, refusal};
use crate::performance::{Compared, Subject, Unit};
use crate::refusal::Refusal;
use crate::tests::NOT_BUILT;
use crate::words::{counted, of_code, raised_percent};
use crate::{Cause, Code, Measure};
use blocks_config::BenchmarkMeasure;
use blocks_evidence::{
    BuildMessages, Count, DETAIL, Format, MESSAGE, bounded, read_file_list, read_gungraun,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What decides.
pub(crate) const JUDGED: [(Count, Unit); 3] = [
    (Count::Instructions, Unit::Instructions),
    (Count::Allocations, Unit::Allocations),
    (Count::AllocatedBytes, Unit::AllocatedBytes),
];

/// What entries of `performance.limits` are about here.
const COUNTS: BenchmarkMeasure = BenchmarkMeasure::Instructions;

/// The exit status where a benchmark is above a limit of its own.
const ABOVE: i32 = 3;

pub(crate) type Counts = BTreeMap<Count, u64>;

/// What the benchmarks count.
pub(crate) type Benchmarks = OfPackages<Counts>;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let messages = of_build(case)?;
    if case.exit == NOT_BUILT {
        return Ok(not_compiled(case, &messages, told));
    }
    let (now, mut causes) = benchmarks(case, &messages)?;
    if (case.exit == ABOVE) == causes.is_empty() {
        return Err(case.contradicts(&format!("{} above limits of their own", causes.len())));
    }
    let before: Option<Benchmarks> =
        case.before(read)?.map(|all| all.into_iter().flatten().collect());
    let (new, gone) = came_and_went(case, &now, before.as_ref());
    let ran: Vec<_> =
        now.keys().map(|(package, name)| (Some(package.as_str()), name.as_str())).collect();
    let missing = refusal(case.config, case.members, COUNTS, &ran);
    // Where there were some, it is told that they are gone.
    if missing.is_none() && now.is_empty() && gone == 0 {
        return Ok(Finding::not_applicable("no benchmark counts instructions"));
    }
    let mut better = 0;
    if let Some(before) = &before {
        better = improved(case, &now, before);
        causes.extend(growth(case, &now, before));
    }
    match missing {
        Some(missing) if causes.is_empty() => return Err(missing),
        // What failed must not be hidden by what is missing.
        Some(missing) => causes.push(missing.into()),
        None => {}
    }
    let count = now.len() as u64;
    let is_compared = before.is_some();
    let measure = Measure::Benchmarks { count, better, new, gone, is_compared };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What cargo said as it built the programs. A program that is above a limit of its own was built.
fn of_build(case: &Case<'_>) -> Result<BuildMessages, Refusal> {
    let exit = if case.exit == ABOVE { 0 } else { case.exit };
    messages(&Case { exit, ..*case })
}

/// What a record of the baseline says. Limits that were not kept there are no matter here.
pub(crate) fn read(case: &Case<'_>) -> Result<Benchmarks, Refusal> {
    let messages = of_build(case)?;
    if case.exit == NOT_BUILT {
        return Err(Refusal::new(Code::BaselineWithoutAnswer, "its code does not compile"));
    }
    benchmarks(case, &messages).map(|(found, _)| found)
}

/// The benchmarks, and those that are above limits of their own. Each program of benchmarks has left some, or is of
/// another harness.
fn benchmarks(
    case: &Case<'_>,
    messages: &BuildMessages,
) -> Result<(Benchmarks, Vec<Cause>), Refusal> {
    let counted = case.read(Format::GungraunSummaries, read_gungraun)?;
    let others = case.read(Format::FileList, read_file_list)?;
    let is_other = |path: &str| others.iter().any(|it| it.strip_prefix("./") == Some(path));
    for program in &messages.benches {
        if !is_other(&program.path) && !counted.iter().any(|it| it.program == program.path) {
            let message = format!("no benchmark of {} was counted", program.name);
            return Err(case.contradicts(&message));
        }
    }
    let (mut found, mut causes) = (Benchmarks::new(), Vec::new());
    for one in counted {
        let Some(program) = messages.benches.iter().find(|it| it.path == one.program) else {
            return Err(case.contradicts(&format!("{} is of no program of the build", one.name)));
        };
        let package = &program.package;
        causes.extend(one.above.iter().map(|limit| {
            let message =
                format!("{package}: the benchmark {} is above its limit: {limit}", one.name);
            Cause::new(Code::BenchmarkLimit, bounded(&message, MESSAGE)).about(Some(package))
        }));
        found.insert((package.clone(), one.name), one.counts);
    }
    Ok((found, causes))
}

/// A cause for each number of a benchmark that is more than allowed.
fn growth(case: &Case<'_>, now: &Benchmarks, before: &Benchmarks) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (key @ (package, name), counts) in now {
        let Some(old) = before.get(key) else { continue };
        let (allowed, own) = case.config.performance.allowed((package, name), COUNTS);
        for (count, _) in JUDGED {
            let (Some(is), Some(was)) = (counts.get(&count), old.get(&count)) else { continue };
            if !grew(*is, *was, allowed) {
                continue;
            }
            let more = raised_percent(is - was, *was);
            let message = format!(
                "{package}: the benchmark {name} has {is} {}, {more} more than the {was} at the baseline ({})",
                count.as_str(),
                allowed_words(allowed, own.map(|limit| limit.benchmark.as_str()))
            );
            let cause = Cause::new(Code::InstructionsGrew, bounded(&message, MESSAGE));
            causes.push(cause.about(Some(package)).with_detail(all(counts, old)));
        }
    }
    causes
}

/// All that was counted, a line each: `instructions: 5014, 4916 at the baseline`.
fn all(counts: &Counts, old: &Counts) -> String {
    let mut text = String::new();
    for (count, is) in counts {
        let _ = write!(text, "{}: {is}", count.as_str());
        if let Some(was) = old.get(count) {
            let _ = write!(text, ", {was} at the baseline");
        }
        text.push('\n');
    }
    bounded(text.trim_end(), DETAIL)
}

/// The numbers that decide, one by one; none without a baseline.
pub(crate) fn compared(case: &Case<'_>) -> Result<Vec<Compared>, Refusal> {
    let (now, _) = benchmarks(case, &of_build(case)?)?;
    let Some(before) = case.before(read)? else { return Ok(Vec::new()) };
    let before: Benchmarks = before.into_iter().flatten().collect();
    let config = &case.config.performance;
    let mut all = Vec::new();
    for (key @ (package, name), counts) in &now {
        for (count, unit) in JUDGED {
            let Some(is) = counts.get(&count) else { continue };
            let subject = Subject { package: Some(package), name, unit, config };
            let was = before.get(key).and_then(|counts| counts.get(&count));
            all.push(was.map_or_else(|| subject.new_count(*is), |was| subject.counted(*was, *is)));
        }
    }
    Ok(all)
}

/// How many take fewer instructions, by more than what would be too many more.
fn improved(case: &Case<'_>, now: &Benchmarks, before: &Benchmarks) -> u64 {
    let of = |counts: &Counts| counts.get(&Count::Instructions).copied();
    let is_better = |(key, counts): &(&(String, String), &Counts)| {
        let (allowed, _) = case.config.performance.allowed((&key.0, &key.1), COUNTS);
        let was = before.get(*key).and_then(of);
        of(counts).zip(was).is_some_and(|(is, was)| grew(was, is, allowed))
    };
    now.iter().filter(is_better).count() as u64
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let &Measure::Benchmarks { count, better, new, gone, is_compared } = measure else {
        return errors.unwrap_or_else(|| "it does not compile".to_owned());
    };
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let grown = of_code(causes, Code::InstructionsGrew);
    let above = of_code(causes, Code::BenchmarkLimit);
    let parts = [
        errors,
        (grown > 0).then(|| format!("{} more than allowed", counted(grown, "number", "numbers"))),
        (above > 0).then(|| {
            format!("{} above limits of benchmarks' own", counted(above, "number", "numbers"))
        }),
        Some(counted(number(count), "benchmark", "benchmarks")),
        (better > 0).then(|| format!("{better} better than before")),
        (new > 0).then(|| format!("{new} new")),
        (gone > 0).then(|| format!("{gone} gone")),
        (!is_compared).then(|| "not compared".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
