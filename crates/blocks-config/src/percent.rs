//! Percentages, kept exactly as they were written.

use crate::key::{Kind, Setting};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A share of a whole: 0 to 100 percent.
pub type Percent = PercentUpTo<100>;

/// A change against a baseline: 0 to 1000 percent. Something can become more than twice as slow, so
/// 100 is no natural end; a tolerance of more than eleven times the old cost is a typing error.
pub type Regression = PercentUpTo<1000>;

/// How many units make a percent: the finest step is 0.000001 percent.
const UNITS: u32 = 1_000_000;
/// The digits after the point that `UNITS` has room for.
const DIGITS: usize = 6;

/// A decimal number of percent from 0 to `MAX`, with at most six digits after the point.
///
/// A binary fraction cannot hold 97.3. Whether a coverage of 973 lines in 1000 meets a threshold of
/// 97.3 percent must not depend on how it was rounded, so this holds whole units of 10⁻⁶ percent and
/// compares on integers. `Display` writes no trailing zeros: `1.0` shows as `1`.
///
/// It is read from the text of a YAML number, not from a float, which has lost digits by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PercentUpTo<const MAX: u32>(u32);

/// Why a text is no percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PercentError {
    /// It is not made of digits, with a point and more digits or without.
    #[error("it is not a plain decimal number")]
    Form,
    /// It has more digits after the point than are kept.
    #[error("it has {0} digits after the point, at most 6 are kept")]
    Digits(usize),
    /// It is greater than the range allows.
    #[error("it is greater than {0}")]
    Range(u32),
}

impl<const MAX: u32> PercentUpTo<MAX> {
    /// `N` percent; a number out of range does not compile.
    pub const fn whole<const N: u32>() -> Self {
        const { assert!(N <= MAX && MAX <= 1000, "the percentage lies outside its range") };
        Self(N * UNITS)
    }

    /// The percentage in units of 10⁻⁶ percent: 95 percent are 95 000 000.
    pub fn micros(self) -> u64 {
        self.0.into()
    }

    /// The nearest float, for views. Verdicts use [`is_met_by`](Self::is_met_by).
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(UNITS)
    }

    /// Whether `covered` of `count` are at least this percentage, computed on integers.
    ///
    /// Of nothing, every share is met: whether zero lines are an answer is the caller's question.
    pub fn is_met_by(self, covered: u64, count: u64) -> bool {
        let reached = u128::from(covered) * 100 * u128::from(UNITS);
        reached >= u128::from(self.0) * u128::from(count)
    }
}

impl<const MAX: u32> FromStr for PercentUpTo<MAX> {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, PercentError> {
        if !Self::KIND.has_form(text) {
            return Err(PercentError::Form);
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if fraction.len() > DIGITS {
            return Err(PercentError::Digits(fraction.len()));
        }
        // Only digits are left, so a number that does not parse is one that is far too great.
        let units = format!("{whole}{fraction:0<DIGITS$}").parse::<u64>();
        match units.map(u32::try_from) {
            Ok(Ok(units)) if u64::from(units) <= u64::from(MAX) * u64::from(UNITS) => {
                Ok(Self(units))
            }
            _ => Err(PercentError::Range(MAX)),
        }
    }
}

impl<const MAX: u32> fmt::Display for PercentUpTo<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / UNITS, self.0 % UNITS);
        let digits = format!("{fraction:0DIGITS$}");
        match digits.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            kept => write!(f, "{whole}.{kept}"),
        }
    }
}

