//! Benchmarks beside their baseline, one by one: what both came to, and whether that is more than is allowed.
//!
//! A count is the same in each run, and is compared exactly. A time is another one in each run: a change of it is an
//! interval, and where that holds the threshold nothing is said.

use crate::Outcome;
use crate::growth::grew;
use crate::limits::{allowed_words, missing, unmatched};
use blocks_config::{BenchmarkLimit, BenchmarkMeasure, Performance, Regression};
use blocks_statistics::{Interval, Judgement};
use serde::{Serialize, Serializer};

/// A benchmark beside its baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Compared {
    /// Its package; none where it is not known.
    pub package: Option<String>,
    /// What it is called in its package.
    pub name: String,
    /// What its numbers count.
    pub unit: Unit,
    /// What it came to at the baseline.
    #[serde(serialize_with = "plain")]
    pub before: Option<f64>,
    /// What it comes to now.
    #[serde(serialize_with = "plain")]
    pub now: Option<f64>,
    /// The change, as a share of the baseline: 0.05 is 5 % more.
    pub change: Option<f64>,
    /// What the change may be, from the least to the most; none where it is exact, or not known.
    pub interval: Option<[f64; 2]>,
    /// How much more is allowed, in percent.
    #[cfg_attr(feature = "schema", schemars(with = "f64"))]
    pub allowed: Regression,
    /// The name or beginning of names of the entry of `performance.limits` that allows it; none where it is the limit of
    /// all.
    pub limit: Option<String>,
    /// What that comes to.
    pub standing: Standing,
    /// Why it is so, where that is no matter of the numbers.
    pub reason: Option<String>,
}

/// What a number of a benchmark counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Time.
    Nanoseconds,
    /// Instructions that were run.
    Instructions,
    /// Allocations.
    Allocations,
    /// The bytes of all allocations.
    AllocatedBytes,
}

/// How a benchmark stands beside its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It takes more than is allowed.
    Regressed,
    /// It takes less, by more than would be too much more.
    Improved,
    /// It takes no more than is allowed.
    Within,
    /// The noise is too large to tell.
    Unclear,
    /// It was expected, and did not run.
    Missing,
    /// Its result is older than the sources.
    Stale,
    /// What it left cannot be read.
    Unreadable,
    /// What it is compared with is the same run.
    NotCompared,
    /// The baseline does not have it.
    New,
    /// Only the baseline has it.
    Gone,
}

/// What is compared, and with how much more.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The package of the benchmark; none where it is not known.
    pub package: Option<&'a str>,
    /// What it is called in its package.
    pub name: &'a str,
    /// What its numbers count.
    pub unit: Unit,
    /// What is allowed of it.
    pub config: &'a Performance,
}

impl Unit {
    /// What entries of `performance.limits` call it.
    pub const fn measure(self) -> BenchmarkMeasure {
        match self {
            Self::Nanoseconds => BenchmarkMeasure::Time,
            Self::Instructions | Self::Allocations | Self::AllocatedBytes => {
                BenchmarkMeasure::Instructions
            }
        }
    }
}

impl Standing {
    /// What it is worth: only what was compared passes.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Regressed => Outcome::Fail,
            Self::Improved | Self::Within => Outcome::Pass,
            Self::Unclear | Self::Missing | Self::Stale | Self::Unreadable | Self::NotCompared => {
                Outcome::NoVerdict
            }
            Self::New | Self::Gone => Outcome::NotApplicable,
        }
    }
}

