//! Series: how a number changed from revision to revision.

use crate::{Interval, Measurement, Unit};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The same thing, measured of several revisions on machines of one class.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What was measured, as a path.
    pub name: String,
    /// The class of machines.
    pub machine: String,
    /// What it is counted in.
    pub unit: Unit,
    /// A point a revision, the oldest first. There is at least one.
    pub points: Vec<Point>,
}

/// What was measured of a revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The commit.
    pub revision: String,
    /// When the commit was made.
    pub date: String,
    /// The median of what was measured; of outcomes ([`Unit::Passed`]) the mean.
    pub value: f64,
    /// The widest of the intervals that were computed; none where there is none.
    pub interval: Option<Interval>,
    /// How many measurements there are.
    pub measurements: usize,
    /// The compilers that made what was measured.
    pub toolchains: BTreeSet<String>,
}

/// The order of measurements: total, so that any order of lines comes to one history.
pub(crate) fn order(a: &Measurement, b: &Measurement) -> Ordering {
    let ends = |it: &Measurement| it.interval.map(|Interval { low, high }| (low, high));
    (&a.series, &a.machine, a.unit)
        .cmp(&(&b.series, &b.machine, b.unit))
        .then_with(|| (&a.revision, &a.toolchain).cmp(&(&b.revision, &b.toolchain)))
        .then_with(|| a.value.total_cmp(&b.value))
        .then_with(|| a.date.cmp(&b.date))
        // One with an interval before one without: of two that are the same, the first stays.
        .then_with(|| match (ends(a), ends(b)) {
            (Some(a), Some(b)) => a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        })
}

/// The series of measurements that are in order.
pub(crate) fn of(measurements: &[Measurement]) -> Vec<Series> {
    let is_one = |a: &Measurement, b: &Measurement| {
        (&a.series, &a.machine, a.unit) == (&b.series, &b.machine, b.unit)
    };
    measurements.chunk_by(is_one).filter_map(one).collect()
}

fn one(measurements: &[Measurement]) -> Option<Series> {
    let first = measurements.first()?;
    let of_revision = measurements.chunk_by(|a, b| a.revision == b.revision);
    let mut points: Vec<_> = of_revision.filter_map(point).collect();
    points.sort_by(|a, b| (&a.date, &a.revision).cmp(&(&b.date, &b.revision)));
    let Measurement { series, machine, unit, .. } = first;
    Some(Series { name: series.clone(), machine: machine.clone(), unit: *unit, points })
}

/// What was measured of one revision. Whoever wrote another date of it than others did, the earliest counts.
fn point(measurements: &[Measurement]) -> Option<Point> {
    let date = measurements.iter().map(|it| &it.date).min()?;
    let ends: Vec<_> = measurements.iter().filter_map(|it| it.interval).collect();
    let interval = ends
        .into_iter()
        .reduce(|a, b| Interval { low: a.low.min(b.low), high: a.high.max(b.high) });
    Some(Point {
        revision: measurements.first()?.revision.clone(),
        date: date.clone(),
        value: value(measurements)?,
        interval,
        measurements: measurements.len(),
        toolchains: measurements.iter().map(|it| it.toolchain.clone()).collect(),
    })
}

/// The median of what was measured; of what passes or not the mean, so that a failure among passes is none of them.
#[expect(clippy::cast_precision_loss, reason = "measurements of one revision")]
fn value(measurements: &[Measurement]) -> Option<f64> {
    let values: Vec<f64> = measurements.iter().map(|it| it.value).collect();
    if measurements.first()?.unit == Unit::Passed {
        return Some(values.iter().sum::<f64>() / values.len() as f64);
    }
    median(values)
}

/// The middle of numbers; of an even count of them, the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    // Halved before they are added: the sum of two large numbers is none.
    Some(lower / 2.0 + upper / 2.0)
}