impl<const MAX: u32> Serialize for PercentUpTo<MAX> {
    /// A number: whole where it is whole, else the float whose shortest decimal form is the same text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(UNITS) {
            serializer.serialize_u32(self.0 / UNITS)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

impl<'de, const MAX: u32> Deserialize<'de> for PercentUpTo<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<const MAX: u32>;
        impl<const MAX: u32> Visitor<'_> for Text<MAX> {
            type Value = PercentUpTo<MAX>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&PercentUpTo::<MAX>::KIND, f)
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl<const MAX: u32> Setting for PercentUpTo<MAX> {
    const KIND: Kind = Kind::Decimal { max: MAX };
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl<const MAX: u32> schemars::JsonSchema for PercentUpTo<MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("PercentUpTo{MAX}").into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "minimum": 0, "maximum": MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent() -> impl Strategy<Value = Percent> {
        (0..=100 * UNITS).prop_map(PercentUpTo)
    }

    proptest! {
        #[test]
        fn what_is_displayed_parses_to_the_same_percentage(value in percent()) {
            prop_assert_eq!(value.to_string().parse::<Percent>(), Ok(value));
        }

        #[test]
        fn zeros_after_the_last_digit_change_nothing(whole in 0..100_u32, tenths in 0..10_u32, zeros in 0..6_usize) {
            let short: Percent = format!("{whole}.{tenths}").parse().unwrap();
            let long: Percent = format!("{whole}.{tenths}{}", "0".repeat(zeros)).parse().unwrap_or(short);
            prop_assert_eq!(short, long);
            prop_assert_eq!(short.micros(), u64::from(whole * 10 + tenths) * 100_000);
        }

        #[test]
        fn being_met_agrees_with_the_comparison_of_fractions(
            value in prop_oneof![Just(Percent::whole::<50>()), percent()],
            covered in prop_oneof![0..40_u64, any::<u64>()],
            count in prop_oneof![1..40_u64, 1..=u64::MAX],
        ) {
            // covered/count against micros/10^8, by continued fractions: no common denominator,
            // so another computation than the one under test.
            let expected = compare((covered, count), (value.micros(), 100 * u64::from(UNITS))).is_ge();
            prop_assert_eq!(value.is_met_by(covered, count), expected);
        }

        #[test]
        fn a_share_just_reached_is_met_and_one_line_less_is_not(value in percent(), scale in 1..1_000_u64) {
            let count = 100 * u64::from(UNITS) * scale;
            let covered = value.micros() * scale;
            prop_assert!(value.is_met_by(covered, count));
            if covered > 0 {
                prop_assert!(!value.is_met_by(covered - 1, count));
            }
        }

        #[test]
        fn the_serialised_number_reads_back_as_the_same_percentage(value in percent()) {
            let json = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(json.parse::<Percent>(), Ok(value));
        }

        #[test]
        fn arbitrary_text_is_a_percentage_or_an_error(text in ".{0,12}|[0-9.]{0,30}") {
            if let Ok(value) = text.parse::<Percent>() {
                prop_assert!(value.micros() <= 100_000_000);
            }
        }
    }

    /// Compares the fraction `left.0 / left.1` with `right.0 / right.1` by Euclid's algorithm.
    fn compare(left: (u64, u64), right: (u64, u64)) -> std::cmp::Ordering {
        let rest = (left.0 % left.1, right.0 % right.1);
        match ((left.0 / left.1).cmp(&(right.0 / right.1)), rest) {
            (std::cmp::Ordering::Equal, (0, _) | (_, 0)) => rest.0.cmp(&rest.1),
            // Fractions below one compare the other way round when turned over.
            (std::cmp::Ordering::Equal, _) => compare((right.1, rest.1), (left.1, rest.0)),
            (order, _) => order,
        }
    }

    #[test]
    fn each_refused_text_has_its_reason() {
        let reason = |text: &str| text.parse::<Percent>().unwrap_err();
        for text in
            ["", ".", "95.", ".5", "-1", "+1", "1e2", "0x5f", "9_5", " 95", "95 %", "NaN", "٩٥"]
        {
            assert_eq!(reason(text), PercentError::Form, "{text:?}");
        }
        assert_eq!(reason("95.0000000"), PercentError::Digits(7));
        for text in ["100.000001", "101", "4295", "99999999999999999999999999"] {
            assert_eq!(reason(text), PercentError::Range(100), "{text:?}");
        }
        assert_eq!("1000".parse(), Ok(Regression::whole::<1000>()));
        assert_eq!("1000.1".parse::<Regression>(), Err(PercentError::Range(1000)));
    }

    #[test]
    fn a_percentage_shows_as_a_person_would_write_it() {
        let shown = |text: &str| text.parse::<Percent>().unwrap().to_string();
        assert_eq!(
            ["95", "97.5", "1.0", "0.000001", "100.000000", "007.250"].map(shown),
            ["95", "97.5", "1", "0.000001", "100", "7.25"]
        );
    }

    #[test]
    fn a_float_is_refused_since_it_has_lost_digits() {
        let error = serde_json::from_str::<Percent>("95.5").unwrap_err();
        assert!(error.to_string().contains("a number from 0 to 100"), "{error}");
    }
}
