use std::path::{Path, PathBuf};

/// The unit of a stage that runs over the workspace as a whole.
pub const UNIT_WORKSPACE: &str = "workspace";

/// The unit that a unit is a share of, `a` of `a.1-of-2`; itself where it is none. No package has a dot in its name.
pub fn undivided(unit: &str) -> &str {
    unit.split_once('.').map_or(unit, |(whole, _)| whole)
}

/// The folder of a record: `<records>/<stage>/<unit>`.
pub fn folder(records: &Path, stage: &str, unit: &str) -> PathBuf {
    records.join(stage).join(unit)
}
