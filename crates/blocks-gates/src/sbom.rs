//! The gate of bills of materials: each package that somebody ships has one, with all that cargo resolves for it, and
//! of all that comes from elsewhere the licence is known.
//!
//! Shipped is what may go to a registry, and what a program or a library for other languages comes of. Members that are
//! neither are part of those that need them.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::counted;
use crate::{Cause, Code, Measure};
use blocks_evidence::{
    Bom, CargoGraph, Component, Format, GraphPackage, Licence, MESSAGE, PackageBom, bounded,
    read_cargo_graph, read_cyclonedx,
};
use std::collections::{BTreeMap, BTreeSet};

/// Why there is nothing to ask.
pub(crate) const NOTHING: &str = "no member is published, or has a program";

/// What is shipped, by the places of packages in what cargo resolves.
struct Shipped {
    graph: CargoGraph,
    /// Each member that is shipped, with its bill of materials.
    boms: Vec<(usize, Bom)>,
    /// Packages whose licence stands in a file that the tool could not read.
    unread: BTreeSet<usize>,
}

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let Shipped { graph, boms, unread } = shipped(case)?;
    if boms.is_empty() {
        return Ok(Finding::not_applicable(NOTHING));
    }
    // Each with the first member that is built of it.
    let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
    for (member, _) in &boms {
        for part in graph.closure(*member) {
            parts.entry(part).or_insert(*member);
        }
    }
    let published = boms.iter().map(|(member, _)| (*member, *member));
    let published = published.filter(|(member, _)| graph.packages[*member].is_publishable);
    let members: BTreeSet<usize> = graph.members.iter().copied().collect();
    let foreign = parts.iter().map(|(part, of)| (*part, *of));
    let foreign = foreign.filter(|(part, _)| !members.contains(part));
    let causes: Vec<Cause> = published
        .chain(foreign)
        .filter_map(|(part, of)| {
            let (package, of) = (&graph.packages[part], &graph.packages[of].name);
            let why = why_unlicensed(package, unread.contains(&part))?;
            Some(unlicensed(case, package, of, why))
        })
        .collect();
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let (packages, components) = (count(boms.len()), count(parts.len()));
    let measure = Measure::Components { packages, components, unlicensed: count(causes.len()) };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// The bills of materials of all that is shipped; a refusal where one is not whole.
pub(crate) fn boms(case: &Case<'_>) -> Result<Vec<PackageBom>, Refusal> {
    let Shipped { graph, boms, .. } = shipped(case)?;
    let named = |(member, bom): (usize, Bom)| PackageBom {
        package: graph.packages[member].name.clone(),
        bom: Some(bom),
    };
    Ok(boms.into_iter().map(named).collect())
}

fn shipped(case: &Case<'_>) -> Result<Shipped, Refusal> {
    let mut graph = case.read(Format::CargoGraph, read_cargo_graph)?;
    let read = case.read(Format::CycloneDx, read_cyclonedx)?;
    let mut left: BTreeMap<String, Option<Bom>> =
        read.into_iter().map(|it| (it.package, it.bom)).collect();
    // In a sandbox the workspace has a package beside the members, which the record lists.
    let members = &case.record.members;
    let packages = &graph.packages;
    graph.members.retain(|it| members.is_empty() || members.contains(&packages[*it].name));
    let (mut boms, mut unread) = (Vec::new(), BTreeSet::new());
    for member in &graph.members {
        let package = &graph.packages[*member];
        // One that nobody asks for is there all the same.
        let bom = left.remove(&package.name).flatten();
        let bom = bom.ok_or_else(|| {
            incomplete(case, &format!("{} has no bill of materials", package.name))
        })?;
        if package.is_publishable || package.is_linked {
            unread.extend(compare(case, &graph, *member, &bom)?);
            boms.push((*member, bom));
        }
    }
    match left.keys().next() {
        Some(other) => {
            Err(incomplete(case, &format!("{other} is no member, and has a bill of materials")))
        }
        None => Ok(Shipped { graph, boms, unread }),
    }
}

