//! The panel of one series.

use std::fmt::Write as _;

use blocks_history::{Interval, Point, Series, Unit};

use super::scale::Scale;
use super::text;
use crate::element::Element;
use crate::label::shown;
use crate::number::{change, number};

/// Pixels of a panel.
pub(super) const WIDTH: u32 = 430;
pub(super) const HEIGHT: u32 = 190;

/// Where the lines are drawn, in a panel.
const LEFT: f64 = 66.0;
const RIGHT: f64 = 416.0;
const TOP: f64 = 52.0;
const BOTTOM: f64 = 158.0;

/// Where texts begin and end.
const BEGIN: u32 = 12;
const END: u32 = 418;

/// The longest name, in characters.
const NAME: usize = 54;

/// The longest unit and class of machines, in characters: the last value is behind them.
const ABOUT: usize = 42;

/// How many characters tell a commit from others.
const SHORT: usize = 8;

/// From how many points on they are no longer drawn one by one, but for the last.
const MANY: usize = 80;

pub(super) fn panel(series: &Series, names_machine: bool) -> Element {
    let ends = series.points.iter().filter_map(|it| it.interval);
    let values = series.points.iter().map(|it| it.value);
    let scale = Scale::of(values.chain(ends.flat_map(|it| [it.low, it.high])));
    let frame =
        Element::new("rect").with("class", "frame").sized("width", WIDTH).sized("height", HEIGHT);
    let mut parts = vec![frame.with("rx", "6")];
    parts.extend(head(series, names_machine));
    parts.extend(heights(&scale));
    parts.extend(feet(series));
    parts.extend(intervals(series, &scale));
    parts.push(line(series, &scale));
    parts.extend(points(series, &scale));
    Element::new("g").holding(parts)
}

/// A series in words: `size/app/app: 3 points from 5 to 6 bytes`.
pub(super) fn described(series: &Series) -> String {
    let Series { name, unit, points, .. } = series;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    let name = shown(name, NAME);
    let word = if points.len() == 1 { "point" } else { "points" };
    let (count, first, last) = (points.len(), number(first.value), number(last.value));
    format!("{name}: {count} {word} from {first} to {last} {unit}")
}

/// What is measured, in what, and how it changed.
fn head(series: &Series, names_machine: bool) -> Vec<Element> {
    let unit = word(series.unit).to_owned();
    let about =
        if names_machine { format!("{unit}, {}", shown(&series.machine, NAME * 2)) } else { unit };
    let name = text("name", BEGIN, 22, &shown(&series.name, NAME));
    let whole = Element::new("title").saying(&shown(&series.name, NAME * 10));
    let described = text("", BEGIN, 38, &shown(&about, ABOUT));
    let is_cut = about.chars().count() > ABOUT;
    let described = described.holding(is_cut.then(|| Element::new("title").saying(&about)));
    let mut parts = vec![name.holding([whole]), described];
    if let (Some(first), Some(last), 2..) =
        (series.points.first(), series.points.last(), series.points.len())
    {
        let told = format!("{}  ({})", number(last.value), change(first.value, last.value));
        parts.push(text("", END, 38, &told).with("text-anchor", "end"));
    }
    parts
}

/// What a unit is called where there is room.
fn word(unit: Unit) -> &'static str {
    match unit {
        Unit::Nanoseconds => "nanoseconds",
        Unit::Seconds => "seconds",
        short => short.as_str(),
    }
}

/// Lines across, and their values.
fn heights(scale: &Scale) -> Vec<Element> {
    let line = |value: &f64| {
        let y = y(scale, *value);
        let across = Element::new("line").with("class", "grid");
        let across = across.with("x1", place(LEFT)).with("x2", place(RIGHT));
        let value = Element::new("text").with("text-anchor", "end").saying(&scale.label(*value));
        [
            across.with("y1", place(y)).with("y2", place(y)),
            value.with("x", place(LEFT - 8.0)).with("y", place(y + 4.0)),
        ]
    };
    scale.ticks.iter().flat_map(line).collect()
}

