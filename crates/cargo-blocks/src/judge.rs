use std::path::Path;

use blocks_config::PipelineConfig;
use blocks_gates::{Expected, Verdict, judge};
use blocks_stages::Stage;

/// The verdicts of stages, each over all that it is expected to have a record of.
pub(crate) fn judge_all(
    stages: &[&Stage],
    records: &Path,
    expected: &Expected,
    config: &PipelineConfig,
) -> Vec<Verdict> {
    stages.iter().map(|stage| judge(stage, records, expected, config)).collect()
}
