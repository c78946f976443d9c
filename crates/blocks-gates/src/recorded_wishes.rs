//! Versions that records ask for: of packages whose interface broke, and of crates with an advisory.

use crate::advisories::compatible;
use crate::case::Case;
use crate::deny;
use crate::gate::known;
use crate::refusal::Refusal;
use crate::semver::{UNKNOWN_BEFORE, UNKNOWN_NOW, matched};
use crate::unit::{Given, Ready, Unit};
use crate::version_change::{VersionChange, next};
use blocks_evidence::{
    BrokenRule, Bump, DenyFinding, Format, SemverLibrary, read_cargo_metadata, read_semver_text,
};
use blocks_stages::Stage;
use semver::Version;

/// A package whose version does not allow what its library breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedVersion {
    /// The package.
    pub package: String,
    /// Its manifest, relative to the workspace where it is inside.
    pub manifest: String,
    /// Its version.
    pub now: Version,
    /// The least version that allows all of it; none of a pre-release, whose next one is a choice.
    pub wanted: Option<Version>,
}

/// A crate of a version with an advisory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedUpdate {
    /// The crate's name.
    pub package: String,
    /// Its version.
    pub version: String,
    /// The lowest version that is mended, where cargo can take it without a change of a manifest.
    pub mended: Option<String>,
    /// The advisory's name.
    pub advisory: String,
}

/// What was found of the library of a package that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedInterface {
    /// The package.
    pub package: String,
    /// The version of the baseline that it was compared with; none where the baseline does not have it.
    pub before: Option<Version>,
    /// Whether something needs a major version.
    pub is_major: bool,
    /// Whether something needs a minor version, and nothing a major one.
    pub is_minor: bool,
    /// What is broken, an item a line.
    pub broken: Vec<String>,
}

/// What the records of a stage which compares interfaces found, in the order of the packages' names. Of a library that is not
/// among them nothing is known.
pub fn recorded_interfaces(stage: &Stage, given: Given<'_>) -> Vec<RecordedInterface> {
    of_units(stage, given, interfaces, |one| one.package.clone())
}

/// The versions that the records of a stage which compares interfaces ask for, in the order of the packages' names.
pub fn asked_versions(stage: &Stage, given: Given<'_>) -> Vec<AskedVersion> {
    of_units(stage, given, versions, |one| (one.package.clone(), one.manifest.clone()))
}

/// The updates that the record of a stage which asks a database of advisories asks for, in the order of the crates' names.
pub fn asked_updates(stage: &Stage, given: Given<'_>) -> Vec<AskedUpdate> {
    let key = |one: &AskedUpdate| {
        (one.package.clone(), one.version.clone(), one.mended.clone(), one.advisory.clone())
    };
    of_units(stage, given, updates, key)
}

/// What each unit asks for. Of a record that is not fit to be read nothing is known, which its verdict says.
fn of_units<T, K: Ord>(
    stage: &Stage,
    given: Given<'_>,
    of_case: fn(&Case<'_>) -> Result<Vec<T>, Refusal>,
    key: fn(&T) -> K,
) -> Vec<T> {
    let Ok(row) = known(stage, given) else { return Vec::new() };
    let of_unit = |unit| {
        let unit = Unit::open(row, given, unit);
        match unit.ready() {
            Ok(Ready::Case(case)) => of_case(&case).unwrap_or_default(),
            _ => Vec::new(),
        }
    };
    let mut all: Vec<T> = given.expected.units(stage).flat_map(of_unit).collect();
    all.sort_by_key(key);
    all.dedup_by_key(|one| key(one));
    all
}

fn versions(case: &Case<'_>) -> Result<Vec<AskedVersion>, Refusal> {
    if matches!(case.exit, UNKNOWN_NOW | UNKNOWN_BEFORE) {
        return Ok(Vec::new());
    }
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    let report = case.read(Format::SemverText, read_semver_text)?;
    let mut asked = Vec::new();
    for (package, library) in matched(case, &packages, &report)? {
        let SemverLibrary::Compared(found) = library else { continue };
        let change = VersionChange::of(&found.before, &found.now);
        let mut denied: Vec<Bump> = found.broken.iter().map(|rule| rule.needs).collect();
        denied.retain(|needs| !change.allows(*needs));
        let is_major = denied.contains(&Bump::Major);
        if package.is_publishable && !denied.is_empty() {
            asked.push(AskedVersion {
                package: package.name.clone(),
                manifest: case.relative(&package.manifest),
                now: found.now.clone(),
                wanted: next(&found.before, if is_major { Bump::Major } else { Bump::Minor }),
            });
        }
    }
    Ok(asked)
}

fn interfaces(case: &Case<'_>) -> Result<Vec<RecordedInterface>, Refusal> {
    if matches!(case.exit, UNKNOWN_NOW | UNKNOWN_BEFORE) {
        return Ok(Vec::new());
    }
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    let report = case.read(Format::SemverText, read_semver_text)?;
    let found = matched(case, &packages, &report)?;
    let published = found.into_iter().filter(|(package, _)| package.is_publishable);
    Ok(published.map(|(package, library)| interface(&package.name, library)).collect())
}

fn interface(package: &str, library: &SemverLibrary) -> RecordedInterface {
    let (before, broken) = match library {
        SemverLibrary::New => (None, [].as_slice()),
        SemverLibrary::Compared(found) => (Some(found.before.clone()), found.broken.as_slice()),
    };
    let needs = broken.iter().map(|rule| rule.needs).max();
    let line = |rule: &BrokenRule| {
        let items = rule.items.iter().map(|item| format!("{}: {}", rule.title, item.text));
        let bare = rule.items.is_empty().then(|| rule.title.clone());
        items.chain(bare).collect::<Vec<_>>()
    };
    RecordedInterface {
        package: package.to_owned(),
        before,
        is_major: needs == Some(Bump::Major),
        is_minor: needs == Some(Bump::Minor),
        broken: broken.iter().flat_map(line).collect(),
    }
}

fn updates(case: &Case<'_>) -> Result<Vec<AskedUpdate>, Refusal> {
    let report = deny::read(case, &[("advisories", 1)])?;
    Ok(report.findings.iter().filter(|one| one.is_error).filter_map(update).collect())
}

fn update(one: &DenyFinding) -> Option<AskedUpdate> {
    let advisory = one.advisory.as_ref().filter(|it| !it.patched.is_empty())?;
    let (package, version) = one.crates.first()?.name.split_once(' ')?;
    let mended = advisory.patched.iter().find_map(|it| compatible(it, version));
    Some(AskedUpdate {
        package: package.to_owned(),
        version: version.to_owned(),
        mended: mended.map(str::to_owned),
        advisory: advisory.id.clone(),
    })
}
