//! What the stage `advisories` says of the database that it asked: three lines.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};

/// An advisory database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvisoryDatabase {
    /// What identifies it: a commit, or a digest.
    pub name: String,
    /// When it last changed, in seconds since 1970; none where that is not known.
    pub date: Option<u64>,
    /// How many advisories it holds.
    pub advisories: u64,
}

/// Reads which database was asked.
pub fn read_advisory_database(bytes: &[u8]) -> Result<AdvisoryDatabase, EvidenceError> {
    let format = Format::AdvisoryDatabase;
    format.check_size(bytes.len())?;
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split_terminator('\n').collect();
    let value = |at: usize, begin: &str| {
        let line = lines.get(at).and_then(|line| line.strip_prefix(begin));
        line.ok_or_else(|| {
            format.malformed_line(at + 1, format!("it does not begin with `{begin}`"))
        })
    };
    let number = |at: usize, text: &str| {
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_digits);
        number.ok_or_else(|| format.malformed_line(at + 1, "it holds no number"))
    };
    let name = bounded(value(0, "name ")?, NAME);
    let date = value(1, "date ")?;
    let date = if date.is_empty() { None } else { Some(number(1, date)?) };
    let advisories = number(2, value(2, "advisories ")?)?;
    if lines.len() > 3 || !text.ends_with('\n') {
        return Err(format.malformed("its end", "the third line is the last, and whole"));
    }
    Ok(AdvisoryDatabase { name, date, advisories })
}
