//! What records say of the workspace's packages, for whoever shows it.

use crate::gate::known;
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use blocks_evidence::{Format, MetadataPackage, read_cargo_metadata};
use blocks_stages::{Stage, Table};

/// The packages, in the order of their names, as the first stage describes them whose records all can be trusted; none where
/// there is no such stage.
///
/// Records are looked at as [`crate::judge`] does. Of part of the members nothing is said: the others may be of another
/// version.
pub fn recorded_packages(given: Given<'_>) -> Option<Vec<MetadataPackage>> {
    let describes = |stage: &&Stage| {
        let mut evidence = stage.evidence.iter();
        stage.record.is_none() && evidence.any(|it| it.kind == Format::CargoMetadata.name())
    };
    let mut stages = Table::in_use().stages.iter().filter(describes);
    stages.find_map(|stage| of_stage(stage, given).ok().filter(|all| !all.is_empty()))
}

fn of_stage(stage: &Stage, given: Given<'_>) -> Result<Vec<MetadataPackage>, Refusal> {
    let Ok(row) = known(stage, given) else { return Ok(Vec::new()) };
    let mut all: Vec<MetadataPackage> = Vec::new();
    for unit in given.expected.units(stage) {
        let unit = Unit::open(row, given, unit);
        let Ready::Case(case) = unit.ready()? else { continue };
        let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
        let is_of_unit =
            |it: &MetadataPackage| case.members.is_empty() || case.members.contains(&it.name);
        all.extend(packages.into_iter().filter(is_of_unit));
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all.dedup();
    Ok(all)
}
