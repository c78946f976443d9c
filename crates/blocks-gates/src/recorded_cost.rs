//! What the records of a stage took to make.

use crate::gate::known;
use crate::unit::{Given, Unit};
use blocks_records::Record;
use blocks_stages::Stage;

/// How long a stage took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageCost<'a> {
    /// The stage.
    pub stage: &'a str,
    /// How long the steps of its records took together, in seconds; those that ran at the same time count each.
    pub seconds: f64,
    /// How long tries took that came to no answer, in seconds, beside these.
    pub retried: f64,
    /// Of how many records.
    pub records: usize,
    /// Whether Nix made one of them, maybe elsewhere and long ago.
    pub is_by_nix: bool,
}

/// How long the records of a stage took to make, whatever they say: those that are there, and are of what is expected. None
/// where there is no such record, or where the stage judges another's.
pub fn recorded_cost<'a>(stage: &'a Stage, given: Given<'_>) -> Option<StageCost<'a>> {
    let row = known(stage, given).ok().filter(|_| stage.record.is_none())?;
    let units: Vec<_> =
        given.expected.units(stage).map(|unit| Unit::open(row, given, unit)).collect();
    let found: Vec<&Record> = units.iter().filter_map(Unit::record).collect();
    let sum =
        |seconds: &dyn Fn(&Record) -> f64| found.iter().fold(0.0, |all, it| all + seconds(it));
    (!found.is_empty()).then(|| StageCost {
        stage: &stage.id,
        seconds: sum(&|record| record.steps.iter().fold(0.0, |all, step| all + step.seconds)),
        retried: sum(&|record| record.retries.iter().fold(0.0, |all, retry| all + retry.seconds)),
        records: found.len(),
        is_by_nix: units.iter().any(Unit::is_sandboxed),
    })
}
