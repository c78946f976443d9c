//! The benchmarks that a stage's records compare, for whoever shows them one by one.

use crate::gate::{Row, known};
use crate::performance::Compared;
use crate::unit::{Given, Ready, Unit};
use crate::{instructions, times};
use blocks_stages::Stage;

/// The benchmarks that the records of a stage compare with its baseline. What cannot be read, or compares none, has none:
/// the verdict says why.
pub fn compared_benchmarks(stage: &Stage, given: Given<'_>) -> Vec<Compared> {
    let Ok(row) = known(stage, given) else { return Vec::new() };
    given.expected.units(stage).flat_map(|unit| of_unit(row, given, unit)).collect()
}

fn of_unit(row: Row<'_>, given: Given<'_>, unit: (&str, Option<&str>)) -> Vec<Compared> {
    let unit = Unit::open(row, given, unit);
    let Ok(Ready::Case(case)) = unit.ready() else { return Vec::new() };
    let found = match row.stage.gate.as_str() {
        "instructions" => instructions::compared(&case),
        "time" => times::compared_in(&case),
        _ => Ok(Vec::new()),
    };
    found.unwrap_or_default()
}
