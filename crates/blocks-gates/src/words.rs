//! Numbers in running text.

use crate::{Cause, Code};

/// "1 lint", "3 lints".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format!("{count} {word}")
}

/// How many causes have a code.
pub(crate) fn of_code(causes: &[Cause], code: Code) -> usize {
    causes.iter().filter(|cause| cause.code == code).count()
}

/// The percentage with one digit, never rounded up: what is shown is never more than what is, so
/// that a failure is never shown with the number that was wanted.
pub(crate) fn floored_percent(covered: u64, count: u64) -> String {
    let tenths = u128::from(covered) * 1000 / u128::from(count.max(1));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// "13-15" or "4": the first and the last of ascending numbers without a gap.
pub(crate) fn range(run: &[u32]) -> String {
    match run {
        [] => String::new(),
        [only] => only.to_string(),
        [first, .., last] => format!("{first}-{last}"),
    }
}

/// "4, 11, 13-15": ascending numbers with runs drawn together.
pub(crate) fn ranges(lines: &[u32]) -> String {
    runs(lines).map(range).collect::<Vec<_>>().join(", ")
}

/// Ascending numbers, cut wherever one is left out.
pub(crate) fn runs(lines: &[u32]) -> impl Iterator<Item = &[u32]> {
    lines.chunk_by(|a, b| a.checked_add(1) == Some(*b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percentages_are_cut_not_rounded() {
        assert_eq!(floored_percent(94_999, 100_000), "94.9 %");
        assert_eq!(floored_percent(1, 1), "100.0 %");
        assert_eq!(floored_percent(u64::MAX - 1, u64::MAX), "99.9 %");
        assert_eq!(floored_percent(0, 0), "0.0 %");
    }

    #[test]
    fn runs_of_lines_are_drawn_together() {
        assert_eq!(ranges(&[4, 11, 13, 14, 15, u32::MAX]), "4, 11, 13-15, 4294967295");
        assert_eq!(ranges(&[]), "");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(counted(1, "lint", "lints"), "1 lint");
        assert_eq!(counted(0, "lint", "lints"), "0 lints");
    }

    proptest! {
        #[test]
        fn a_shown_percentage_is_never_more_than_it_is(count in 1_u64..1_000_000, part in 0_u64..1_000_000) {
            let covered = part.min(count);
            let shown: f64 = floored_percent(covered, count).trim_end_matches(" %").parse().unwrap();
            prop_assert!(shown * f64::from(u32::try_from(count).unwrap()) <= f64::from(u32::try_from(covered).unwrap()) * 100.0 + 1e-6);
        }
    }
}
