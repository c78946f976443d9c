//! The gate of unused names in Nix files: what deadnix found.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::text::{looked_into, relative};
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{Format, NixFinding, read_deadnix, read_file_list};
use std::collections::BTreeSet;

/// The exit status of the stage's script where there is no Nix file.
const NOTHING: i32 = 64;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NOTHING {
        return Ok(Finding::not_applicable("there is no Nix file"));
    }
    let found = case.read(Format::DeadnixJson, read_deadnix)?;
    let list = case.read(Format::FileList, read_file_list)?;
    let files = looked_into("deadnix", list.len())?;
    let list: BTreeSet<String> = list.into_iter().collect();
    if let Some(one) = found.iter().find(|one| !list.contains(&one.file)) {
        return Err(case.contradicts(&format!("{} is not among the files", one.file)));
    }
    let causes = causes(&found);
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    if causes.is_empty() != (case.exit == 0) {
        return Err(case.contradicts(&format!("deadnix says: {told}")));
    }
    Ok(Finding::of(format!("{told} in {files}"), causes, measure))
}

/// A cause for each name, and one for each file that cannot be read: what the tool says of it after its first error
/// follows from that.
fn causes(found: &[NixFinding]) -> Vec<Cause> {
    let mut unreadable = BTreeSet::new();
    let told =
        found.iter().filter(|one| one.place.is_some() || unreadable.insert(one.file.as_str()));
    told.map(cause).collect()
}

fn cause(one: &NixFinding) -> Cause {
    let file = relative(&one.file);
    let Some((line, column)) = one.place else {
        let message = format!("this cannot be read as Nix: {}", one.message);
        let mut cause = Cause::new(Code::SyntaxError, message);
        cause.file = Some(file);
        return cause;
    };
    let message = format!("{} (column {column})", one.message);
    Cause::new(Code::UnusedName, message).at(Some((file, line)))
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let [names, errors] = [Code::UnusedName, Code::SyntaxError].map(|code| of_code(causes, code));
    let names = (names > 0).then(|| counted(names, "unused name", "unused names"));
    let errors = (errors > 0).then(|| counted(errors, "syntax error", "syntax errors"));
    let parts: Vec<String> = errors.into_iter().chain(names).collect();
    if parts.is_empty() { "no unused name".to_owned() } else { parts.join(", ") }
}
