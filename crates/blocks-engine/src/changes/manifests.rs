use std::{collections::BTreeMap, fs, path::Path};

use toml::{Table, Value};

use crate::Workspace;

use super::{files::Changed, graph::Graph};

/// The tables of a manifest that list dependencies, with how cargo calls these.
const DEPENDENCIES: [(&str, &str); 5] = [
    ("dependencies", "normal"),
    ("build-dependencies", "build"),
    ("build_dependencies", "build"),
    ("dev-dependencies", "dev"),
    ("dev_dependencies", "dev"),
];

/// The manifests of a workspace and its lock file, as they are or were.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifests {
    /// The workspace's own; empty where there was none that can be read.
    pub(super) root: Table,
    /// Those of the packages, by their paths; the root's too, where it is a package.
    pub(super) packages: BTreeMap<String, Table>,
    pub(super) lock: Option<Table>,
}

impl Manifests {
    /// As they are now. Cargo has read the manifests, so each is there and sound.
    pub(super) fn now(workspace: &Workspace, graph: &Graph) -> Self {
        let read = |file: &str| read(&workspace.root, file);
        let files = graph.packages.values().map(|package| manifest_in(&package.folder));
        Self {
            root: read("Cargo.toml").unwrap_or_default(),
            packages: files.filter_map(|file| Some((file.clone(), read(&file)?))).collect(),
            lock: read("Cargo.lock"),
        }
    }

    /// As they were before these changes.
    pub(super) fn then(&self, workspace: &Workspace, changed: &Changed) -> Self {
        let mut then = self.clone();
        for file in &changed.files {
            let text = || changed.text_then(workspace, file)?.parse::<Table>().ok();
            if file == "Cargo.lock" {
                then.lock = text();
            } else if file == "Cargo.toml" || file.ends_with("/Cargo.toml") {
                let table = text().unwrap_or_default();
                if file == "Cargo.toml" {
                    then.root = table.clone();
                }
                then.packages.remove(file);
                if table.contains_key("package") {
                    then.packages.insert(file.clone(), table);
                }
            }
        }
        then
    }

    /// The dependencies of a manifest, with what they take from the workspace's.
    pub(super) fn dependencies<'a>(
        &'a self,
        manifest: &'a Table,
    ) -> impl Iterator<Item = Listed<'a>> {
        listed(manifest).map(|it| {
            let shared = is_inherited(it.own).then(|| self.shared("dependencies")?.get(it.key));
            Listed { shared: shared.flatten(), ..it }
        })
    }

    fn shared(&self, table: &str) -> Option<&Table> {
        self.root.get("workspace")?.get(table)?.as_table()
    }
}

/// The dependencies of a manifest, as they stand there.
pub(super) fn listed(manifest: &Table) -> impl Iterator<Item = Listed<'_>> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let targets = targets.filter_map(|(target, it)| Some((target.as_str(), it.as_table()?)));
    std::iter::once(("", manifest)).chain(targets).flat_map(|(target, tables)| {
        DEPENDENCIES.iter().flat_map(move |&(table, kind)| {
            let entries = tables.get(table).and_then(Value::as_table).into_iter().flatten();
            entries.map(move |(key, own)| Listed { kind, target, key, own, shared: None })
        })
    })
}

/// A line of a table of dependencies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a> {
    pub(super) kind: &'static str,
    /// The target that it is for; empty for all.
    pub(super) target: &'a str,
    pub(super) key: &'a str,
    pub(super) own: &'a Value,
    /// What it is in the workspace's manifest, where it is from there.
    pub(super) shared: Option<&'a Value>,
}

impl<'a> Listed<'a> {
    /// A value that it has itself, else from the workspace.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.own.get(key).or_else(|| self.shared?.get(key))
    }

    /// The name of the package that it is on.
    pub(super) fn package(&self) -> &'a str {
        self.get("package").and_then(Value::as_str).unwrap_or(self.key)
    }

    /// The folder that it names.
    pub(super) fn path(&self) -> Option<&'a str> {
        self.get("path").and_then(Value::as_str)
    }

    /// The features that it asks for by name.
    pub(super) fn features(&self) -> impl Iterator<Item = &'a str> {
        let both = [self.own.get("features"), self.shared.and_then(|it| it.get("features"))];
        both.into_iter().flatten().filter_map(Value::as_array).flatten().filter_map(Value::as_str)
    }
}

/// Whether a value of a manifest says that it is the workspace's.
pub(super) fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

/// The path of the manifest of a package in this folder.
pub(super) fn manifest_in(folder: &str) -> String {
    if folder.is_empty() { "Cargo.toml".to_owned() } else { format!("{folder}/Cargo.toml") }
}

fn read(root: &Path, file: &str) -> Option<Table> {
    fs::read_to_string(root.join(file)).ok()?.parse().ok()
}
