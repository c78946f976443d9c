//! The JSON of `cargo metadata` with dependencies: which packages cargo resolves for a workspace, and which needs which.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// The packages of a workspace and all that they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CargoGraph {
    /// All of them, in the order of the file.
    pub packages: Vec<GraphPackage>,
    /// The places of the workspace's own among them.
    pub members: Vec<usize>,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether it lies here, and comes from no registry and no repository.
    pub is_local: bool,
    /// How its manifest says under which licence it is.
    pub licence: Licence,
    /// Whether it may go to a registry: its manifest does not say `publish = false`.
    pub is_publishable: bool,
    /// Whether something comes of it that runs without cargo: a program, or a library for programs in other languages.
    pub is_linked: bool,
    /// Its manifest, as cargo found it.
    pub manifest: String,
    /// The places of what it needs to be built and to run; what only its tests need is left out.
    pub needs: Vec<usize>,
}

/// How a manifest says under which licence a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Licence {
    /// By its name.
    Named,
    /// By a file that holds it.
    InFile,
    /// Not at all.
    None,
}

impl CargoGraph {
    /// The places of all that a package needs, and what these need, without itself.
    pub fn closure(&self, package: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut next = vec![package];
        while let Some(one) = next.pop() {
            let needs = self.packages.get(one).map_or(&[][..], |package| &package.needs);
            next.extend(needs.iter().copied().filter(|need| found.insert(*need)));
        }
        found.remove(&package);
        found
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Option<Resolve>,
    /// Another version has other fields.
    version: u32,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    id: String,
    source: Option<String>,
    license: Option<String>,
    license_file: Option<String>,
    /// The registries; none for any.
    publish: Option<Vec<String>>,
    targets: Vec<Target>,
    manifest_path: String,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `dev` or `build`; none for the rest.
    kind: Option<String>,
}

/// The kinds of targets that others than cargo take: <https://doc.rust-lang.org/reference/linkage.html>.
const LINKED: [&str; 3] = ["bin", "cdylib", "staticlib"];

/// Reads the graph. Each package is there once and has its place in it, and each need leads to one.
pub fn read_cargo_graph(bytes: &[u8]) -> Result<CargoGraph, EvidenceError> {
    let format = Format::CargoGraph;
    format.check_size(bytes.len())?;
    let Metadata { packages, workspace_members, resolve, version } = serde_json::from_slice(bytes)
        .map_err(|error| format.malformed_line(error.line(), &error))?;
    if version != 1 {
        return Err(format.malformed("version", format_args!("{version} is not known, only 1")));
    }
    let nodes = resolve.ok_or_else(|| format.malformed("resolve", "there is no graph"))?.nodes;
    let mut places = HashMap::new();
    for (place, package) in packages.iter().enumerate() {
        if places.insert(package.id.as_str(), place).is_some() {
            return Err(format.malformed(&package.id, "it is there twice"));
        }
    }
    let place = |id: &str| {
        places.get(id).copied().ok_or_else(|| format.malformed(id, "there is no such package"))
    };
    let mut needs: Vec<Option<Vec<usize>>> = vec![None; packages.len()];
    for node in &nodes {
        let of_builds = node.deps.iter().filter(|dependency| is_of_builds(dependency));
        let found = of_builds.map(|dependency| place(&dependency.pkg)).collect::<Result<_, _>>()?;
        if needs[place(&node.id)?].replace(found).is_some() {
            return Err(format.malformed(&node.id, "it is in the graph twice"));
        }
    }
    let members = workspace_members.iter().map(|id| place(id)).collect::<Result<_, _>>()?;
    let with_needs = packages.iter().zip(needs).map(|(one, needs)| {
        let needs = needs.ok_or_else(|| format.malformed(&one.id, "it is not in the graph"))?;
        Ok(package(one, needs))
    });
    Ok(CargoGraph { packages: with_needs.collect::<Result<_, _>>()?, members })
}

fn is_of_builds(dependency: &Dependency) -> bool {
    dependency.dep_kinds.iter().any(|it| it.kind.as_deref() != Some("dev"))
}

fn package(package: &Package, needs: Vec<usize>) -> GraphPackage {
    let is_said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let is_linked =
        |target: &Target| target.kind.iter().any(|kind| LINKED.contains(&kind.as_str()));
    GraphPackage {
        name: bounded(&package.name, NAME),
        version: bounded(&package.version, NAME),
        is_local: package.source.is_none(),
        licence: match (is_said(&package.license), is_said(&package.license_file)) {
            (true, _) => Licence::Named,
            (false, true) => Licence::InFile,
            (false, false) => Licence::None,
        },
        is_publishable: package.publish.as_ref().is_none_or(|registries| !registries.is_empty()),
        is_linked: package.targets.iter().any(is_linked),
        manifest: bounded(&package.manifest_path, NAME),
        needs,
    }
}
