use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::{Dependency, Package, Workspace};

use super::{
    manifests::{Listed, listed, manifest_in},
    paths,
};

/// The packages that lie in a workspace, and which of them need which.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    /// Members, and what path dependencies and patches lead to, by name.
    pub(super) packages: BTreeMap<String, Package>,
    /// The names of packages that stand for crates from elsewhere, so that any crate may need them.
    patched: BTreeSet<String>,
    edges: BTreeMap<String, Vec<Edge>>,
}

/// That one package here depends on another.
#[derive(Debug, Clone)]
struct Edge {
    to: String,
    is_dev: bool,
}

impl Graph {
    /// Of a workspace, with what its members and patches lead to. Cargo tells of members only, and
    /// refuses to tell of others that do not say which workspace they are of.
    pub(super) fn of(workspace: &Workspace, manifest: &toml::Table) -> Self {
        let mut packages = workspace.packages.clone();
        let patches = patches(manifest);
        let mut open: Vec<String> = patches.clone();
        open.extend(packages.iter().flat_map(folders));
        while let Some(folder) = open.pop() {
            if packages.iter().any(|package| package.folder == folder) {
                continue;
            }
            let Some(package) = package_at(&workspace.root, &folder) else { continue };
            open.extend(folders(&package));
            packages.push(package);
        }
        Self::new(&packages, &patches)
    }

    /// Of these packages; those in the folders `patches` stand for crates from elsewhere.
    pub(super) fn new(packages: &[Package], patches: &[String]) -> Self {
        let at: BTreeMap<&str, &str> =
            packages.iter().map(|it| (it.folder.as_str(), it.name.as_str())).collect();
        let patched: BTreeSet<String> = patches
            .iter()
            .filter_map(|folder| Some((*at.get(folder.as_str())?).to_owned()))
            .collect();
        let edge = |dependency: &Dependency| {
            let to = *at.get(dependency.folder.as_deref()?)?;
            Some(Edge { to: to.to_owned(), is_dev: dependency.is_dev })
        };
        let edges = |it: &Package| it.dependencies.iter().filter_map(edge).collect();
        let edges = packages.iter().map(|it| (it.name.clone(), edges(it))).collect();
        let packages = packages.iter().map(|it| (it.name.clone(), it.clone())).collect();
        Self { packages, patched, edges }
    }

    /// The package whose folder holds a file, and the file's path from there.
    pub(super) fn holder<'a>(&self, file: &'a str) -> Option<(&Package, &'a str)> {
        let holders = self.packages.values().filter_map(|package| {
            paths::below(&package.folder, file).map(|inner| (package, inner))
        });
        holders.max_by_key(|(package, _)| package.folder.len())
    }

    /// The packages here that a member's tests need, directly or not, itself not included: the
    /// dependencies of tests count for the member itself only. Those that stand for crates from
    /// elsewhere are among them, because crates from elsewhere may need them.
    pub(super) fn needs(&self, member: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<_> = self.dependencies(member, true).collect();
        open.extend(self.patched.iter().map(String::as_str));
        while let Some(name) = open.pop() {
            if found.insert(name) {
                open.extend(self.dependencies(name, false));
            }
        }
        found.remove(member);
        found
    }

    fn dependencies(&self, name: &str, with_dev: bool) -> impl Iterator<Item = &str> {
        let all = self.edges.get(name).into_iter().flatten();
        all.filter(move |edge| with_dev || !edge.is_dev).map(|edge| edge.to.as_str())
    }
}

/// The package in a folder, by its own manifest; nothing where there is none, of which cargo complains.
fn package_at(root: &Path, folder: &str) -> Option<Package> {
    let manifest = fs::read_to_string(root.join(manifest_in(folder))).ok()?;
    let manifest: toml::Table = manifest.parse().ok()?;
    let dependency = |it: Listed<'_>| Dependency {
        package: it.package().to_owned(),
        is_dev: it.kind == "dev",
        folder: it.path().and_then(|path| paths::normal(&format!("{folder}/{path}"))),
    };
    Some(Package {
        name: manifest.get("package")?.get("name")?.as_str()?.to_owned(),
        folder: folder.to_owned(),
        authors: Vec::new(),
        rust_version: None,
        features: Vec::new(),
        dependencies: listed(&manifest).map(dependency).collect(),
    })
}

fn folders(package: &Package) -> Vec<String> {
    package.dependencies.iter().filter_map(|dependency| dependency.folder.clone()).collect()
}

/// The folders that a manifest's patches lead to.
fn patches(manifest: &toml::Table) -> Vec<String> {
    let registries = manifest.get("patch").and_then(toml::Value::as_table);
    let tables = registries.into_iter().flatten().filter_map(|(_, table)| table.as_table());
    let paths = tables.flatten().filter_map(|(_, patch)| patch.get("path")?.as_str());
    paths.filter_map(paths::normal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, on: &[&str]) -> Package {
        let dependency = |text: &&str| {
            let (kind, package) = text.split_once(' ').unwrap_or(("", text));
            Dependency {
                package: package.to_owned(),
                is_dev: kind == "dev",
                folder: (kind != "elsewhere").then(|| format!("crates/{package}")),
            }
        };
        Package {
            name: name.to_owned(),
            authors: Vec::new(),
            folder: format!("crates/{name}"),
            rust_version: None,
            features: Vec::new(),
            dependencies: on.iter().map(dependency).collect(),
        }
    }

    #[test]
    fn a_member_needs_what_its_tests_need_but_not_what_the_tests_of_others_need() {
        let packages = [
            package("a", &["dev e"]),
            package("b", &["a", "elsewhere serde"]),
            package("c", &["dev b"]),
            package("d", &["c"]),
            // With itself in a circle, as tests may have it.
            package("e", &["a", "dev d"]),
        ];
        let graph = Graph::new(&packages, &[]);
        let needs = |name| graph.needs(name).into_iter().collect::<Vec<_>>();
        assert_eq!(needs("a"), ["e"]);
        assert_eq!(needs("b"), ["a"]);
        assert_eq!(needs("c"), ["a", "b"]);
        assert_eq!(needs("d"), ["c"]);
        assert_eq!(needs("e"), ["a", "c", "d"]);
    }

    #[test]
    fn what_stands_for_a_crate_from_elsewhere_is_needed_by_all() {
        let packages = [package("serde", &["core"]), package("core", &[]), package("b", &[])];
        let needed = |patches: &[String]| Graph::new(&packages, patches).needs("b").len();
        assert_eq!((needed(&["crates/serde".to_owned()]), needed(&[])), (2, 0));
    }

    #[test]
    fn the_deepest_package_holds_a_file() {
        let mut root = package("root", &[]);
        root.folder = String::new();
        let graph = Graph::new(&[root, package("a", &[]), package("ab", &[])], &[]);
        let holder = |file| graph.holder(file).map(|(it, inner)| (it.name.as_str(), inner));
        assert_eq!(holder("crates/a/src/lib.rs"), Some(("a", "src/lib.rs")));
        assert_eq!(holder("crates/ab/x"), Some(("ab", "x")));
        assert_eq!(holder("crates/x"), Some(("root", "crates/x")));
    }
}
