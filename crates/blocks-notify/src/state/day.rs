//! Days, of times that are given.

/// The seconds of a day.
const SECONDS: u64 = 24 * 60 * 60;

/// A day of UTC, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u64);

impl Day {
    /// The day of a time, in seconds since 1970.
    pub fn of(seconds: u64) -> Self {
        Self(seconds / SECONDS)
    }
}
