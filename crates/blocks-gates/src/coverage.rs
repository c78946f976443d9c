//! The gate of coverage: what `llvm-cov` counted while the tests ran.
//!
//! Failing tests do not change this verdict: that they fail is the verdict of the tests.

use crate::case::Case;
use crate::finding::Finding;
use crate::words::{floored_percent, ranges};
use crate::{Cause, Code, Measure};
use blocks_evidence::{DETAIL, FileCoverage, Format, Lines, bounded, read_llvm_cov};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Cause> {
    let coverage = case.read(Format::LlvmCov, read_llvm_cov)?;
    let Lines { covered, count } = coverage.lines();
    if count == 0 {
        return Ok(Finding::not_applicable(
            "the workspace has no lines of code that can be counted",
        ));
    }
    let wanted = case.config.test.coverage_threshold;
    let summary = format!("{} of lines ({wanted} % wanted)", floored_percent(covered, count));
    let measure = Measure::Coverage { covered, count, threshold: wanted.as_f64() };
    if wanted.is_met_by(covered, count) {
        return Ok(Finding::of(summary, Vec::new(), measure));
    }
    let is_short = |file: &&FileCoverage| !file.uncovered.is_empty();
    let causes = coverage.files.iter().filter(is_short).map(|file| cause(case, file)).collect();
    Ok(Finding::of(summary, causes, measure))
}

fn cause(case: &Case<'_>, file: &FileCoverage) -> Cause {
    let Lines { covered, count } = file.lines();
    let message = format!("tests run {covered} of {count} lines");
    let mut cause = Cause::new(Code::CoverageBelowThreshold, message);
    cause.file = Some(case.relative(&file.file));
    cause.line = file.uncovered.first().copied();
    cause.with_detail(bounded(&format!("not run: {}", ranges(&file.uncovered)), DETAIL))
}
