use std::path::Path;

use blocks_config::PipelineConfig;
use blocks_gates::{Expected, Verdict, judge};
use blocks_stages::Stage;

/// The verdicts of stages over the workspace.
pub(crate) fn judge_all(
    stages: &[&Stage],
    records: &Path,
    sources: Option<&str>,
    config: &PipelineConfig,
) -> Vec<Verdict> {
    let expected = Expected::workspace(stages.iter().copied(), sources);
    let of = |stage: &&Stage| judge(stage, records, &expected, config);
    stages.iter().map(of).collect()
}
