use blocks_gates::{Given, Verdict, judge, judge_unit};
use blocks_stages::Stage;

/// The verdicts of stages, each over all that it is expected to have a record of.
pub(crate) fn judge_all(stages: &[&Stage], given: Given<'_>) -> Vec<Verdict> {
    stages.iter().map(|stage| judge(stage, given)).collect()
}

/// The verdicts of stages about a part of the workspace, each under the name of the one unit that it is
/// expected to have a record of.
pub(crate) fn judge_part(stages: &[&Stage], given: Given<'_>) -> Vec<Verdict> {
    let units =
        stages.iter().flat_map(|stage| given.expected.units(stage).map(move |it| (stage, it)));
    units.map(|(stage, (unit, sources))| judge_unit(stage, given, unit, sources)).collect()
}
