//! Days of the calendar, for what holds until one.

use crate::key::{Kind, Setting};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, from `0000-01-01` to `9999-12-31`. Days are compared by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields makes that of the days.
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text, or three numbers, are no [`Date`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has another form.
    #[error("it is not written as YYYY-MM-DD")]
    Form,
    /// It has the form, but no year has this day, or not this one.
    #[error("the calendar has no such day")]
    NoSuchDay,
}

const LAST_YEAR: u16 = 9999;

impl Date {
    /// The day, where the calendar has it. Months and days count from 1.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        let is_there = year <= LAST_YEAR && (1..=days_of_month(year, month)).contains(&day);
        if is_there { Ok(Self { year, month, day }) } else { Err(DateError::NoSuchDay) }
    }

    /// The day that is so many days after 1970-01-01; none after the last year.
    pub fn from_unix_days(days: u64) -> Option<Self> {
        let mut left = days;
        let mut year = 1970;
        while left >= days_of_year(year) {
            left -= days_of_year(year);
            year += 1;
            if year > LAST_YEAR {
                return None;
            }
        }
        let mut month = 1;
        while left >= u64::from(days_of_month(year, month)) {
            left -= u64::from(days_of_month(year, month));
            month += 1;
        }
        Self::new(year, month, u8::try_from(left + 1).ok()?).ok()
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_of_year(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

/// None of a month that there is not.
const fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let mut next = |digits| number(parts.next(), digits).ok_or(DateError::Form);
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        let short = |number| u8::try_from(number).map_err(|_| DateError::Form);
        Self::new(year, short(month)?, short(day)?)
    }
}

/// A number of exactly so many digits, and nothing else: no sign, no blank.
fn number(text: Option<&str>, digits: usize) -> Option<u16> {
    let text = text.filter(|it| it.len() == digits && it.bytes().all(|b| b.is_ascii_digit()))?;
    text.parse().ok()
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Setting for Date {
    const KIND: Kind = Kind::Text("a day as YYYY-MM-DD, such as 2027-01-31");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
        schemars::json_schema!({ "type": "string", "format": "date", "pattern": pattern })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Result<Date, DateError> {
        text.parse()
    }

    #[test]
    fn leap_days_are_in_leap_years_only() {
        for text in ["2024-02-29", "2000-02-29", "0000-02-29", "2027-02-28"] {
            assert_eq!(date(text).unwrap().to_string(), text);
        }
        for text in ["2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30"] {
            assert_eq!(date(text), Err(DateError::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn months_end_where_the_calendar_ends_them() {
        let last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        for (month, last) in (1..).zip(last) {
            assert!(Date::new(2027, month, last).is_ok(), "{month}");
            assert_eq!(Date::new(2027, month, last + 1), Err(DateError::NoSuchDay), "{month}");
            assert_eq!(Date::new(2027, month, 0), Err(DateError::NoSuchDay), "{month}");
        }
        for text in ["2027-00-01", "2027-13-01", "2027-99-99"] {
            assert_eq!(date(text), Err(DateError::NoSuchDay), "{text}");
        }
        assert_eq!(Date::new(10_000, 1, 1), Err(DateError::NoSuchDay));
    }

    #[test]
    fn one_form_only_is_a_day() {
        for text in [
            "",
            "soon",
            "2027",
            "2027-01",
            "2027-1-31",
            "27-01-31",
            "2027-01-31 ",
            " 2027-01-31",
            "2027-01-31-",
            "2027-01-31T00:00",
            "+027-01-31",
            "2027-+1-31",
            "2027/01/31",
            "20270131",
            "٢٠٢٧-01-31",
        ] {
            assert_eq!(date(text), Err(DateError::Form), "{text:?}");
        }
    }

    #[test]
    fn days_are_counted_from_the_beginning_of_1970() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (364, "1970-12-31"),
            (365, "1971-01-01"),
            (11_016, "2000-02-29"),
            (20_454, "2026-01-01"),
            (2_932_896, "9999-12-31"),
        ] {
            assert_eq!(Date::from_unix_days(days), Some(date(text).unwrap()), "{days}");
        }
        for days in [2_932_897, u64::MAX] {
            assert_eq!(Date::from_unix_days(days), None, "{days}");
        }
    }

    proptest! {
        #[test]
        fn a_day_is_read_back_from_its_text_and_days_keep_their_order(
            one in 0..2_932_897_u64,
            other in 0..2_932_897_u64,
        ) {
            let day = |days| Date::from_unix_days(days).unwrap();
            prop_assert_eq!(date(&day(one).to_string()), Ok(day(one)));
            prop_assert_eq!(day(one).cmp(&day(other)), one.cmp(&other));
            // Texts of days have the order of days.
            prop_assert_eq!(day(one).to_string().cmp(&day(other).to_string()), one.cmp(&other));
        }

        #[test]
        fn what_is_taken_for_a_day_is_written_like_it(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}|\\PC{0,12}") {
            if let Ok(day) = date(&text) {
                prop_assert_eq!(day.to_string(), text);
            }
        }
    }
}
