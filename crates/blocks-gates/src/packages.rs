//! The gate of packages: each member that may go to a registry has to be one that it takes, and that compiles where nothing
//! of the workspace lies beside it.
//!
//! Crates.io wants a description and a licence; what other registries want nobody knows here. A readme, a repository and a page of documentation it does not ask
//! for, and neither does this gate.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::counted;
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Format, MESSAGE, MetadataPackage, PackageRun, TextDiagnostic, bounded, read_cargo_metadata,
    read_package_runs, tells_of_machine,
};
use blocks_stages::shell_word;

/// How the errors begin by which cargo refuses a package; what else it says at its end is no answer about it. Of
/// <https://github.com/rust-lang/cargo/blob/master/src/cargo>: `ops/cargo_package` and `ops/registry`.
const REFUSED: [&str; 6] = [
    "failed to verify manifest at ",
    "failed to verify package tarball",
    "failed to prepare local package for uploading",
    "failed to parse manifest at ",
    "readme ",
    "license-file ",
];

/// How the reasons begin of a refusal where cargo has not found a crate: without a network it is not known whether the
/// registry has it.
const NOT_FOUND: [&str; 3] =
    ["no matching package ", "failed to select a version ", "failed to load source for "];

/// The error that says only that the code does not compile.
const NOT_COMPILED: &str = "failed to verify package tarball";

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    let said = case.read(Format::CompilerText, |bytes| Ok(bytes.to_vec()))?;
    let runs = case.read(Format::PackageRuns, |bytes| read_package_runs(bytes, &said))?;
    match (case.exit, runs.iter().filter(|run| run.exit != 0).count()) {
        (0, 1..) => return Err(case.contradicts("a package was refused")),
        (1.., 0) => return Err(case.contradicts("each package was packed")),
        _ => {}
    }
    // In a sandbox the workspace has a package beside the members, which the record lists.
    let members = &case.record.members;
    let is_asked = |it: &&MetadataPackage| {
        it.is_publishable && (members.is_empty() || members.contains(&it.name))
    };
    let asked: Vec<_> = packages.iter().filter(is_asked).collect();
    if let Some(other) = runs.iter().find(|run| !asked.iter().any(|it| it.name == run.package)) {
        return Err(case.contradicts(&format!("{} is not to be published", other.package)));
    }
    if asked.is_empty() {
        return Ok(Finding::not_applicable("no member is published"));
    }
    let mut causes = Vec::new();
    let mut refused = 0;
    for package in &asked {
        let Some(run) = runs.iter().find(|run| run.package == package.name) else {
            return Err(case.contradicts(&format!("{} was not packed", package.name)));
        };
        let is_hidden = |name: &str| {
            packages.iter().any(|it| it.name == name) && !asked.iter().any(|it| it.name == name)
        };
        let mut found = incomplete(case, package, is_hidden);
        found.extend(of_run(case, package, run, !found.is_empty())?);
        refused += u64::from(!found.is_empty());
        causes.extend(found);
    }
    let measure = Measure::Packages { asked: asked.len() as u64, refused };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What crates.io wants to know of a package that may go there, and its manifest does not say. Members that are not published are hidden
/// from who would use it; of a package elsewhere it is not known here.
fn incomplete(
    case: &Case<'_>,
    package: &MetadataPackage,
    is_hidden: impl Fn(&str) -> bool,
) -> Vec<Cause> {
    let missing = |what: &str| {
        let message = format!("{}: its manifest has no {what}", package.name);
        cause(case, package, Code::ManifestIncomplete, &message)
    };
    let is_there = package.description.as_ref().is_some_and(|text| !text.trim().is_empty());
    let mut found = Vec::new();
    let is_asked = package.is_for_crates_io;
    found.extend((is_asked && !is_there).then(|| missing("description")));
    found.extend((is_asked && !package.has_license).then(|| missing("license or license-file")));
    let needs = package.local.iter().filter(|it| it.is_published && is_hidden(&it.name));
    found.extend(needs.map(|it| {
        let message = format!("{} needs {}, which is not published", package.name, it.name);
        cause(case, package, Code::ManifestIncomplete, &message)
    }));
    found
}

/// Why cargo refused a package. Where its manifest is at fault already, cargo may not have come further.
fn of_run(
    case: &Case<'_>,
    package: &MetadataPackage,
    run: &PackageRun,
    is_known: bool,
) -> Result<Vec<Cause>, Refusal> {
    if run.exit == 0 {
        if run.last_error.is_some() || !run.is_verified {
            return Err(contradicts(run, "it was not compiled from its package"));
        }
        return Ok(Vec::new());
    }
    let Some(error) = &run.last_error else {
        return Err(contradicts(run, "cargo names no error"));
    };
    let why = error.reason.as_ref().unwrap_or(&error.message);
    let is_refusal = !why.lines().any(tells_of_machine)
        && REFUSED.iter().any(|begin| error.message.starts_with(begin))
        && !NOT_FOUND.iter().any(|begin| why.starts_with(begin));
    if let Some(fault) = run.said.fault.as_ref().filter(|_| !is_refusal) {
        return Err(no_answer(run, fault));
    }
    let errors: Vec<_> = run
        .said
        .errors()
        .filter(|one| one.message != error.message)
        .map(|one| compile_error(case, package, one))
        .collect();
    if error.message == NOT_COMPILED && !errors.is_empty() {
        return Ok(errors);
    }
    if !is_refusal {
        return if is_known { Ok(Vec::new()) } else { Err(no_answer(run, why)) };
    }
    let message = bounded(&format!("{}: {why}", package.name), MESSAGE);
    let refused = cause(case, package, Code::PackageRefused, &message);
    Ok(vec![refused.with_detail(error.text.clone())])
}

/// An error of the code as it is packed: paths are those in the package.
fn compile_error(case: &Case<'_>, package: &MetadataPackage, one: &TextDiagnostic) -> Cause {
    let message = bounded(&format!("{}: {}", package.name, one.message), MESSAGE);
    let mut cause = cause(case, package, Code::PackageRefused, &message);
    if let Some((file, line)) = &one.place {
        let manifest = case.relative(&package.manifest);
        let folder = manifest.strip_suffix("Cargo.toml").unwrap_or_default();
        let is_inside = !file.starts_with('/');
        cause.file = Some(if is_inside { format!("{folder}{file}") } else { file.clone() });
        cause.line = Some(*line);
    }
    cause
}

fn cause(case: &Case<'_>, package: &MetadataPackage, code: Code, message: &str) -> Cause {
    let mut cause = Cause::new(code, message).about(Some(&package.name));
    cause.file = Some(case.relative(&package.manifest));
    cause.repeat = Some(format!("cargo package --package {}", shell_word(&package.name)));
    cause
}

fn contradicts(run: &PackageRun, what: &str) -> Refusal {
    let message = format!("{} ended with status {}, but {what}", run.package, run.exit);
    Refusal::new(Code::EvidenceContradicts, message)
}

fn no_answer(run: &PackageRun, why: &str) -> Refusal {
    let message = bounded(&format!("{} could not be packed: {why}", run.package), MESSAGE);
    Refusal::new(Code::NoAnswer, message)
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let (asked, refused) = match measure {
        Measure::Packages { asked, refused } => (*asked, *refused),
        _ => (0, 0),
    };
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let packages = counted(count(asked), "package", "packages");
    if refused == 0 {
        return format!("{packages} can be published");
    }
    let reasons = counted(causes.len(), "reason", "reasons");
    format!("{refused} of {packages} cannot be published, {reasons}")
}
