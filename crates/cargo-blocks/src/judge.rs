use std::path::Path;

use blocks_config::PipelineConfig;
use blocks_gates::{Verdict, judge};
use blocks_records::UNIT_WORKSPACE;
use blocks_stages::Stage;

/// The verdicts of stages over the workspace.
pub(crate) fn judge_all(
    stages: &[&Stage],
    records: &Path,
    sources: Option<&str>,
    config: &PipelineConfig,
) -> Vec<Verdict> {
    let of = |stage: &&Stage| judge(stage, records, UNIT_WORKSPACE, sources, config);
    stages.iter().map(of).collect()
}
