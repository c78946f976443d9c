//! What intervals promise.

use blocks_statistics::{Interval, Judgement, paired, shift};
use proptest::prelude::*;

fn interval(low: f64, estimate: f64, high: f64) -> Interval {
    Interval { low, estimate, high }
}

#[test]
fn a_change_is_judged_by_the_whole_of_its_interval() {
    let judged = [
        (interval(0.02, 0.03, 0.04), Judgement::Regressed),
        // The estimate is beyond the threshold, and the interval is not.
        (interval(0.005, 0.03, 0.06), Judgement::Unclear),
        (interval(-0.02, 0.0, 0.02), Judgement::Unclear),
        (interval(-0.02, 0.0, 0.01), Judgement::Within),
        (interval(-0.05, -0.01, 0.01), Judgement::Within),
        (interval(-0.05, -0.03, -0.02), Judgement::Improved),
    ];
    for (interval, expected) in judged {
        assert_eq!(interval.judge(0.01), expected, "{interval:?}");
    }
}

// Without noise one knows exactly, also where nothing at all is allowed.
#[test]
fn times_without_noise_leave_no_doubt() {
    let same = paired(&[0.0; 10]).expect("enough");
    assert_eq!(same, interval(0.0, 0.0, 0.0));
    assert_eq!(same.judge(0.0), Judgement::Within);
    let slower = shift(&[100.0; 6], &[102.0; 6]).expect("enough");
    assert!((slower.estimate - 0.02).abs() < 1e-9 && slower.noise() < 1e-9);
    assert_eq!(slower.judge(0.01), Judgement::Regressed);
}

#[test]
fn too_few_values_give_no_interval() {
    assert_eq!(paired(&[0.5; 7]), None);
    assert!(paired(&[0.5; 8]).is_some());
    assert_eq!(shift(&[1.0; 4], &[9.0; 5]), None);
    assert!(shift(&[1.0; 5], &[9.0; 5]).is_some());
    assert_eq!(shift(&[], &[1.0; 5]), None);
}

#[test]
fn what_is_no_time_gives_no_interval() {
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(shift(&[1.0; 9], &[1.0, 1.0, wrong, 1.0, 1.0, 1.0]), None, "{wrong}");
    }
    assert_eq!(paired(&[0.1, f64::NAN, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]), None);
}

#[test]
fn an_outlier_counts_as_one_value() {
    let mut differences = vec![0.0; 30];
    differences[0] = 1000.0;
    assert_eq!(paired(&differences).map(|it| it.estimate), Some(0.0));
}

#[test]
fn long_samples_are_compared_in_little_time() {
    let many: Vec<f64> = (1..=100_000).map(f64::from).collect();
    let more: Vec<f64> = many.iter().map(|it| it * 1.1).collect();
    let change = shift(&many, &more).expect("enough");
    assert!((change.estimate - 0.1).abs() < 0.05, "{change:?}");
}

proptest! {
    #[test]
    fn estimates_lie_in_their_intervals(values in prop::collection::vec(-1.0..1.0_f64, 8..80)) {
        let it = paired(&values).expect("enough");
        prop_assert!(it.low <= it.estimate && it.estimate <= it.high);
        prop_assert!(it.noise() >= 0.0);
    }

    // Which program is called the new one decides about the sign alone.
    #[test]
    fn the_two_sides_are_alike(values in prop::collection::vec(-1.0..1.0_f64, 8..80)) {
        let it = paired(&values).expect("enough");
        let opposite = paired(&values.iter().map(|it| -it).collect::<Vec<_>>()).expect("enough");
        prop_assert!((it.low.ln_1p() + opposite.high.ln_1p()).abs() < 1e-9);
        prop_assert!((it.high.ln_1p() + opposite.low.ln_1p()).abs() < 1e-9);
    }

    // Nanoseconds or seconds: a change is a share.
    #[test]
    fn units_do_not_matter(
        before in prop::collection::vec(0.1..10.0_f64, 5..40),
        now in prop::collection::vec(0.1..10.0_f64, 5..40),
        unit in 1.0..1e9_f64,
    ) {
        let scaled = |times: &[f64]| times.iter().map(|it| it * unit).collect::<Vec<_>>();
        let it = shift(&before, &now).expect("enough");
        let other = shift(&scaled(&before), &scaled(&now)).expect("enough");
        prop_assert!((it.low - other.low).abs() < 1e-6 * (1.0 + it.low.abs()));
        prop_assert!((it.high - other.high).abs() < 1e-6 * (1.0 + it.high.abs()));
    }

    // The bytes may come from anywhere.
    #[test]
    fn no_numbers_stop_the_program(before: Vec<f64>, now: Vec<f64>) {
        let _ = paired(&before);
        let _ = shift(&before, &now);
    }
}
