//! What criterion leaves of a measurement: `benchmark.json`, `estimates.json` and `sample.json` of one folder, as its
//! versions 0.3 to 0.8 write them.
//!
//! A sample is a number of iterations and the nanoseconds that they took together. Whether the numbers of iterations
//! grow (linear) or not (flat), the time of one iteration is what both come to.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// The files of one measurement.
#[derive(Debug, Clone, Copy)]
pub struct CriterionFiles<'a> {
    /// `benchmark.json`: what was measured.
    pub benchmark: &'a [u8],
    /// `estimates.json`: what criterion makes of it.
    pub estimates: &'a [u8],
    /// `sample.json`: the times.
    pub sample: &'a [u8],
}

/// A measurement of a benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionMeasurement {
    /// What the benchmark is called: its group, function and value, with `/` between those that it has.
    pub name: String,
    /// Its group, or its own name where it has none.
    pub group: String,
    /// Its function in the group.
    pub function: Option<String>,
    /// What the function was called with.
    pub value: Option<String>,
    /// What one iteration goes through.
    pub throughput: Option<Throughput>,
    /// The median time of an iteration, in nanoseconds, as criterion has it.
    pub median: f64,
    /// The time of an iteration in each sample, in nanoseconds: finite, above 0, and at least one.
    pub times: Vec<f64>,
}

/// What an iteration goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Throughput {
    /// So many bits.
    Bits(u64),
    /// So many bytes.
    Bytes(u64),
    /// So many bytes, told in powers of ten.
    BytesDecimal(u64),
    /// So many elements.
    Elements(u64),
    /// So many of both.
    ElementsAndBytes {
        /// The elements.
        elements: u64,
        /// The bytes.
        bytes: u64,
    },
}

#[derive(Deserialize)]
struct Named {
    group_id: String,
    function_id: Option<String>,
    value_str: Option<String>,
    throughput: Option<Throughput>,
    full_id: String,
}

#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

#[derive(Deserialize)]
struct Sample {
    #[serde(rename = "sampling_mode")]
    _mode: Mode,
    iters: Vec<f64>,
    times: Vec<f64>,
}

#[derive(Deserialize)]
enum Mode {
    Linear,
    Flat,
}

const FORMAT: Format = Format::Criterion;

/// Reads one measurement. The three files have to be of one run: the median has to lie among the times.
pub fn read_criterion(files: CriterionFiles<'_>) -> Result<CriterionMeasurement, EvidenceError> {
    let id: Named = read("benchmark.json", files.benchmark)?;
    let estimates: Estimates = read("estimates.json", files.estimates)?;
    let sample: Sample = read("sample.json", files.sample)?;
    if id.full_id.is_empty() {
        return Err(FORMAT.malformed("benchmark.json", "the benchmark has no name"));
    }
    let times = times(&sample).map_err(|reason| FORMAT.malformed("sample.json", reason))?;
    let median = estimates.median.point_estimate;
    if !lies_among(median, &times) {
        let reason = "the median is none of the times in sample.json: it is of another run";
        return Err(FORMAT.malformed("estimates.json", reason));
    }
    let short = |text: String| bounded(&text, NAME);
    Ok(CriterionMeasurement {
        name: short(id.full_id),
        group: short(id.group_id),
        function: id.function_id.map(short),
        value: id.value_str.map(short),
        throughput: id.throughput,
        median,
        times,
    })
}

fn read<'a, T: Deserialize<'a>>(name: &str, bytes: &'a [u8]) -> Result<T, EvidenceError> {
    FORMAT.check_size(bytes.len())?;
    serde_json::from_slice(bytes).map_err(|error| FORMAT.malformed(name, error))
}

/// The time of an iteration in each sample.
fn times(sample: &Sample) -> Result<Vec<f64>, &'static str> {
    if sample.iters.len() != sample.times.len() {
        return Err("there are not as many times as numbers of iterations");
    }
    if sample.times.is_empty() {
        return Err("it has no times");
    }
    let samples = sample.iters.iter().zip(&sample.times);
    samples.map(|(iterations, time)| of_one(*iterations, *time)).collect()
}

fn of_one(iterations: f64, time: f64) -> Result<f64, &'static str> {
    if !iterations.is_finite() || iterations < 1.0 || iterations.fract() != 0.0 {
        return Err("a number of iterations is none");
    }
    let one = time / iterations;
    // What the compiler leaves nothing of takes no time: nothing is measured then.
    if one.is_finite() && one > 0.0 { Ok(one) } else { Err("a time is not above 0") }
}

/// Whether a median can be one of these, but for what rounding does.
fn lies_among(median: f64, times: &[f64]) -> bool {
    const ROUNDING: f64 = 1e-9;
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    median.is_finite() && median >= least * (1.0 - ROUNDING) && median <= most * (1.0 + ROUNDING)
}
