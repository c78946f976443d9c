//! The change between two samples that were taken apart, by the ranks of Mann and Whitney.

use crate::normal::{outside, outside_exactly};
use crate::signed_rank::{as_float, median_of};
use crate::{Interval, TAIL};

/// From how many pairs on the distribution is taken as normal.
const MANY: usize = 900;

/// The most values that are taken of a sample; of more, so many that lie evenly among them.
const MOST: usize = 1000;

/// The change between the times of two samples, all above 0 and in one unit; none where they are too few to be sure of
/// anything (of two alike, below five each), or where one is no such number.
///
/// What differs between the two occasions is in the change, and not in its interval: another load of the machine looks
/// like another program.
pub fn shift(before: &[f64], now: &[f64]) -> Option<Interval> {
    let (before, now) = (logarithms(before)?, logarithms(now)?);
    let pairs = before.len() * now.len();
    let (m, n) = (as_float(before.len()), as_float(now.len()));
    let outside = if pairs < MANY {
        let counts = distribution(before.len(), now.len());
        outside_exactly(&counts, counts.iter().sum(), TAIL)?
    } else {
        outside(m * n / 2.0, m * n * (m + n + 1.0) / 12.0)?
    };
    let mut differences = Vec::with_capacity(pairs);
    for one in &now {
        differences.extend(before.iter().map(|other| one - other));
    }
    differences.sort_unstable_by(f64::total_cmp);
    let low = *differences.get(outside)?;
    let high = *differences.get(differences.len().checked_sub(outside + 1)?)?;
    Some(Interval::of_logarithms(low, median_of(&differences)?, high))
}

fn logarithms(times: &[f64]) -> Option<Vec<f64>> {
    let step = times.len().div_ceil(MOST).max(1);
    let is_time = |time: &f64| time.is_finite() && *time > 0.0;
    times.iter().step_by(step).map(|time| is_time(time).then(|| time.ln())).collect()
}

/// How many of the orders of `m` and `n` values have each number of pairs in which the second is the smaller one: the
/// coefficients of Gauss's binomial.
fn distribution(m: usize, n: usize) -> Vec<f64> {
    let mut ways = vec![0.0; m * n + 1];
    ways[0] = 1.0;
    for i in 1..=m {
        for sum in (n + i..ways.len()).rev() {
            ways[sum] -= ways[sum - n - i];
        }
        for sum in i..ways.len() {
            ways[sum] += ways[sum - i];
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_counted() {
        assert_eq!(distribution(2, 3), [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0]);
        assert!((distribution(10, 10).iter().sum::<f64>() - 184_756.0).abs() < f64::EPSILON);
    }

    // The critical values of the usual tables, two-sided at 1 %: 0 for 5 and 5, 16 for 10 and 10, 105 for 20 and 20.
    #[test]
    fn intervals_end_where_tables_say() {
        for (size, critical) in [(5, 0), (10, 16), (20, 105)] {
            let counts = distribution(size, size);
            assert_eq!(outside_exactly(&counts, counts.iter().sum(), TAIL), Some(critical));
        }
    }

    #[test]
    fn the_normal_distribution_goes_on_where_the_exact_one_ends() {
        let counts = distribution(30, 30);
        let exact = outside_exactly(&counts, counts.iter().sum(), TAIL).expect("an end");
        let normal = outside(450.0, 900.0 * 61.0 / 12.0).expect("an end");
        assert!(exact.abs_diff(normal) <= 4, "{exact}, {normal}");
    }
}
