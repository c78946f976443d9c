//! The gate of API stability: what cargo-semver-checks found between the libraries of the baseline and those of now.
//!
//! Rules are those of <https://doc.rust-lang.org/cargo/reference/semver.html>: a break is allowed where the package's
//! version has grown as much as it asks for, and where the changelog names what broke (see `migrations.rs`). Packages
//! that are not published may break what they like. A library that the baseline does not have breaks nothing.

use crate::case::Case;
use crate::finding::Finding;
use crate::migrations::{Migrations, Told};
use crate::refusal::Refusal;
use crate::version_change::VersionChange;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    BrokenRule, Bump, Comparison, DETAIL, Format, MetadataPackage, SemverLibrary, SemverReport,
    bounded, read_cargo_metadata, read_changelogs, read_semver_text,
};

/// The exit statuses of the stage's script beside 0, where all is well.
pub(crate) const BROKEN: i32 = 100;
pub(crate) const UNKNOWN_NOW: i32 = 64;
pub(crate) const UNKNOWN_BEFORE: i32 = 65;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    match case.exit {
        UNKNOWN_NOW => {
            let message =
                "the libraries were not described, most likely because their code does not compile";
            return Err(Refusal::new(Code::EvidenceAbsent, message));
        }
        UNKNOWN_BEFORE => {
            return Err(case.not_comparable(
                "its libraries were not described, most likely because their code does not compile",
            ));
        }
        _ => {}
    }
    let packages = case.read(Format::CargoMetadata, read_cargo_metadata)?;
    let report = case.read(Format::SemverText, read_semver_text)?;
    let changelogs = case.read(Format::Changelogs, read_changelogs)?;
    if report.is_broken() != (case.exit == BROKEN) {
        return Err(case.contradicts("what was compared says otherwise"));
    }
    let libraries = matched(case, &packages, &report)?;
    if libraries.is_empty() {
        return Ok(Finding::not_applicable("there is no library"));
    }
    let published: Vec<_> = libraries.iter().filter(|(it, _)| it.is_publishable).collect();
    if published.is_empty() {
        return Ok(Finding::not_applicable("no library is published"));
    }
    let mut causes = Vec::new();
    let mut compared = 0;
    for (package, library) in &published {
        let told = Told::of(case, package, &changelogs)?;
        if let SemverLibrary::Compared(found) = library {
            compared += 1;
            causes.extend(causes_in(case, package, found, told));
        }
    }
    let new = published.len() as u64 - compared;
    let is_of_it = |(package, _): &&(String, String)| {
        published.iter().any(|(published, _)| published.name == *package)
    };
    let new_features = report.new_features.iter().filter(is_of_it).count() as u64;
    let measure = Measure::Interfaces { compared, new, new_features };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The libraries of the record's packages, each with what was found. Each has to be there once, and no other.
pub(crate) fn matched<'a>(
    case: &Case<'_>,
    packages: &'a [MetadataPackage],
    report: &'a SemverReport,
) -> Result<Vec<(&'a MetadataPackage, &'a SemverLibrary)>, Refusal> {
    // In a sandbox the workspace has a package beside the members, which its record lists.
    let members = if case.members.is_empty() { &case.record.members } else { case.members };
    let is_of_it =
        |package: &&MetadataPackage| members.is_empty() || members.contains(&package.name);
    let mut matched = Vec::new();
    for package in packages.iter().filter(is_of_it) {
        let Some(name) = &package.library else { continue };
        let Some((_, found)) = report.libraries.iter().find(|(it, _)| it == name) else {
            return Err(case.contradicts(&format!("{} was not compared", package.name)));
        };
        matched.push((package, found));
    }
    if matched.len() != report.libraries.len() {
        return Err(case.contradicts("a library was compared that no package has"));
    }
    Ok(matched)
}

/// What is wrong with what a library breaks: that its version does not allow it, or else, that nobody is told.
fn causes_in(
    case: &Case<'_>,
    package: &MetadataPackage,
    found: &Comparison,
    told: Option<Told<'_>>,
) -> Vec<Cause> {
    let change = VersionChange::of(&found.before, &found.now);
    let denied: Vec<_> = found.broken.iter().filter(|rule| !change.allows(rule.needs)).collect();
    if denied.is_empty() {
        // What a minor version may bring asks nobody to do anything.
        let is_breaking = |rule: &&BrokenRule| rule.needs == Bump::Major;
        let breaking: Vec<_> = found.broken.iter().filter(is_breaking).collect();
        if breaking.is_empty() || !case.config.verify.migrations {
            return Vec::new();
        }
        return Migrations::of(package, found, told).causes(&breaking);
    }
    let head = head(package, found, change, &denied);
    let of_rule = |rule: &&BrokenRule| causes_of(case, package, &head, rule);
    denied.iter().flat_map(of_rule).collect()
}

/// A cause for each item that breaks a rule; one for a rule whose items are not told.
fn causes_of(
    case: &Case<'_>,
    package: &MetadataPackage,
    head: &str,
    rule: &BrokenRule,
) -> Vec<Cause> {
    let detail = detail(head, rule);
    let cause = |message: String| {
        let cause = Cause::new(Code::SemverBreak, message).about(Some(&package.name));
        cause.with_detail(detail.clone())
    };
    if rule.items.is_empty() {
        return vec![cause(format!("{}: {} ({})", package.name, rule.title, rule.lint))];
    }
    let of_item = |item: &blocks_evidence::BrokenItem| {
        let message = format!("{}: {}: {} ({})", package.name, rule.title, item.text, rule.lint);
        cause(message).at(case.place(item.place.as_ref()))
    };
    rule.items.iter().map(of_item).collect()
}

/// `name v1.0.0 -> v1.0.1 (patch change): semver requires new major version: …`
fn head(
    package: &MetadataPackage,
    found: &Comparison,
    change: VersionChange,
    denied: &[&BrokenRule],
) -> String {
    let of = |needs: Bump| denied.iter().filter(|rule| rule.needs == needs).count();
    let (major, minor) = (of(Bump::Major), of(Bump::Minor));
    let level = if major > 0 { "major" } else { "minor" };
    let MetadataPackage { name, .. } = package;
    let Comparison { before, now, .. } = found;
    format!(
        "{name} v{before} -> v{now} ({change}): semver requires new {level} version: {major} major and {minor} minor \
         checks failed"
    )
}

fn detail(head: &str, rule: &BrokenRule) -> String {
    let reference = rule.reference.as_ref().map(|it| format!("see {it}"));
    let lines = [
        head,
        "keep what others use, or raise the version of the package",
        &rule.description,
        reference.as_deref().unwrap_or_default(),
    ];
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    bounded(&lines.join("\n"), DETAIL)
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let broken = of_code(causes, Code::SemverBreak);
    let untold = of_code(causes, Code::MigrationUndocumented);
    let (compared, new, new_features) = match measure {
        Measure::Interfaces { compared, new, new_features } => (*compared, *new, *new_features),
        _ => (0, 0, 0),
    };
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let libraries = |number: u64| counted(count(number), "library", "libraries");
    let features = || counted(count(new_features), "feature", "features");
    let parts = [
        (broken > 0).then(|| counted(broken, "breaking change", "breaking changes")),
        (untold > 0).then(|| {
            counted(untold, "break without a migration note", "breaks without a migration note")
        }),
        Some(format!("{} compared", libraries(compared))),
        (new > 0).then(|| format!("{new} new")),
        (new_features > 0).then(|| format!("{} that the baseline does not have", features())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
