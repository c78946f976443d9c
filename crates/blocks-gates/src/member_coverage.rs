//! Floors of single members: the lines of a member's own files, whoever's tests run them.

use crate::case::Case;
use crate::folders::Folders;
use crate::not_run::not_run;
use crate::refusal::Refusal;
use crate::words::floored_percent;
use crate::{Cause, Code};
use blocks_config::Percent;
use blocks_evidence::{
    Coverage, FileCoverage, Format, Lines, MetadataPackage, read_cargo_metadata,
};
use std::cmp::Reverse;

/// The members of these cases that have a floor, and how much is wanted of each.
pub(crate) fn floors<'a>(cases: &[Case<'a>]) -> Vec<(&'a str, Percent)> {
    let Some(first) = cases.first() else { return Vec::new() };
    let all = first.config.members.iter().map(|(name, it)| (name.as_str(), it.coverage_threshold));
    let is_of = |case: &Case<'_>, name: &str| {
        case.members.is_empty() || case.members.iter().any(|member| member == name)
    };
    all.filter(|(name, wanted)| {
        *wanted > Percent::whole::<0>() && cases.iter().any(|case| is_of(case, name))
    })
    .collect()
}

/// The packages that a case's record knows.
pub(crate) fn packages(case: &Case<'_>) -> Result<Vec<MetadataPackage>, Refusal> {
    case.read(Format::CargoMetadata, read_cargo_metadata)
}

/// Adds these packages with the folders of their manifests.
pub(crate) fn add<'a>(folders: &mut Folders<'a>, case: &Case<'_>, packages: &'a [MetadataPackage]) {
    for package in packages {
        let folder = package.manifest.strip_suffix("/Cargo.toml").unwrap_or(&package.manifest);
        folders.add(case, folder, &package.name);
    }
}

/// A cause for each member below its floor. A floor of what nobody counted is a refusal.
pub(crate) fn causes(
    floors: &[(&str, Percent)],
    coverage: &Coverage,
    folders: &Folders<'_>,
) -> Result<Vec<Cause>, Refusal> {
    let mut causes = Vec::new();
    for (member, wanted) in floors {
        let own = coverage.files.iter().filter(|file| folders.owner(&file.file) == Some(*member));
        let own: Coverage = own.cloned().collect();
        let Lines { covered, count } = own.lines();
        if count == 0 {
            let message = format!(
                "no line of {member} was counted, so there is nothing that the {wanted} % of \
                 members.{member}.coverage_threshold could be of"
            );
            return Err(Refusal::new(Code::EvidenceAbsent, message));
        }
        if !wanted.is_met_by(covered, count) {
            causes.push(cause(member, *wanted, own));
        }
    }
    Ok(causes)
}

/// What is not run of a member, at the file that lacks most.
fn cause(member: &str, wanted: Percent, mut own: Coverage) -> Cause {
    let Lines { covered, count } = own.lines();
    let share = floored_percent(covered, count);
    let message = format!(
        "{member}: tests run {covered} of {count} lines, {share} ({wanted} % of this member wanted)"
    );
    own.files.sort_by_key(|file: &FileCoverage| Reverse(file.uncovered.len()));
    let most = own.files.first();
    let mut cause = Cause::new(Code::CoverageBelowThreshold, message).about(Some(member));
    cause.file = most.map(|file| file.file.clone());
    cause.line = most.and_then(|file| file.uncovered.first().copied());
    cause.with_detail(not_run(&own.files))
}