impl Subject<'_> {
    /// Two times, and what the change between them may be; none where too little was measured to say.
    pub fn timed(&self, before: f64, now: f64, interval: Option<Interval>) -> Compared {
        let compared =
            Compared { before: Some(before), now: Some(now), ..self.standing(Standing::Unclear) };
        let Some(interval) = interval else {
            let reason = Some("too little was measured to tell".to_owned());
            return Compared { reason, ..compared };
        };
        let standing = match interval.judge(compared.allowed.as_f64() / 100.0) {
            Judgement::Regressed => Standing::Regressed,
            Judgement::Improved => Standing::Improved,
            Judgement::Within => Standing::Within,
            Judgement::Unclear => Standing::Unclear,
        };
        let is_unclear = standing == Standing::Unclear;
        let reason = is_unclear.then(|| unclear(&interval, compared.allowed));
        let (change, interval) = (Some(interval.estimate), Some([interval.low, interval.high]));
        Compared { change, interval, standing, reason, ..compared }
    }

    /// Two counts, which are compared exactly.
    pub fn counted(&self, before: u64, now: u64) -> Compared {
        let compared = self.standing(Standing::Within);
        let standing = if grew(now, before, compared.allowed) {
            Standing::Regressed
        } else if grew(before, now, compared.allowed) {
            Standing::Improved
        } else {
            Standing::Within
        };
        let [was, is] = [before, now].map(as_float);
        // Of nothing, more is no share.
        let change = (before > 0).then(|| (is - was) / was).or((now == 0).then_some(0.0));
        Compared { before: Some(was), now: Some(is), change, standing, ..compared }
    }

    /// What is not compared, and why.
    pub fn without(&self, standing: Standing, reason: impl Into<String>) -> Compared {
        Compared { reason: Some(reason.into()), ..self.standing(standing) }
    }

    /// A benchmark that the baseline does not have.
    pub fn new_one(&self, now: f64) -> Compared {
        Compared { now: Some(now), ..self.standing(Standing::New) }
    }

    /// The same of a count.
    pub fn new_count(&self, now: u64) -> Compared {
        self.new_one(as_float(now))
    }

    /// How much more is allowed, and what says so of this benchmark alone.
    pub(crate) fn allowed(&self) -> (Regression, Option<&BenchmarkLimit>) {
        let Self { package, name, unit, config } = *self;
        match package {
            Some(package) => config.allowed((package, name), unit.measure()),
            None => config.allowed_of_any(name, unit.measure()),
        }
    }

    fn standing(&self, standing: Standing) -> Compared {
        let Self { package, name, unit, .. } = *self;
        let (allowed, own) = self.allowed();
        Compared {
            package: package.map(str::to_owned),
            name: name.to_owned(),
            unit,
            before: None,
            now: None,
            change: None,
            interval: None,
            allowed,
            limit: own.map(|own| own.benchmark.to_string()),
            standing,
            reason: None,
        }
    }
}

/// Why an interval does not tell.
fn unclear(interval: &Interval, allowed: Regression) -> String {
    let noise = interval.noise();
    if noise > allowed.as_f64() / 100.0 {
        format!("the noise (±{:.1} %) is above the threshold ({allowed} %)", noise * 100.0)
    } else {
        format!("the threshold ({allowed} %) lies in the interval")
    }
}

/// What was expected and is not among benchmarks: entries of `performance.limits` that none of them fits. A benchmark
/// whose package is not known may be of any.
pub fn expected(compared: &[Compared], config: &Performance) -> Vec<Compared> {
    let mut found = Vec::new();
    for unit in [Unit::Nanoseconds, Unit::Instructions] {
        let is_of_it = |it: &&Compared| it.unit.measure() == unit.measure();
        let ran: Vec<_> = compared.iter().filter(is_of_it).map(Compared::key).collect();
        found.extend(unmatched(&config.limits, &[], unit.measure(), &ran).map(|limit| {
            let BenchmarkLimit { member, benchmark, .. } = limit;
            let subject = Subject { package: Some(member), name: benchmark.as_str(), unit, config };
            subject.without(Standing::Missing, missing(limit))
        }));
    }
    found
}

impl Compared {
    /// How much more is allowed, and by what: `1 % allowed`, `2.5 % allowed by the limit of read*`.
    pub fn allowed_words(&self) -> String {
        allowed_words(self.allowed, self.limit.as_deref())
    }

    pub(crate) fn key(&self) -> (Option<&str>, &str) {
        (self.package.as_deref(), &self.name)
    }
}

/// What benchmarks come to together. Where none was held against anything, there is no verdict.
pub fn outcome_of(compared: &[Compared]) -> Outcome {
    let has = |outcome| compared.iter().any(|it| it.standing.outcome() == outcome);
    if has(Outcome::Fail) {
        Outcome::Fail
    } else if has(Outcome::NoVerdict) || !has(Outcome::Pass) {
        Outcome::NoVerdict
    } else {
        Outcome::Pass
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown, and not judged")]
fn as_float(count: u64) -> f64 {
    count as f64
}

/// A number that is whole without a point.
#[expect(clippy::ref_option, reason = "what serde wants")]
fn plain<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    /// From here on a float does not tell neighbours apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole, and in the range"
        )]
        Some(number) if number.fract() == 0.0 && (0.0..EXACT).contains(number) => {
            serializer.serialize_some(&(*number as u64))
        }
        other => other.serialize(serializer),
    }
}
