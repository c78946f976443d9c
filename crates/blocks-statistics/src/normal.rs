//! Ranks of many values, whose sums are distributed normally.

/// The value that a normal variable is above in one of 200 cases.
const QUANTILE: f64 = 2.575_829_303_548_9;

/// How many of a list of values, in order, lie outside of an interval on either side, where what is counted has this
/// mean and this variance; none where the list is too short for the interval to have two ends.
pub(crate) fn outside(mean: f64, variance: f64) -> Option<usize> {
    let outside = (mean - QUANTILE * variance.sqrt() - 0.5).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is not negative, and whole"
    )]
    (outside >= 0.0).then_some(outside as usize)
}

/// The same from the exact distribution: how often each number occurs, of `all` cases that are alike likely.
pub(crate) fn outside_exactly(counts: &[f64], all: f64, tail: f64) -> Option<usize> {
    let mut sum = 0.0;
    let below = counts.iter().take_while(|count| {
        sum += **count;
        sum <= tail * all
    });
    // The interval begins behind the last of them.
    below.count().checked_sub(1)
}
