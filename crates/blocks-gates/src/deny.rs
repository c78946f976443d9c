//! What the gates that read cargo-deny's findings have in common.

use crate::case::Case;
use crate::refusal::Refusal;
use crate::words::counted;
use crate::{Cause, Code};
use blocks_evidence::{DETAIL, DenyFinding, DenyReport, Format, bounded, read_cargo_deny};

/// What was found, where it agrees with the exit status. `checks` are those that are made, and the bit of the exit
/// status by which cargo-deny says that one found errors.
pub(crate) fn read(case: &Case<'_>, checks: &[(&str, i32)]) -> Result<DenyReport, Refusal> {
    let report = case.read(Format::CargoDeny, read_cargo_deny)?;
    if let Some(failure) = report.failures.first() {
        return Err(Refusal::new(
            Code::NoAnswer,
            format!("cargo-deny could not do all: {failure}"),
        ));
    }
    for (check, bit) in checks {
        let Some(errors) = report.errors.get(*check) else {
            return Err(case.contradicts(&format!("{check} was not checked")));
        };
        if (*errors > 0) != (case.exit & bit != 0) {
            let what = counted(usize::try_from(*errors).unwrap_or(usize::MAX), "error", "errors");
            return Err(case.contradicts(&format!("{check} has {what}")));
        }
    }
    Ok(report)
}

/// A finding as it is told, with who needs the crates that it is about.
pub(crate) fn cause(one: &DenyFinding, code: Code) -> Cause {
    let mut lines: Vec<String> = one.notes.clone();
    lines.extend(ways(one));
    let about = match one.crates.as_slice() {
        [only] => format!("{}: ", only.name),
        _ => String::new(),
    };
    let code_of_it = if one.code.is_empty() { String::new() } else { format!(" ({})", one.code) };
    let message = format!("{about}{}{code_of_it}", one.message);
    Cause::new(code, message).with_detail(bounded(&lines.join("\n"), DETAIL))
}

/// A line for each crate that a finding is about, with who needs it.
pub(crate) fn ways(one: &DenyFinding) -> impl Iterator<Item = String> {
    one.crates.iter().map(|it| match it.needed_by.as_slice() {
        [] => it.name.clone(),
        way => format!("{}, needed by {}", it.name, way.join(", needed by ")),
    })
}
