//! How much of each package is documented, for whoever shows it.

use crate::doc_coverage::read;
use crate::gate::known;
use crate::unit::{Given, Ready, Unit};
use blocks_evidence::{DocCounts, Format};
use blocks_stages::{Stage, Table};
use std::collections::BTreeMap;

/// The counts of packages by their names, as far as records can be trusted; of others nothing is said.
///
/// Records are looked at as [`crate::judge`] does.
pub fn recorded_documentation(given: Given<'_>) -> BTreeMap<String, DocCounts> {
    let counts = |stage: &&Stage| {
        let mut evidence = stage.evidence.iter();
        stage.record.is_none() && evidence.any(|it| it.kind == Format::DocCoverage.name())
    };
    let mut found = BTreeMap::new();
    for stage in Table::in_use().stages.iter().filter(counts) {
        let Ok(row) = known(stage, given) else { continue };
        for unit in given.expected.units(stage) {
            let unit = Unit::open(row, given, unit);
            let Ok(Ready::Case(case)) = unit.ready() else { continue };
            if let Ok(packages) = read(&case) {
                found.extend(packages);
            }
        }
    }
    found
}
