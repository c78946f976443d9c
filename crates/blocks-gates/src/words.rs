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

/// The percentage with one digit, never rounded down: a growth that is too much is never shown as what was allowed.
pub(crate) fn raised_percent(part: u64, count: u64) -> String {
    let tenths = (u128::from(part) * 1000).div_ceil(u128::from(count.max(1)));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// "812 bytes", "3.4 KiB", "12.0 MiB": a number of bytes, cut to a tenth.
pub(crate) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return counted(usize::try_from(bytes).unwrap_or(usize::MAX), "byte", "bytes"),
        1024..0x10_0000 => (1024, "KiB"),
        _ => (0x10_0000, "MiB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
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
    fn what_is_too_much_is_never_shown_as_less() {
        assert_eq!(raised_percent(50_001, 1_000_000), "5.1 %");
        assert_eq!(raised_percent(1, 20), "5.0 %");
        assert_eq!(raised_percent(u64::MAX, 1), "1844674407370955161500.0 %");
        assert_eq!(raised_percent(0, 0), "0.0 %");
    }

    #[test]
    fn sizes_have_the_unit_that_people_read() {
        let shown = [1, 1023, 1024, 1_048_575, 1_048_576, u64::MAX].map(size);
        assert_eq!(
            shown,
            ["1 byte", "1023 bytes", "1.0 KiB", "1023.9 KiB", "1.0 MiB", "17592186044415.9 MiB"]
        );
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