/// The first revision and the last, below the lines.
fn feet(series: &Series) -> Vec<Element> {
    let told = |point: &Point| format!("{} {}", short(&point.revision), day(&point.date));
    let foot = |point: &Point, x: f64, anchor: &str| {
        let text = Element::new("text").with("x", place(x)).with("y", place(BOTTOM + 20.0));
        text.with("text-anchor", anchor).saying(&told(point))
    };
    match series.points.as_slice() {
        [] => Vec::new(),
        [only] => vec![foot(only, f64::midpoint(LEFT, RIGHT), "middle")],
        [first, .., last] => vec![foot(first, LEFT, "start"), foot(last, RIGHT, "end")],
    }
}

/// Where true values are thought to be: a band over points side by side, and a line at one by itself.
fn intervals(series: &Series, scale: &Scale) -> Vec<Element> {
    let count = series.points.len();
    let ends: Vec<_> = series
        .points
        .iter()
        .enumerate()
        .map(|(index, it)| it.interval.map(|it| (x(index, count), it)))
        .collect();
    let run = |run: &[Option<(f64, Interval)>]| -> Option<Element> {
        let run: Vec<_> = run.iter().flatten().copied().collect();
        let at = |x: f64, value: f64| format!("{},{}", place(x), place(y(scale, value)));
        if let [(x, Interval { low, high })] = run.as_slice() {
            let line = Element::new("line").with("class", "error");
            let line = line.with("x1", place(*x)).with("x2", place(*x));
            return Some(line.with("y1", place(y(scale, *low))).with("y2", place(y(scale, *high))));
        }
        let upper = run.iter().map(|(x, it)| at(*x, it.high));
        let lower = run.iter().rev().map(|(x, it)| at(*x, it.low));
        let outline: Vec<_> = upper.chain(lower).collect();
        let band = Element::new("polygon").with("class", "band");
        (!outline.is_empty()).then(|| band.with("points", outline.join(" ")))
    };
    ends.chunk_by(|a, b| a.is_some() == b.is_some()).filter_map(run).collect()
}

fn line(series: &Series, scale: &Scale) -> Element {
    let mut way = String::new();
    for (index, point) in series.points.iter().enumerate() {
        let (x, y) = (x(index, series.points.len()), y(scale, point.value));
        let _ = write!(way, "{}{} {}", if index == 0 { "M" } else { "L" }, place(x), place(y));
    }
    Element::new("path").with("class", "line").with("d", way)
}

/// Each revision, with what it is where somebody points at it.
fn points(series: &Series, scale: &Scale) -> Vec<Element> {
    let count = series.points.len();
    let one = |(index, point): (usize, &Point)| {
        let is_last = index + 1 == count;
        let (class, radius) = match (is_last, count > MANY) {
            (true, _) => ("last", "3.5"),
            (false, false) => ("point", "2.5"),
            (false, true) => ("point", "1.2"),
        };
        let (x, y) = (place(x(index, count)), place(y(scale, point.value)));
        Element::new("circle")
            .with("class", class)
            .with("cx", x)
            .with("cy", y)
            .with("r", radius)
            .holding([Element::new("title").saying(&told(series, point))])
    };
    series.points.iter().enumerate().map(one).collect()
}

/// `01234567, 2026-11-27: 1.31 s (1.20 to 1.40), 3 measurements`
fn told(series: &Series, point: &Point) -> String {
    let (revision, day) = (short(&point.revision), day(&point.date));
    let mut told = format!("{revision}, {day}: {} {}", number(point.value), series.unit);
    if let Some(Interval { low, high }) = point.interval {
        let _ = write!(told, " ({} to {})", number(low), number(high));
    }
    if point.measurements > 1 {
        let _ = write!(told, ", {} measurements", point.measurements);
    }
    told
}

fn short(revision: &str) -> String {
    shown(&revision.chars().take(SHORT).collect::<String>(), SHORT)
}

fn day(date: &str) -> String {
    shown(date.split('T').next().unwrap_or_default(), SHORT * 2)
}

/// Where a point is from left to right. One by itself is in the middle.
#[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 points")]
fn x(index: usize, count: usize) -> f64 {
    /// Pixels that the first and the last point keep from the ends, so that all of them is seen.
    const INSET: f64 = 6.0;
    let share = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.5 };
    LEFT + INSET + share * (RIGHT - LEFT - 2.0 * INSET)
}

fn y(scale: &Scale, value: f64) -> f64 {
    BOTTOM - scale.share(value) * (BOTTOM - TOP)
}

/// A length to a tenth of a pixel.
fn place(pixels: f64) -> String {
    format!("{pixels:.1}")
}
