//! The bills of materials that a record holds, for whoever writes them as files.

use crate::gate::known;
use crate::refusal::Refusal;
use crate::sbom::{NOTHING, boms};
use crate::unit::{Given, Ready, Unit};
use crate::{Cause, Code, Outcome};
use blocks_evidence::{Format, PackageBom};
use blocks_stages::Stage;

/// What the record of a stage holds of bills of materials.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordedBoms {
    /// One of each package that is shipped, also where the stage is red.
    Found(Vec<PackageBom>),
    /// There are none, and why.
    NotApplicable(String),
    /// They cannot be trusted, or are not whole, and why.
    NoVerdict(Vec<Cause>),
}

/// The bills of materials that the record of a stage holds; none where it has no such evidence, or judges another's.
///
/// The record is looked at as [`crate::judge`] does: one that leaves no verdict shows nothing.
pub fn recorded_boms(stage: &Stage, given: Given<'_>) -> Option<RecordedBoms> {
    let is_of_them = |it: &blocks_stages::Evidence| it.kind == Format::CycloneDx.name();
    if stage.record.is_some() || !stage.evidence.iter().any(is_of_them) {
        return None;
    }
    let row = match known(stage, given) {
        Ok(row) => row,
        Err(finding) if finding.outcome == Outcome::NotApplicable => {
            return Some(RecordedBoms::NotApplicable(finding.summary));
        }
        Err(finding) => return Some(RecordedBoms::NoVerdict(finding.causes)),
    };
    let units = given.expected.units(stage).map(|unit| Unit::open(row, given, unit));
    let found: Result<Vec<Vec<PackageBom>>, Refusal> = units
        .map(|unit| match unit.ready()? {
            Ready::Case(case) => boms(&case),
            Ready::NotApplicable(_) => Ok(Vec::new()),
        })
        .collect();
    Some(match found {
        Err(refusal) => RecordedBoms::NoVerdict(vec![refusal.into()]),
        Ok(found) if found.is_empty() => {
            let message = format!("no record of {} is expected", stage.id);
            RecordedBoms::NoVerdict(vec![Refusal::new(Code::RecordAbsent, message).into()])
        }
        Ok(found) => match found.concat() {
            none if none.is_empty() => RecordedBoms::NotApplicable(NOTHING.to_owned()),
            found => RecordedBoms::Found(found),
        },
    })
}
