//! Registries that take only so much in a while, and say in words when they take more.
//!
//! crates.io takes a new crate every ten minutes and a new version every minute, once a few were taken at once. Cargo gives its
//! answer up and prints it: a status of 429, and mostly `Please try again after <date of HTTP>`.

use std::time::{Duration, SystemTime};

/// What cargo prints of a registry that has had enough.
const STATUS: &str = "429 Too Many Requests";

/// Before the date: `… Please try again after Thu, 12 Dec 2024 14:24:53 GMT or email …`.
const BEFORE: &str = "try again after ";

/// How many characters a date of HTTP has, in the form that servers send.
const DATE: usize = "Thu, 12 Dec 2024 14:24:53 GMT".len();

/// That a registry has had enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// How long it wants to be left alone, where it says so: until a second behind what it names, for it counts in seconds.
    pub(crate) asked: Option<Duration>,
}

/// The limit that cargo tells of, if it is one.
pub(crate) fn limit(told: &str, now: SystemTime) -> Option<Limit> {
    // Lines may be broken anywhere.
    let words: Vec<_> = told.split_whitespace().collect();
    let told = words.join(" ");
    let (_, behind) = told.split_once(STATUS)?;
    let date = behind.split_once(BEFORE).and_then(|(_, date)| date.get(..DATE));
    let until = date.and_then(|date| httpdate::parse_http_date(date).ok());
    let left = until.map(|it| it.duration_since(now).unwrap_or_default());
    Some(Limit { asked: left.map(|it| it + Duration::from_secs(1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "error: failed to publish to registry at https://example.org\n\nCaused by:\n  the remote server responded \
        with an error (status 429 Too Many Requests): You have published too many new crates in a\n  short period of time. \
        Please try again after Thu, 12 Dec 2024 14:24:53 GMT or email help to have your limit increased.";

    /// Thu, 12 Dec 2024 14:24:53 GMT, in seconds since 1970.
    const UNTIL: u64 = 1_734_013_493;

    fn found(told: &str, before: i64) -> Option<Limit> {
        let now = Duration::from_secs(UNTIL.saturating_add_signed(-before));
        limit(told, SystemTime::UNIX_EPOCH + now)
    }

    fn seconds(seconds: u64) -> Limit {
        Limit { asked: Some(Duration::from_secs(seconds)) }
    }

    #[test]
    fn the_date_is_waited_for() {
        assert_eq!(found(TOLD, 600), Some(seconds(601)));
        assert_eq!(found(TOLD, -5), Some(seconds(1)), "it is over");
    }

    #[test]
    fn without_a_date_nobody_knows_how_long() {
        let daily =
            "(status 429 Too Many Requests): too many versions of this crate in the last 24 hours";
        assert_eq!(found(daily, 0), Some(Limit { asked: None }));
        for date in
            ["soon", "Thu, 99 Dec 2024 14:24:53 GMT", "Thu, 12 Dec 2024", "é".repeat(20).as_str()]
        {
            let told = format!("status 429 Too Many Requests: try again after {date}");
            assert_eq!(found(&told, 0), Some(Limit { asked: None }), "{date}");
        }
    }

    #[test]
    fn another_answer_is_no_limit() {
        let told = "the remote server responded with an error (status 403 Forbidden): try again after Thu, 12 Dec 2024 14:24:53 GMT";
        assert_eq!(found(told, 0), None);
    }
}
