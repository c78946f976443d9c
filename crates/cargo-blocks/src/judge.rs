use blocks_gates::{Given, Verdict, judge, judge_unit};
use blocks_stages::Stage;

/// The verdicts of stages, each over all that it is expected to have a record of.
pub(crate) fn judge_all(stages: &[&Stage], given: Given<'_>) -> Vec<Verdict> {
    stages.iter().map(|stage| judge(stage, given)).collect()
}

/// The verdicts of stages about a part of the workspace, each under the name of the one unit that it is
/// expected to have a record of.
pub(crate) fn judge_part(stages: &[&Stage], given: Given<'_>) -> Vec<Verdict> {
    let of_stage = |stage: &&Stage| -> Vec<Verdict> {
        if stage.material.is_some() && given.baseline.is_none() {
            // It has no unit, and says why.
            return vec![judge(stage, given)];
        }
        let units = given.expected.units(stage);
        units.map(|(unit, sources)| judge_unit(stage, given, unit, sources)).collect()
    };
    stages.iter().flat_map(of_stage).collect()
}
