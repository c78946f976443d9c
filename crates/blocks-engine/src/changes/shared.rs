//! What the files that all members share say for each of them: the workspace's manifest and the lock file.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{
    graph::Graph,
    manifests::{Manifests, is_inherited, manifest_in},
    reason::{Input, Reach},
    rules::Concern,
};

/// The tables of a manifest that are about its own package.
const OF_PACKAGE: [&str; 15] = [
    "badges",
    "bench",
    "bin",
    "build-dependencies",
    "build_dependencies",
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "example",
    "features",
    "lib",
    "lints",
    "package",
    "target",
    "test",
];

/// What differs between two states of a workspace.
pub(super) struct Shared<'a> {
    pub(super) graph: &'a Graph,
    pub(super) then: &'a Manifests,
    pub(super) now: &'a Manifests,
}

impl Shared<'_> {
    /// Whom the workspace's manifest concerns: those who take what changed of it, or all.
    pub(super) fn of_root(&self) -> Vec<Concern> {
        let mut found = Vec::new();
        for key in differing(&self.then.root, &self.now.root) {
            let at_root = self.graph.packages.values().find(|package| package.folder.is_empty());
            match (key, at_root) {
                ("workspace", _) => found.extend(self.of_workspace()),
                (key, Some(package)) if OF_PACKAGE.contains(&key) => {
                    found.push(of_manifest(&package.name));
                }
                _ => found.push(Concern::all(Input::Workspace)),
            }
        }
        found
    }

    fn of_workspace(&self) -> Vec<Concern> {
        let empty = Table::new();
        let table = |root: &Table| root.get("workspace").and_then(Value::as_table).cloned();
        let then = table(&self.then.root).unwrap_or_else(|| empty.clone());
        let now = table(&self.now.root).unwrap_or(empty);
        let mut found = Vec::new();
        for key in differing(&then, &now) {
            let tables =
                (then.get(key).and_then(Value::as_table), now.get(key).and_then(Value::as_table));
            let keys = match tables {
                (Some(then), Some(now)) => differing(then, now),
                (Some(one), None) | (None, Some(one)) => one.keys().map(String::as_str).collect(),
                (None, None) => Vec::new(),
            };
            match key {
                "package" => found.extend(self.heirs(|it| {
                    let own = it.get("package");
                    keys.iter()
                        .any(|key| own.and_then(|own| own.get(key)).is_some_and(is_inherited))
                })),
                "dependencies" => found.extend(self.heirs(|it| {
                    let mut listed = self.now.dependencies(it);
                    listed.any(|it| is_inherited(it.own) && keys.contains(&it.key))
                })),
                "lints" => {
                    found.extend(self.heirs(|it| it.get("lints").is_some_and(is_inherited)));
                }
                "default-members" | "metadata" => {}
                // Who came is new in the lock file; whoever left asked for features.
                "members" | "exclude" if !self.is_fewer() => {}
                _ => found.push(Concern::all(Input::Workspace)),
            }
        }
        found
    }

    fn heirs(&self, is_heir: impl Fn(&Table) -> bool) -> Vec<Concern> {
        let manifest = |folder: &str| self.now.packages.get(&manifest_in(folder));
        let packages = self.graph.packages.values();
        let heirs = packages.filter(|package| manifest(&package.folder).is_some_and(&is_heir));
        heirs.map(|package| of_manifest(&package.name)).collect()
    }

    /// Whether a package left the workspace, or it is not known.
    fn is_fewer(&self) -> bool {
        let (Some(then), Some(now)) = (&self.then.lock, &self.now.lock) else { return true };
        let now = local(now);
        local(then).keys().any(|name| !now.contains_key(name))
    }

    /// Whom the lock file concerns: all, where crates from elsewhere are others; else the packages here
    /// that depend on others than before.
    pub(super) fn of_lock(&self) -> Vec<Concern> {
        let (Some(then), Some(now)) = (&self.then.lock, &self.now.lock) else {
            return vec![Concern::all(Input::Lock)];
        };
        if differing(then, now).iter().any(|key| *key != "package") || foreign(then) != foreign(now)
        {
            return vec![Concern::all(Input::Lock)];
        }
        let then = local(then);
        let new = local(now).into_iter().filter(|(name, entry)| then.get(name) != Some(entry));
        let here = new.filter(|(name, _)| self.graph.packages.contains_key(*name));
        here.map(|(name, _)| Concern::of(name, Reach::Library, Input::Lock)).collect()
    }
}

fn of_manifest(package: &str) -> Concern {
    Concern::of(package, Reach::Library, Input::Manifest)
}

/// The keys whose values are not the same in both.
fn differing<'a>(then: &'a Table, now: &'a Table) -> Vec<&'a str> {
    let keys: BTreeSet<&str> = then.keys().chain(now.keys()).map(String::as_str).collect();
    keys.into_iter().filter(|key| then.get(*key) != now.get(*key)).collect()
}

fn entries(lock: &Table) -> impl Iterator<Item = &Value> {
    lock.get("package").and_then(Value::as_array).into_iter().flatten()
}

fn foreign(lock: &Table) -> Vec<&Value> {
    entries(lock).filter(|entry| entry.get("source").is_some()).collect()
}

/// The entries of packages that lie here, by name.
fn local(lock: &Table) -> BTreeMap<&str, &Value> {
    let here = entries(lock).filter(|entry| entry.get("source").is_none());
    here.filter_map(|entry| Some((entry.get("name")?.as_str()?, entry))).collect()
}
