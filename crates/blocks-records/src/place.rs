use std::path::{Path, PathBuf};

/// The unit of a stage that runs over the workspace as a whole.
pub const UNIT_WORKSPACE: &str = "workspace";

/// The folder of a record: `<records>/<stage>/<unit>`.
pub fn folder(records: &Path, stage: &str, unit: &str) -> PathBuf {
    records.join(stage).join(unit)
}