/// Whether a bill of materials lists just what cargo resolves, with the licences that manifests name; gives those
/// packages whose licence it cannot tell. The same version of a package can come from two places, and is there twice then.
fn compare(
    case: &Case<'_>,
    graph: &CargoGraph,
    member: usize,
    bom: &Bom,
) -> Result<Vec<usize>, Refusal> {
    let subject = &graph.packages[member];
    let refuse = |what: String| {
        Err(incomplete(case, &format!("the bill of materials of {} {what}", subject.name)))
    };
    if (&bom.subject.name, &bom.subject.version) != (&subject.name, &subject.version) {
        let Component { name, version, .. } = &bom.subject;
        return refuse(format!("is of {name} {version}"));
    }
    let mut listed: BTreeMap<(&str, &str), Vec<&Component>> = BTreeMap::new();
    for one in bom.components.iter().chain([&bom.subject]) {
        let Component { name, version, purl, is_related, .. } = one;
        if !purl.as_deref().is_some_and(|purl| is_called(purl, name, version)) {
            return refuse(format!("does not call {name} {version} by its package URL"));
        }
        if !is_related {
            return refuse(format!("does not say what {name} {version} needs"));
        }
        listed.entry((name, version)).or_default().push(one);
    }
    let mut resolved: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for place in graph.closure(member).into_iter().chain([member]) {
        let GraphPackage { name, version, .. } = &graph.packages[place];
        resolved.entry((name, version)).or_default().push(place);
    }
    let mut unread = Vec::new();
    for ((name, version), places) in resolved {
        let listed = listed.remove(&(name, version)).unwrap_or_default();
        if listed.len() < places.len() {
            return refuse(format!("lacks {name} {version}, which cargo resolves for it"));
        }
        if listed.len() > places.len() {
            return refuse(format!("lists {name} {version} more often than cargo resolves it"));
        }
        let with =
            |licence| places.iter().filter(move |it| graph.packages[**it].licence == licence);
        let (named, in_files) = (with(Licence::Named).count(), with(Licence::InFile).count());
        let told = listed.iter().filter(|it| it.has_licence).count();
        if told < named || told > named + in_files {
            return refuse(format!(
                "does not tell the licence of {name} {version} as its manifest does"
            ));
        }
        if told < named + in_files {
            unread.extend(with(Licence::InFile));
        }
    }
    match listed.keys().next() {
        Some((name, version)) => {
            refuse(format!("lists {name} {version}, which cargo does not resolve for it"))
        }
        None => Ok(unread),
    }
}

/// Whether a package URL is of a package: <https://github.com/package-url/purl-spec>. Where the package comes from can
/// follow. Of the characters that a version may hold, some tools encode the plus sign.
fn is_called(purl: &str, name: &str, version: &str) -> bool {
    let rest = purl.strip_prefix("pkg:cargo/").and_then(|rest| rest.strip_prefix(name));
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix('@')) else { return false };
    let called = rest.split(['?', '#']).next().unwrap_or_default();
    called.replace("%2B", "+") == version
}

fn incomplete(case: &Case<'_>, what: &str) -> Refusal {
    case.contradicts(&bounded(what, MESSAGE))
}

/// Why nobody knows the licence of a package; none where it is known.
fn why_unlicensed(package: &GraphPackage, is_unread: bool) -> Option<&'static str> {
    match package.licence {
        Licence::None => Some("its manifest has no license or license-file"),
        Licence::InFile if is_unread => {
            Some("the file that its license-file names is not there, or is no text")
        }
        Licence::Named | Licence::InFile => None,
    }
}

/// A package without a licence; whose part it is, is told where that is another's.
fn unlicensed(case: &Case<'_>, package: &GraphPackage, of: &str, why: &str) -> Cause {
    let GraphPackage { name, version, .. } = package;
    let message = if name == of {
        format!("{name}: {why}")
    } else {
        format!("{name}@{version}: {why} (a part of {of})")
    };
    let mut cause = Cause::new(Code::SbomLicenceMissing, bounded(&message, MESSAGE));
    let is_here = package.is_local && case.is_in_workspace(&package.manifest);
    cause.file = is_here.then(|| case.relative(&package.manifest));
    cause.about(Some(of))
}

pub(crate) fn told(measure: &Measure, _: &[Cause]) -> String {
    let &Measure::Components { packages, components, unlicensed } = measure else {
        return "no bills of materials".to_owned();
    };
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let packages = counted(count(packages), "package", "packages");
    let all = format!("{} of {packages}", counted(count(components), "component", "components"));
    match unlicensed {
        0 => all,
        some => format!("{all}, {} without a licence", count(some)),
    }
}
