//! Limits of benchmarks' own (`performance.limits`), and those of them that no benchmark fits.
//!
//! An entry says that there is a benchmark. Where none ran that it could be about, nothing was held against it, and
//! that must not look like a pass.

use crate::Code;
use crate::refusal::Refusal;
use blocks_config::{BenchmarkLimit, BenchmarkMeasure, PipelineConfig, Regression};
use blocks_evidence::{MESSAGE, bounded};

/// The gates that judge benchmarks, each with what it judges of them.
const MEASURES: [(&str, BenchmarkMeasure); 2] =
    [("instructions", BenchmarkMeasure::Instructions), ("time", BenchmarkMeasure::Time)];

/// The entries about a measure that no benchmark fits. `members` are those that benchmarks were looked for in, none for
/// all; a benchmark is the name of its package, none where that is not known, and its own.
pub(crate) fn unmatched<'a>(
    limits: &'a [BenchmarkLimit],
    members: &[String],
    measure: BenchmarkMeasure,
    benchmarks: &[(Option<&str>, &str)],
) -> impl Iterator<Item = &'a BenchmarkLimit> {
    let is_asked = move |it: &&BenchmarkLimit| {
        it.measure == measure && (members.is_empty() || members.contains(&it.member))
    };
    let ran = move |it: &BenchmarkLimit| {
        let of = |(member, name): &(Option<&str>, &str)| {
            it.is_about(member.unwrap_or(&it.member), name, measure)
        };
        benchmarks.iter().any(of)
    };
    limits.iter().filter(is_asked).filter(move |it| !ran(it))
}

/// What is wrong with an entry that no benchmark fits, and what to do.
pub(crate) fn missing(limit: &BenchmarkLimit) -> String {
    let BenchmarkLimit { member, benchmark, measure, .. } = limit;
    let message = format!(
        "{member}: no benchmark {benchmark} ran whose {measure} an entry of performance.limits could be about: run it, \
         or correct or remove the entry"
    );
    bounded(&message, MESSAGE)
}

/// The same as a refusal of what was judged; none where each entry has a benchmark.
pub(crate) fn refusal(
    config: &PipelineConfig,
    members: &[String],
    measure: BenchmarkMeasure,
    benchmarks: &[(Option<&str>, &str)],
) -> Option<Refusal> {
    let mut missed = unmatched(&config.performance.limits, members, measure, benchmarks);
    let first = missed.next()?;
    let mut refusal = Refusal::new(Code::BenchmarkMissing, missing(first));
    let others: Vec<_> = missed.map(missing).collect();
    refusal.detail = (!others.is_empty()).then(|| others.join("\n"));
    Some(refusal)
}

/// The refusal where a gate's stage had nothing to ask of these members.
pub(crate) fn of_no_benchmark(
    gate: &str,
    config: &PipelineConfig,
    members: &[String],
) -> Option<Refusal> {
    let (_, measure) = MEASURES.iter().find(|(name, _)| *name == gate)?;
    refusal(config, members, *measure, &[])
}

/// Which limit it was, in words: `1 % allowed`, `2.5 % allowed by the limit of read*`.
pub(crate) fn allowed_words(allowed: Regression, own: Option<&str>) -> String {
    match own {
        Some(limit) => format!("{allowed} % allowed by the limit of {limit}"),
        None => format!("{allowed} % allowed"),
    }
}
