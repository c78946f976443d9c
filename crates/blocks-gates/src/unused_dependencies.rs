//! The gate of unused dependencies: what cargo-machete found in the members' manifests.
//!
//! The tool looks into each folder with a manifest, but for hidden ones; what it says of packages that are no members
//! is not asked for. It knows the table `dependencies` alone, and not those of tests, builds and platforms.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Format, MESSAGE, UnusedDependencies, bounded, read_cargo_metadata, read_machete_text, read_text,
};
use std::collections::BTreeSet;

/// How a line begins by which the tool says that it could not read a manifest. It ends with 0 all the same.
const UNREAD: &str = "error when handling ";
/// The tool's last line on standard error.
const DONE: &str = "Done!";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    // In a sandbox the workspace has a package beside the members, which the record lists.
    let members = &case.record.members;
    let is_member = |name: &String| members.is_empty() || members.contains(name);
    let manifests: BTreeSet<String> = packages
        .iter()
        .filter(|package| is_member(&package.name))
        .map(|package| case.relative(&package.manifest))
        .collect();
    if let Some(hidden) = manifests.iter().find(|manifest| is_hidden(manifest)) {
        let message = format!("cargo-machete does not look into the folder of {hidden}");
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let said = case.read(Format::Text, read_text)?;
    if let Some(line) = said.lines().find(|line| is_unread(line, &manifests)) {
        let message = bounded(&format!("a manifest was not read: {line}"), MESSAGE);
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    if !said.lines().any(|line| line == DONE) {
        return Err(case.contradicts("the tool does not say that it is done"));
    }
    let found = case.read(Format::MacheteText, read_machete_text)?;
    if found.is_empty() != (case.exit == 0) {
        return Err(case.contradicts("its words say otherwise"));
    }
    let of_members = found.iter().filter(|one| manifests.contains(manifest(one)));
    let causes: Vec<Cause> = of_members.flat_map(causes).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// Whether a manifest lies where the tool does not look: outside of the workspace, or in a folder that it passes over.
fn is_hidden(manifest: &str) -> bool {
    let is_passed_over = |name: &str| name.starts_with('.') || name == "target";
    manifest.starts_with('/') || manifest.split('/').any(is_passed_over)
}

/// Whether a line says of a member's manifest that it was not read.
fn is_unread(line: &str, manifests: &BTreeSet<String>) -> bool {
    let Some(rest) = line.strip_prefix(UNREAD) else { return false };
    let rest = rest.strip_prefix("./").unwrap_or(rest);
    manifests.iter().any(|manifest| {
        rest.strip_prefix(manifest.as_str()).is_some_and(|rest| rest.starts_with(": "))
    })
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
        0 => "all normal dependencies are used".to_owned(),
        count => counted(count, "unused dependency", "unused dependencies"),
    }
}
