//! A history for terminals and for other programs.

use blocks_history::{Point, Series};
use serde::Serialize;

use crate::json::pretty;
use crate::number::{change, number};
use crate::terminal::{Style, columns, line, padded, painted};

/// The version of the form of [`history_json`]. It grows when a key is removed or means another thing; a key that is
/// added does not change it.
pub const HISTORY_SCHEMA: u32 = 1;

/// What small numbers and great ones look like in a line.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The most points that a line of these shows: the last ones.
const SHOWN: usize = 24;

const HEAD: [&str; 7] = ["series", "unit", "points", "first", "last", "change", "trend"];

/// Which columns hold numbers, and are aligned by their ends.
const IS_NUMBER: [bool; 7] = [false, false, true, true, true, true, false];

/// Series as a table for terminals, with a head for each class of machines: what was first and is last, the change between
/// these, and the last points as a line from the least to the greatest.
pub fn history_table(series: &[Series], color: bool) -> String {
    let mut machines: Vec<&str> = series.iter().map(|one| one.machine.as_str()).collect();
    machines.sort_unstable();
    machines.dedup();
    let tables = machines.iter().map(|machine| {
        let rows = series.iter().filter(|one| one.machine == *machine).filter_map(row);
        let head = painted(&line(machine), Style::Bold, color);
        format!("{head}\n{}", table(&rows.collect::<Vec<_>>(), color))
    });
    tables.collect::<Vec<_>>().join("\n")
}

type Row = [String; 7];

fn row(series: &Series) -> Option<Row> {
    let (first, last) = (series.points.first()?, series.points.last()?);
    let is_single = series.points.len() == 1;
    let change = if is_single { "-".to_owned() } else { change(first.value, last.value) };
    Some([
        line(&series.name),
        series.unit.to_string(),
        series.points.len().to_string(),
        number(first.value),
        number(last.value),
        change,
        trend(&series.points),
    ])
}

fn table(rows: &[Row], color: bool) -> String {
    let widths: [usize; 7] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| columns(&row[column]));
        cells.max().unwrap_or(0).max(HEAD[column].len())
    });
    let shown = |cells: [&str; 7]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            let missing = " ".repeat(width.saturating_sub(columns(cell)));
            if IS_NUMBER[column] { format!("{missing}{cell}") } else { padded(cell, width) }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut text = format!("{}\n", painted(&shown(HEAD), Style::Dim, color));
    for row in rows {
        text += &shown(row.each_ref().map(String::as_str));
        text.push('\n');
    }
    text
}

/// The last points as signs: from the least of them to the greatest. Where all are the same, all are in the middle.
fn trend(points: &[Point]) -> String {
    let shown = &points[points.len().saturating_sub(SHOWN)..];
    let values = || shown.iter().map(|point| point.value);
    let (low, high) =
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    values().map(|value| LEVELS[level(value, low, high)]).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a few levels, which is held within them"
)]
fn level(value: f64, low: f64, high: f64) -> usize {
    let last = LEVELS.len() - 1;
    if high <= low {
        return last / 2;
    }
    // Halves: the difference of two large numbers is none.
    let share = (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    ((share * last as f64).round() as usize).min(last)
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: u32,
    series: Vec<OneSeries<'a>>,
}

#[derive(Serialize)]
struct OneSeries<'a> {
    series: &'a str,
    machine: &'a str,
    unit: &'static str,
    points: Vec<OnePoint<'a>>,
}

#[derive(Serialize)]
struct OnePoint<'a> {
    revision: &'a str,
    date: &'a str,
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    measurements: usize,
    toolchains: Vec<&'a str>,
}

/// Series for other programs, with all points.
///
/// ```json
/// {
///   "schema": 1,
///   "series": [
///     {"series": "size/app/app", "machine": "…", "unit": "bytes",
///      "points": [                        the oldest first
///        {"revision": "…", "date": "2026-11-27T10:00:00Z",
///         "value": 401408.0,              the median of what was measured
///         "low": null, "high": null,      the widest interval, where there is one
///         "measurements": 1, "toolchains": ["rustc …"]}]}
///   ]
/// }
/// ```
///
/// Texts are written as they are: whoever shows them makes them harmless. A line feed ends the file.
pub fn history_json(series: &[Series]) -> String {
    pretty(&Whole { schema: HISTORY_SCHEMA, series: series.iter().map(one_series).collect() })
}

fn one_series(series: &Series) -> OneSeries<'_> {
    OneSeries {
        series: &series.name,
        machine: &series.machine,
        unit: series.unit.as_str(),
        points: series.points.iter().map(one_point).collect(),
    }
}

fn one_point(point: &Point) -> OnePoint<'_> {
    OnePoint {
        revision: &point.revision,
        date: &point.date,
        value: point.value,
        low: point.interval.map(|it| it.low),
        high: point.interval.map(|it| it.high),
        measurements: point.measurements,
        toolchains: point.toolchains.iter().map(String::as_str).collect(),
    }
}

/// Series as a table for other programs: a head, and a line a point, with commas between (RFC 4180, with line feeds).
/// Several toolchains of a point have a semicolon between them.
pub fn history_csv(series: &[Series]) -> String {
    let head =
        "series,machine,unit,revision,date,value,low,high,measurements,toolchains\n".to_owned();
    let lines = series.iter().flat_map(|one| one.points.iter().map(move |point| (one, point)));
    lines.fold(head, |text, (series, point)| {
        let end = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
        let toolchains: Vec<_> = point.toolchains.iter().map(String::as_str).collect();
        let cells = [
            series.name.clone(),
            series.machine.clone(),
            series.unit.to_string(),
            point.revision.clone(),
            point.date.clone(),
            point.value.to_string(),
            end(point.interval.map(|it| it.low)),
            end(point.interval.map(|it| it.high)),
            point.measurements.to_string(),
            toolchains.join("; "),
        ];
        format!("{text}{}\n", cells.map(|cell| quoted(&cell)).join(","))
    })
}

/// A cell, in quotes where it holds what would end it.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
