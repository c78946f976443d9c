//! From values to places.

/// What a panel's height stands for, with the values that are written at it.
pub(super) struct Scale {
    low: f64,
    high: f64,
    /// The values of lines across the panel, the lowest first.
    pub(super) ticks: Vec<f64>,
}

/// What large numbers are counted in, from where on they have two digits of it.
const LARGE: [(f64, &str); 4] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

/// About how many lines there are.
const LINES: f64 = 3.0;

impl Scale {
    /// One that holds these values, from a round number to a round number.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let finite: Vec<f64> = values.filter(|it| it.abs() < 1e300).collect();
        let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
        let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            return Self { low: 0.0, high: 1.0, ticks: Vec::new() };
        }
        // Where nothing changed, the line is in the middle, and what could have changed is a tenth of it.
        let room = if high > low { 0.0 } else { (high.abs() / 10.0).max(1.0) };
        let step = step(((high + room) - (low - room)) / LINES);
        let (first, last) = (((low - room) / step).floor(), ((high + room) / step).ceil());
        let mut ticks = vec![first * step];
        for index in 1..=10 {
            let at = first + f64::from(index);
            if at > last {
                break;
            }
            ticks.push(at * step);
        }
        Self { low: first * step, high: last * step, ticks }
    }

    /// What is written at a value of a line: in thousands, millions, … where these are large, and as exact as the distance of
    /// the lines asks for.
    pub(super) fn label(&self, value: f64) -> String {
        let size = self.low.abs().max(self.high.abs());
        let known = LARGE.iter().find(|(unit, _)| size >= *unit * 10.0);
        let (unit, sign) = known.copied().unwrap_or((1.0, ""));
        let step = match self.ticks.as_slice() {
            [first, second, ..] => (second - first) / unit,
            _ => 1.0,
        };
        if size >= 1e16 || step < 1e-9 {
            return format!("{value:.1e}");
        }
        let places = (0..9).find(|places| {
            let shifted = step * 10_f64.powi(*places);
            (shifted - shifted.round()).abs() < 1e-6 * shifted
        });
        let places = usize::try_from(places.unwrap_or(9)).unwrap_or(9);
        format!("{:.places$}{sign}", value / unit)
    }

    /// Where a value lies: 0 at the bottom, 1 at the top.
    pub(super) fn share(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// The next of 1, 2, 5, 10, … that is not below a length.
fn step(length: f64) -> f64 {
    let power = 10_f64.powf(length.log10().floor());
    let fits = |it: &f64| *it * power >= length * (1.0 - 1e-9);
    [1.0, 2.0, 5.0].into_iter().find(fits).unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn heights_are_round_and_hold_all_values() {
        for (values, ticks) in [
            (vec![3.0, 7.5], vec![2.0, 4.0, 6.0, 8.0]),
            (vec![0.0, 1.0], vec![0.0, 0.5, 1.0]),
            (vec![401_408.0, 409_600.0], vec![400_000.0, 405_000.0, 410_000.0]),
            (vec![100.0], vec![90.0, 100.0, 110.0]),
            (vec![0.0], vec![-1.0, 0.0, 1.0]),
            (vec![], vec![]),
        ] {
            let scale = Scale::of(values.iter().copied());
            let near = scale.ticks.iter().zip(&ticks).all(|(a, b)| (a - b).abs() < 1e-6);
            assert!(near && scale.ticks.len() == ticks.len(), "{:?} {ticks:?}", scale.ticks);
            assert!(values.iter().all(|it| (0.0..=1.0).contains(&scale.share(*it))));
        }
    }

    #[test]
    fn labels_tell_neighbours_apart_and_are_short() {
        for (values, labels) in [
            (vec![3.0, 7.5], "2 4 6 8"),
            (vec![0.0, 1.0], "0.0 0.5 1.0"),
            (vec![401_408.0, 409_600.0], "400k 405k 410k"),
            (vec![5e6, 5.1e6], "5000k 5050k 5100k"),
            (vec![12_345_678.0, 12_345_690.0], "12.345675M 12.345680M 12.345685M 12.345690M"),
            (vec![4.2e10, 5.1e10], "40G 45G 50G 55G"),
            (vec![0.001, 0.0017], "0.0010 0.0015 0.0020"),
            (vec![1e20, 3e20], "1.0e20 2.0e20 3.0e20"),
        ] {
            let scale = Scale::of(values.into_iter());
            let found: Vec<_> = scale.ticks.iter().map(|it| scale.label(*it)).collect();
            assert_eq!(found.join(" "), labels);
        }
    }

    #[test]
    fn no_numbers_are_too_strange() {
        for values in [[f64::MAX, f64::MIN], [1e299, -1e299], [1e-300, 2e-300], [1e300, 1.0]] {
            let scale = Scale::of(values.into_iter());
            assert!(scale.ticks.len() <= 11, "{values:?} {:?}", scale.ticks);
            assert!(values.iter().all(|it| (0.0..=1.0).contains(&scale.share(*it))), "{values:?}");
        }
    }
}
