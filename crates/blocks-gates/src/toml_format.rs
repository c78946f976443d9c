//! The gate of the format of TOML files: those that taplo would write otherwise.

use crate::case::Case;
use crate::finding::Finding;
pub(crate) use crate::formatting::told;
use crate::refusal::Refusal;
use crate::text::looked_into;
use crate::words::ranges;
use crate::{Cause, Code, Measure};
use blocks_evidence::{Format, UnformattedFile, read_diffs, read_taplo_text};

/// The exit status of the stage's script where the workspace has no rules.
const NO_RULES: i32 = 64;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NO_RULES {
        return Ok(Finding::not_applicable("there is no taplo.toml"));
    }
    let diffs = case.read(Format::Diffs, read_diffs)?;
    let report = case.read(Format::TaploText, read_taplo_text)?;
    if let Some(failure) = report.failures.first() {
        let message = format!("taplo could not do all: {failure}");
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let files = looked_into("taplo", usize::try_from(report.files).unwrap_or(usize::MAX))?;
    let errors = report
        .errors
        .into_iter()
        .map(|(message, place)| Cause::new(Code::SyntaxError, message).at(place));
    let causes: Vec<Cause> = errors.chain(diffs.into_iter().map(unformatted)).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    if causes.is_empty() != (case.exit == 0) {
        return Err(case.contradicts(&format!("taplo says: {told}")));
    }
    let summary = if causes.is_empty() { format!("{told}, {files} of TOML") } else { told };
    Ok(Finding::of(summary, causes, measure))
}

fn unformatted(UnformattedFile { file, lines }: UnformattedFile) -> Cause {
    let mut cause = Cause::new(Code::Unformatted, "the file is not formatted");
    cause.line = lines.first().copied();
    cause.file = Some(file);
    cause.with_detail(if lines.len() > 1 {
        format!("lines {}", ranges(&lines))
    } else {
        String::new()
    })
}
