//! The day that entries of the configuration with a date are judged on.

use std::time::SystemTime;

use blocks_config::Date;
use clap::Args;

/// What stands for a day that nobody knows: where a verdict is kept, no clock may decide on it.
const UNKNOWN: &str = "unknown";

const SECONDS_PER_DAY: u64 = 86_400;

/// Which day it is.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct TodayArgs {
    /// The day that entries with a date are judged on; the machine's clock (UTC) without it.
    ///
    /// With the word `unknown`, what depends on the day has no verdict.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse)]
    today: Option<Today>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Today {
    On(Date),
    Unknown,
}

fn parse(text: &str) -> Result<Today, String> {
    if text == UNKNOWN {
        return Ok(Today::Unknown);
    }
    let day = text.parse().map(Today::On);
    day.map_err(|error| format!("{error}; write a day such as 2027-01-31, or `{UNKNOWN}`"))
}

impl TodayArgs {
    /// What the command line said, where it said anything.
    pub(crate) fn word(&self) -> Option<String> {
        self.today.map(|today| match today {
            Today::On(day) => day.to_string(),
            Today::Unknown => UNKNOWN.to_owned(),
        })
    }

    /// The day, where it is known.
    pub(crate) fn day(&self) -> Option<Date> {
        match self.today {
            Some(Today::On(day)) => Some(day),
            Some(Today::Unknown) => None,
            None => of_clock(SystemTime::now()),
        }
    }
}

/// The day in UTC; none of a clock that stands before 1970.
fn of_clock(now: SystemTime) -> Option<Date> {
    let passed = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Date::from_unix_days(passed.as_secs() / SECONDS_PER_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_clocks_day_is_that_of_utc() {
        let day = |seconds| of_clock(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        let shown = |seconds| day(seconds).map(|day| day.to_string());
        assert_eq!(shown(1_767_225_599).as_deref(), Some("2025-12-31"));
        assert_eq!(shown(1_767_225_600).as_deref(), Some("2026-01-01"));
        assert_eq!(of_clock(SystemTime::UNIX_EPOCH - Duration::from_secs(1)), None);
    }

    #[test]
    fn without_a_day_the_clock_says_it_and_with_one_it_is_not_asked() {
        let given =
            |text: Option<&str>| TodayArgs { today: text.map(|text| parse(text).unwrap()) }.day();
        assert_eq!(given(Some("2027-01-31")), "2027-01-31".parse().ok());
        assert_eq!(given(Some("unknown")), None);
        assert!(given(None) >= "2026-01-01".parse().ok());
    }
}
