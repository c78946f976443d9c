//! The gate of coverage: what `llvm-cov` counted while the tests ran.
//!
//! Lines that one member's tests run in another count, so that members are judged together: a line is
//! covered where the tests of any run it. Failing tests do not change this verdict: that they fail is the
//! verdict of the tests.

use crate::case::Case;
use crate::finding::Finding;
use crate::gate::Joint;
use crate::refusal::Refusal;
use crate::words::{floored_percent, ranges};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Coverage, DETAIL, FileCoverage, Format, Lines, bounded, read_junit, read_llvm_cov,
};

pub(crate) fn judge(cases: &[Case<'_>]) -> Joint {
    let mut coverage = Coverage::default();
    let mut refused = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        match read(case) {
            Ok(one) => coverage.merge(one),
            Err(refusal) => refused.push((place, refusal)),
        }
    }
    Joint { finding: finding(cases, &coverage), refused }
}

/// The coverage of one record, with files as they are called in the workspace: folders of sandboxes
/// differ.
fn read(case: &Case<'_>) -> Result<Coverage, Refusal> {
    match case.read(Format::LlvmCov, read_llvm_cov) {
        Ok(coverage) => {
            let renamed =
                |file: FileCoverage| FileCoverage { file: case.relative(&file.file), ..file };
            Ok(coverage.files.into_iter().map(renamed).collect())
        }
        Err(_) if is_without_tests(case) => Ok(Coverage::default()),
        Err(refusal) => Err(refusal),
    }
}

/// Whether there was nothing to run, so that nothing was counted: the record lists no coverage, and says
/// that there is no test.
fn is_without_tests(case: &Case<'_>) -> bool {
    let rows = case.recorded_by.evidence.iter().filter(|row| row.kind == Format::LlvmCov.name());
    let mut files = rows.map(|row| &row.file);
    let is_listed = files.any(|file| case.record.evidence.iter().any(|it| &it.file == file));
    case.exit == 0
        && !is_listed
        && case.read(Format::Junit, read_junit).is_ok_and(|run| run.tests.is_empty())
}

fn finding(cases: &[Case<'_>], coverage: &Coverage) -> Finding {
    let Lines { covered, count } = coverage.lines();
    let Some(case) = cases.first().filter(|_| count > 0) else {
        return Finding::not_applicable("there are no lines of code that can be counted");
    };
    let wanted = case.config.test.coverage_threshold;
    let summary = format!("{} of lines ({wanted} % wanted)", floored_percent(covered, count));
    let measure = Measure::Coverage { covered, count, threshold: wanted.as_f64() };
    if wanted.is_met_by(covered, count) {
        return Finding::of(summary, Vec::new(), measure);
    }
    let is_short = |file: &&FileCoverage| !file.uncovered.is_empty();
    let causes = coverage.files.iter().filter(is_short).map(cause).collect();
    Finding::of(summary, causes, measure)
}

fn cause(file: &FileCoverage) -> Cause {
    let Lines { covered, count } = file.lines();
    let message = format!("tests run {covered} of {count} lines");
    let mut cause = Cause::new(Code::CoverageBelowThreshold, message);
    cause.file = Some(file.file.clone());
    cause.line = file.uncovered.first().copied();
    cause.with_detail(bounded(&format!("not run: {}", ranges(&file.uncovered)), DETAIL))
}
