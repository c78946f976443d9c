//! The evidence that records hold, for whoever makes something else of it than a verdict.

use crate::case::Case;
use crate::gate::known;
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use crate::{Cause, Outcome};
use blocks_evidence::Format;
use blocks_stages::Stage;

/// The evidence of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEvidence {
    /// The unit.
    pub unit: String,
    /// The folder of the workspace when the record was made: names of files may begin with it.
    pub root: String,
    /// The files of the formats that were asked for, untouched, in the order of the row.
    pub files: Vec<(Format, Vec<u8>)>,
    /// Why there is nothing to read: the record is absent, is of other sources, or has changed.
    pub refused: Option<Cause>,
}

/// What the records of a stage hold of these formats, a unit each; none of a unit that has nothing to ask.
///
/// A record is looked at as [`crate::judge`] does: what is not of the sources that are asked for is refused.
pub fn recorded_evidence(stage: &Stage, given: Given<'_>, formats: &[Format]) -> Vec<UnitEvidence> {
    let row = match known(stage, given) {
        Ok(row) => row,
        Err(finding) if finding.outcome == Outcome::NotApplicable => return Vec::new(),
        Err(finding) => {
            return finding.causes.into_iter().map(|cause| refused("", cause)).collect();
        }
    };
    let of_unit = |unit| {
        let unit = Unit::open(row, given, unit);
        let found = match unit.ready() {
            Ok(Ready::Case(case)) => files(&case, formats).map(|files| UnitEvidence {
                unit: unit.name.to_owned(),
                root: case.record.root.clone(),
                files,
                refused: None,
            }),
            Ok(Ready::NotApplicable(_)) => return None,
            Err(refusal) => Err(refusal),
        };
        Some(found.unwrap_or_else(|refusal| refused(unit.name, refusal.into())))
    };
    given.expected.units(stage).filter_map(of_unit).collect()
}

fn refused(unit: &str, cause: Cause) -> UnitEvidence {
    let refused = Some(cause);
    UnitEvidence { unit: unit.to_owned(), root: String::new(), files: Vec::new(), refused }
}

fn files(case: &Case<'_>, formats: &[Format]) -> Result<Vec<(Format, Vec<u8>)>, Refusal> {
    let mut found = Vec::new();
    for row in case.recorded_by.evidence.iter().filter(|row| row.is_due(Some(case.exit))) {
        if let Some(format) = formats.iter().find(|it| it.name() == row.kind) {
            let bytes = case.read_file(&row.file, *format, |bytes| Ok(bytes.to_vec()))?;
            found.push((*format, bytes));
        }
    }
    Ok(found)
}
