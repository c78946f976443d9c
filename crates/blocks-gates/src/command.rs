//! The gate of a workspace's own stages: a command that ends with 0 passes.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    DETAIL, Format, TextDiagnostic, bounded_tail, read_compiler_text, read_text,
};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let out = case.read(Format::Text, read_text)?;
    let said = case.read(Format::CompilerText, read_compiler_text)?;
    let mut causes = Vec::new();
    if case.exit != 0 {
        // A command that is or calls a compiler has said where.
        causes.extend(said.errors().filter(|one| one.place.is_some()).map(|one| error(case, one)));
        causes.push(failed(case, &out, &case.read(Format::CompilerText, read_text)?));
    }
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

fn error(case: &Case<'_>, one: &TextDiagnostic) -> Cause {
    let message = match &one.code {
        Some(code) => format!("{} ({code})", one.message),
        None => one.message.clone(),
    };
    Cause::new(Code::CompileError, message).at(case.place(one.place.as_ref()))
}

/// The command with the end of what it printed: most say there why.
fn failed(case: &Case<'_>, out: &str, said: &str) -> Cause {
    let command = case.record.steps.last().map_or_else(String::new, |step| step.command.join(" "));
    let message = format!("`{command}` ended with status {}", case.exit);
    let parts = [out.trim_end(), said.trim_end()];
    let text = parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    Cause::new(Code::CommandFailed, message).with_detail(bounded_tail(&text, DETAIL))
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let failed = of_code(causes, Code::CommandFailed);
    if failed == 0 {
        "done".to_owned()
    } else {
        counted(failed, "command failed", "commands failed")
    }
}
