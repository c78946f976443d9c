//! The gate of workflows: what zizmor found in them.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::text::{looked_into, relative};
use crate::words::counted;
use crate::{Cause, Code, Measure};
use blocks_evidence::{Format, WorkflowFinding, read_text, read_zizmor};

/// The exit status of the stage's script where the workspace has no rules.
const NO_RULES: i32 = 64;

/// What the tool says of each file that it has looked into.
const COMPLETED: &str = " completed ";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NO_RULES {
        return Ok(Finding::not_applicable("there is no zizmor.yml"));
    }
    let found = case.read(Format::ZizmorJson, read_zizmor)?;
    let said = case.read(Format::Text, read_text)?;
    let files =
        looked_into("zizmor", said.lines().filter(|line| line.contains(COMPLETED)).count())?;
    if found.is_empty() != (case.exit == 0) {
        let what = counted(found.len(), "finding", "findings");
        return Err(case.contradicts(&format!("there are {what}")));
    }
    let causes: Vec<Cause> = found.iter().map(cause).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    Ok(Finding::of(format!("{told} in {files}"), causes, measure))
}

fn cause(one: &WorkflowFinding) -> Cause {
    let severity = one.severity.to_lowercase();
    let message = format!("{} ({}, {severity})", one.about, one.audit);
    let (file, line) = &one.place;
    let lines = [one.annotation.as_str(), one.url.as_str()];
    let detail: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    Cause::new(Code::WorkflowFinding, message)
        .at(Some((relative(file), *line)))
        .with_detail(detail.join("\n"))
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    match causes.len() {
        0 => "no finding".to_owned(),
        count => counted(count, "finding", "findings"),
    }
}
