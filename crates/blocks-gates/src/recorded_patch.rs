//! The lines of a patch and whether tests run them, for whoever shows them.

use crate::coverage::patch;
use crate::gate::known;
use crate::unit::{Given, Ready, Unit};
use blocks_evidence::Coverage;
use blocks_stages::Stage;

/// The lines that are new or changed since the baseline and hold code, by the records that a stage judges; none where it does not
/// judge coverage, where there is no baseline, or where one of the records on either side says nothing: what only its tests
/// run would be shown as not run.
pub fn recorded_patch(stage: &Stage, given: Given<'_>) -> Option<Coverage> {
    if stage.gate != "coverage" || given.baseline.is_none() {
        return None;
    }
    let row = known(stage, given).ok()?;
    let units: Vec<_> =
        given.expected.units(stage).map(|unit| Unit::open(row, given, unit)).collect();
    let mut cases = Vec::new();
    for unit in &units {
        match unit.ready().ok()? {
            Ready::Case(case) => cases.push(case),
            Ready::NotApplicable(_) => {}
        }
    }
    patch(&cases)
}
