//! The gate of unused dependencies: what cargo-machete found in the members' manifests.
//!
//! The tool looks into each folder with a manifest; what it says of packages that are no members is not asked for.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Format, UnusedDependencies, read_cargo_metadata, read_machete_text, read_text,
};
use std::collections::BTreeSet;

/// How a line begins by which the tool says that it could not read a manifest. It ends with 0 all the same.
const UNREAD: &str = "error when handling ";
/// The tool's last line on standard error.
const DONE: &str = "Done!";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    let said = case.read(Format::Text, read_text)?;
    if let Some(line) = said.lines().find(|line| line.starts_with(UNREAD)) {
        return Err(Refusal::new(Code::NoAnswer, format!("a manifest was not read: {line}")));
    }
    if !said.lines().any(|line| line == DONE) {
        return Err(case.contradicts("the tool does not say that it is done"));
    }
    let found = case.read(Format::MacheteText, read_machete_text)?;
    if found.is_empty() != (case.exit == 0) {
        return Err(case.contradicts("its words say otherwise"));
    }
    // In a sandbox the workspace has a package beside the members, which the record lists.
    let members = &case.record.members;
    let is_member = |name: &String| members.is_empty() || members.contains(name);
    let manifests: BTreeSet<String> = packages
        .iter()
        .filter(|package| is_member(&package.name))
        .map(|package| case.relative(&package.manifest))
        .collect();
    let of_members = found.iter().filter(|one| manifests.contains(manifest(one)));
    let causes: Vec<Cause> = of_members.flat_map(causes).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

fn manifest(one: &UnusedDependencies) -> &str {
    one.manifest.strip_prefix("./").unwrap_or(&one.manifest)
}

fn causes(one: &UnusedDependencies) -> Vec<Cause> {
    let cause = |dependency: &String| {
        let message = format!("{}: no code names the dependency {dependency}", one.package);
        let mut cause = Cause::new(Code::UnusedDependency, message).about(Some(&one.package));
        cause.file = Some(manifest(one).to_owned());
        cause
    };
    one.dependencies.iter().map(cause).collect()
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    match of_code(causes, Code::UnusedDependency) {
        0 => "all dependencies are used".to_owned(),
        count => counted(count, "unused dependency", "unused dependencies"),
    }
}
