//! What can be said of measured times.
//!
//! A time is another one in each run, so that a single number says little of a change. Here a change is an [`Interval`]
//! that holds the true one in 99 of 100 cases, and is found in ways that assume little of the noise: by ranks, so that
//! an outlier counts as one run and not as its size, and by pairs, so that what a machine does meanwhile meets both
//! programs alike.
//!
//! - [`paired`]: of differences between neighbours (Wilcoxon's signed ranks, and the estimate of Hodges and Lehmann).
//! - [`shift`]: of two samples that were taken apart (the ranks of Mann and Whitney).
//! - [`Interval::judge`]: what an interval means beside a threshold.
//! - [`measure`]: in which order programs run, and which benchmarks are measured again.
//! - [`conclude`]: what the rounds of a benchmark say.
//!
//! The formulas are those of Lehmann, *Nonparametrics: Statistical Methods Based on Ranks* (1975), chapters 2 to 4.
//! Nothing here reads a clock or starts a process.

mod interval;
mod normal;
mod protocol;
mod rank_sum;
mod round;
mod signed_rank;

pub use interval::{Interval, Judgement};
pub use protocol::{Measured, Pass, Protocol, Run, measure};
pub use rank_sum::shift;
pub use round::{Conclusion, Order, Round, Side, conclude, is_suspect};
pub use signed_rank::paired;

/// The median of values, in whatever order; none of none.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    signed_rank::median_of(&values)
}

/// How often an interval holds the true change: in 99 of 100 cases, so that on either side it misses in one of 200.
pub const CONFIDENCE: f64 = 0.99;

/// The share of cases in which an interval may lie wholly on one side of the truth.
const TAIL: f64 = (1.0 - CONFIDENCE) / 2.0;
