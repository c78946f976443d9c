//! The change of pairs, by Wilcoxon's signed ranks.

use crate::normal::{outside, outside_exactly};
use crate::{Interval, TAIL};

/// From how many differences on the distribution is taken as normal.
const MANY: usize = 50;

/// The change that differences between logarithms of two times show; none where they are too few (below eight) to be
/// sure of anything, or where one of them is no number.
///
/// The differences have to be independent, and each as likely to be too large as too small by the same amount. Where a
/// coin decides which of two programs runs first, that is so whatever the noise is, if there is no change.
pub fn paired(differences: &[f64]) -> Option<Interval> {
    if differences.iter().any(|it| !it.is_finite()) {
        return None;
    }
    let count = differences.len();
    let outside = if count < MANY {
        outside_exactly(&distribution(count), 2_f64.powi(i32::try_from(count).ok()?), TAIL)?
    } else {
        let n = as_float(count);
        outside(n * (n + 1.0) / 4.0, n * (n + 1.0) * (2.0 * n + 1.0) / 24.0)?
    };
    let averages = averages(differences);
    // The interval is from the value behind so many to the one before so many.
    let low = *averages.get(outside)?;
    let high = *averages.get(averages.len().checked_sub(outside + 1)?)?;
    Some(Interval::of_logarithms(low, median_of(&averages)?, high))
}

/// How many of the ways to give signs to the ranks 1 to `count` come to each sum of the positive ones.
fn distribution(count: usize) -> Vec<f64> {
    let mut ways = vec![0.0; count * (count + 1) / 2 + 1];
    if let Some(none) = ways.first_mut() {
        *none = 1.0;
    }
    for rank in 1..=count {
        for sum in (rank..ways.len()).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    ways
}

/// The averages of all pairs, each value with itself as well, in order.
fn averages(values: &[f64]) -> Vec<f64> {
    let mut all = Vec::with_capacity(values.len() * (values.len() + 1) / 2);
    for (i, one) in values.iter().enumerate() {
        all.extend(values[i..].iter().map(|other| f64::midpoint(*one, *other)));
    }
    all.sort_unstable_by(f64::total_cmp);
    all
}

/// The median of values in order.
pub(crate) fn median_of(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if !sorted.len().is_multiple_of(2) {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(middle.checked_sub(1)?)?, upper))
}

#[expect(clippy::cast_precision_loss, reason = "so many values nobody measures")]
pub(crate) fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of 5 ranks the sums 0, 1 and 2 come in one way each, 3 in two.
    #[test]
    fn sums_of_ranks_are_counted() {
        assert_eq!(distribution(5)[..5], [1.0, 1.0, 1.0, 2.0, 2.0]);
        assert!((distribution(12).iter().sum::<f64>() - 4096.0).abs() < f64::EPSILON);
    }

    // The critical values of the usual tables, two-sided at 1 %: 0 for 8 values, 7 for 12, 19 for 16, 37 for 20.
    #[test]
    fn intervals_end_where_tables_say() {
        for (count, critical) in [(8, 0), (12, 7), (16, 19), (20, 37)] {
            let all = 2_f64.powi(count);
            let counts = distribution(usize::try_from(count).expect("a small number"));
            assert_eq!(outside_exactly(&counts, all, TAIL), Some(critical), "{count}");
        }
        assert_eq!(outside_exactly(&distribution(7), 128.0, TAIL), None);
    }

    // Where the two ways meet, they differ by less than one rank of a hundred.
    #[test]
    fn the_normal_distribution_goes_on_where_the_exact_one_ends() {
        let exact = outside_exactly(&distribution(MANY), 2_f64.powi(50), TAIL).expect("an end");
        let n = as_float(MANY);
        let normal = outside(n * (n + 1.0) / 4.0, n * (n + 1.0) * (2.0 * n + 1.0) / 24.0);
        assert!(exact.abs_diff(normal.expect("an end")) <= 4, "{exact}, {normal:?}");
    }
}
