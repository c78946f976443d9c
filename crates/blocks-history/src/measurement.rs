//! A measurement, and what it must be to be stored.

use crate::HistoryError;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest text of one field, in bytes.
const TEXT: usize = 4 * 1024;

/// Something that was measured of a revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The commit, as git names it: 40 hexadecimal digits of lower case, or 64 where its repository uses SHA-256.
    pub revision: String,
    /// When the commit was made, in UTC: `2026-11-27T10:00:00Z`. It orders a history.
    pub date: String,
    /// The class of machines that it was measured on. Numbers of two classes are never compared.
    pub machine: String,
    /// What `rustc --version` prints.
    pub toolchain: String,
    /// What was measured, as a path: `instructions/<package>/<benchmark>`.
    pub series: String,
    /// What it is counted in.
    pub unit: Unit,
    /// How many of these: a finite number.
    pub value: f64,
    /// Where the true value is thought to be, where that was computed.
    pub interval: Option<Interval>,
}

/// The ends of an interval, in the unit of its measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end, not below the lower one.
    pub high: f64,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Instructions that were run.
    #[serde(rename = "instructions")]
    Instructions,
    /// Allocations that were made.
    #[serde(rename = "allocations")]
    Allocations,
    /// Nanoseconds.
    #[serde(rename = "ns")]
    Nanoseconds,
    /// Bytes.
    #[serde(rename = "bytes")]
    Bytes,
    /// Seconds.
    #[serde(rename = "s")]
    Seconds,
    /// Tests.
    #[serde(rename = "tests")]
    Tests,
    /// Hundredths of what there is.
    #[serde(rename = "percent")]
    Percent,
    /// Whether something passes: 1 where it does, else 0. The mean of several is a rate.
    #[serde(rename = "passed")]
    Passed,
}

impl Unit {
    /// The word in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Allocations => "allocations",
            Self::Nanoseconds => "ns",
            Self::Bytes => "bytes",
            Self::Seconds => "s",
            Self::Tests => "tests",
            Self::Percent => "percent",
            Self::Passed => "passed",
        }
    }

    /// Whether it is one of time, which no two measurements have the same of.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Nanoseconds | Self::Seconds)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Measurement {
    /// That it can be stored, and read back as it is.
    pub fn check(&self) -> Result<(), HistoryError> {
        self.wrong().map_or(Ok(()), |what| {
            let series = self.series.chars().take(80).collect();
            Err(HistoryError::Measurement { series, what })
        })
    }

    /// What keeps it from being one.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        let texts = [&self.machine, &self.toolchain, &self.series];
        if !is_revision(&self.revision) {
            return Some("the revision is not 40 or 64 hexadecimal digits of lower case");
        }
        if !is_date(&self.date) {
            return Some("the date is not of the form 2026-11-27T10:00:00Z");
        }
        if texts.iter().any(|text| text.is_empty() || text.len() > TEXT) {
            return Some(
                "the machine, the toolchain or the series is empty or longer than 4096 bytes",
            );
        }
        // Written out, they would be six bytes each, and a line that could not be read back.
        if texts.iter().any(|text| text.contains(char::is_control)) {
            return Some("the machine, the toolchain or the series has a control character");
        }
        if !self.value.is_finite() {
            return Some("the value is no finite number");
        }
        match self.interval {
            Some(Interval { low, high }) if !low.is_finite() || !high.is_finite() => {
                Some("an end of the interval is no finite number")
            }
            Some(Interval { low, high }) if low > high => {
                Some("the interval's lower end is above its upper one")
            }
            _ => None,
        }
    }

    /// Whether it says nothing that another one does not say.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (self.unit, self.value.to_bits()) == (other.unit, other.value.to_bits())
            && self.revision == other.revision
            && self.series == other.series
            && self.machine == other.machine
            && self.toolchain == other.toolchain
    }
}

/// Whether a text is the name of a commit.
pub(crate) fn is_revision(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text is a time in UTC in the one form whose order is that of its letters.
fn is_date(text: &str) -> bool {
    const FORM: &[u8; 20] = b"0000-00-00T00:00:00Z";
    let fits =
        |(is, form): (u8, &u8)| if *form == b'0' { is.is_ascii_digit() } else { is == *form };
    let number = |from: usize| text.get(from..from + 2).and_then(|it| it.parse::<u8>().ok());
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(fits)
        && number(5).is_some_and(|month| (1..=12).contains(&month))
        && number(8).is_some_and(|day| (1..=31).contains(&day))
        && number(11).is_some_and(|hour| hour < 24)
        && number(14).is_some_and(|minute| minute < 60)
        // A leap second is one.
        && number(17).is_some_and(|second| second <= 60)
}
