//! A measurement as a line of JSON.

use crate::{Damage, HistoryError, Interval, Measurement, Unit};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The form of a line. It grows when a key is removed or means another thing; one that is added does not change it.
pub const SCHEMA: u32 = 1;

/// The most bytes that a line may have. A longer one is passed over.
pub const LINE_LIMIT: usize = 32 * 1024;

/// What git writes at the beginning of lines around what it could not merge.
const CONFLICT: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    schema: u32,
    revision: Cow<'a, str>,
    date: Cow<'a, str>,
    machine: Cow<'a, str>,
    toolchain: Cow<'a, str>,
    series: Cow<'a, str>,
    unit: Unit,
    value: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
}

/// Only the field that says whether the rest can be read.
#[derive(Deserialize)]
struct Versioned {
    schema: u64,
}

/// A measurement in one line, with its line feed.
pub(crate) fn line_of(measurement: &Measurement) -> Result<Vec<u8>, HistoryError> {
    measurement.check()?;
    let Measurement { revision, date, machine, toolchain, series, unit, value, interval } =
        measurement;
    let mut line = serde_json::to_vec(&Line {
        schema: SCHEMA,
        revision: revision.into(),
        date: date.into(),
        machine: machine.into(),
        toolchain: toolchain.into(),
        series: series.into(),
        unit: *unit,
        value: *value,
        low: interval.map(|it| it.low),
        high: interval.map(|it| it.high),
    })
    // Only maps with keys that are no strings, and values that refuse, cannot be written.
    .unwrap_or_else(|error| unreachable!("a struct of strings and finite numbers: {error}"));
    line.push(b'\n');
    Ok(line)
}

/// Reads a line without its line feed.
pub(crate) fn read_line(line: &[u8]) -> Result<Measurement, Damage> {
    if line.len() > LINE_LIMIT {
        return Err(Damage::TooLong(line.len()));
    }
    if CONFLICT.iter().any(|mark| line.starts_with(mark)) {
        return Err(Damage::Conflict);
    }
    let form = |error: serde_json::Error| Damage::Form(error.to_string());
    // The reader would take a list of the right length, too.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err(Damage::Form("it is no object".to_owned()));
    }
    let Versioned { schema } = serde_json::from_slice(line).map_err(form)?;
    if schema != u64::from(SCHEMA) {
        return Err(Damage::Schema(schema));
    }
    let line: Line<'_> = serde_json::from_slice(line).map_err(form)?;
    let interval = match (line.low, line.high) {
        (None, None) => None,
        (Some(low), Some(high)) => Some(Interval { low, high }),
        _ => return Err(Damage::Value("the interval has one end")),
    };
    let measurement = Measurement {
        revision: line.revision.into_owned(),
        date: line.date.into_owned(),
        machine: line.machine.into_owned(),
        toolchain: line.toolchain.into_owned(),
        series: line.series.into_owned(),
        unit: line.unit,
        value: line.value,
        interval,
    };
    measurement.wrong().map_or(Ok(measurement), |what| Err(Damage::Value(what)))
}

/// The lines of a file that are measurements, and what is wrong with the others, with their numbers from 1. A line of
/// blanks is nothing.
pub(crate) fn read_lines(
    bytes: &[u8],
) -> impl Iterator<Item = (usize, Result<Measurement, Damage>)> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let is_blank = |line: &[u8]| line.iter().all(u8::is_ascii_whitespace);
    lines.filter(move |(_, line)| !is_blank(line)).map(|(index, line)| (index + 1, read_line(line)))
}
