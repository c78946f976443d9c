//! The gate of unsafe code: an inventory of its uses, as the compiler's lint `unsafe_code` finds them.
//!
//! A use is a block, a function, an implementation or a trait that is unsafe, or an attribute that can break what
//! safe code relies on, such as `no_mangle`; what tests alone contain is none. Each member is judged for itself.

use crate::case::Case;
use crate::diagnostics::{is_of, messages, not_compiled};
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{DETAIL, Diagnostic, bounded};
use std::collections::BTreeMap;

/// The lint's name.
const LINT: &str = "unsafe_code";

/// A use: the file, the line, and what the compiler calls it.
#[derive(Clone)]
struct Use {
    file: String,
    line: u32,
    what: String,
}

/// The uses of each package.
type Inventory = BTreeMap<String, Vec<Use>>;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let messages = messages(case)?;
    if case.exit != 0 {
        return Ok(not_compiled(case, &messages, told));
    }
    if messages.artifacts == 0 {
        return Ok(Finding::not_applicable("there is no target for this"));
    }
    let now = inventory(case, &messages.diagnostics);
    let before: Option<Inventory> =
        case.before(read)?.map(|all| all.into_iter().flatten().collect());
    let causes = before.as_ref().map_or_else(Vec::new, |before| growth(case, &now, before));
    let count = now.values().map(|uses| uses.len() as u64).sum();
    let measure = Measure::Unsafe { count, is_compared: before.is_some() };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What a record says of the packages that it is of.
fn read(case: &Case<'_>) -> Result<Inventory, Refusal> {
    let messages = messages(case)?;
    if case.exit != 0 {
        return Err(Refusal::new(Code::BaselineWithoutAnswer, "its code does not compile"));
    }
    Ok(inventory(case, &messages.diagnostics))
}

fn inventory(case: &Case<'_>, diagnostics: &[Diagnostic]) -> Inventory {
    let mut found = Inventory::new();
    let is_use = |one: &&Diagnostic| is_of(case, one) && one.code.as_deref() == Some(LINT);
    for one in diagnostics.iter().filter(is_use) {
        let (file, line) = case.place(one.place.as_ref()).unwrap_or_default();
        let one_use = Use { file, line, what: one.message.clone() };
        found.entry(one.package_name.clone()).or_default().push(one_use);
    }
    for uses in found.values_mut() {
        uses.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    }
    found
}

/// A cause for each package that has more uses than are allowed. One that was not there before had none.
fn growth(case: &Case<'_>, now: &Inventory, before: &Inventory) -> Vec<Cause> {
    let allowed = case.config.verify.unsafe_growth.get() as usize;
    let mut causes = Vec::new();
    for (package, uses) in now {
        let was = before.get(package).map_or(&[][..], Vec::as_slice);
        if uses.len() > was.len().saturating_add(allowed) {
            causes.push(grew(package, uses, was, allowed));
        }
    }
    causes
}

fn grew(package: &str, uses: &[Use], was: &[Use], allowed: usize) -> Cause {
    let new = added(uses, was);
    let allowance = if allowed == 0 { String::new() } else { format!(", {allowed} more allowed") };
    let message = format!(
        "{package}: {} of unsafe code ({} at the baseline{allowance})",
        counted(uses.len(), "use", "uses"),
        was.len(),
    );
    let lines: Vec<String> =
        new.iter().map(|one| format!("{}:{}: {}", one.file, one.line, one.what)).collect();
    let first = new.first().filter(|one| !one.file.is_empty());
    Cause::new(Code::UnsafeGrew, message)
        .about(Some(package))
        .at(first.map(|one| (one.file.clone(), one.line)))
        .with_detail(bounded(&lines.join("\n"), DETAIL))
}

/// The uses that may be the new ones. An edit moves lines, so uses of one kind in one file are told apart by their
/// number only: where that grew, all of them are shown.
fn added<'a>(uses: &'a [Use], was: &[Use]) -> Vec<&'a Use> {
    let alike = |all: &[Use], one: &Use| {
        all.iter().filter(|it| it.file == one.file && it.what == one.what).count()
    };
    uses.iter().filter(|one| alike(uses, one) > alike(was, one)).collect()
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let errors = of_code(causes, Code::CompileError);
    let errors = (errors > 0).then(|| counted(errors, "compile error", "compile errors"));
    let &Measure::Unsafe { count, is_compared } = measure else {
        return errors.unwrap_or_else(|| "it does not compile".to_owned());
    };
    let grew = of_code(causes, Code::UnsafeGrew);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let parts = [
        errors,
        (grew > 0).then(|| format!("more in {}", counted(grew, "member", "members"))),
        Some(format!("{} of unsafe code", counted(count, "use", "uses"))),
        (!is_compared).then(|| "not compared".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
