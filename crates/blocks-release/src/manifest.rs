//! Manifests: what they say of versions, and how they are changed.

use std::collections::BTreeMap;

use semver::{Op, Version, VersionReq};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::PlanError;

/// The tables in which a package names what it needs.
const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// The table of what only tests need.
const DEV: &str = "dev-dependencies";

/// The manifest of the workspace's root.
pub(crate) const ROOT: &str = "Cargo.toml";

/// A manifest that is read.
#[derive(Debug, Clone)]
pub(crate) struct Manifest {
    /// Its path from the workspace's root.
    pub(crate) file: String,
    pub(crate) document: DocumentMut,
    has_returns: bool,
}

/// A line of a table of dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// The folder of the package that it is on.
    pub(crate) folder: String,
    /// What it asks for, where it says so.
    pub(crate) wants: Option<String>,
    /// Whether only tests have it.
    pub(crate) is_dev: bool,
    /// Whether what it asks for stands in the workspace's table.
    pub(crate) is_inherited: bool,
}

impl Manifest {
    pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Self, PlanError> {
        let text =
            std::str::from_utf8(bytes).map_err(|error| PlanError::file(file, error.to_string()))?;
        let document = text
            .parse()
            .map_err(|error: toml_edit::TomlError| PlanError::file(file, error.to_string()))?;
        Ok(Self { file: file.to_owned(), document, has_returns: text.contains("\r\n") })
    }

    /// The text, with the ends of lines that it had: the writer of TOML knows one only.
    pub(crate) fn text(&self) -> Vec<u8> {
        let text = self.document.to_string();
        let text =
            if self.has_returns { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
        text.into_bytes()
    }

    pub(crate) fn folder(&self) -> &str {
        folder(&self.file)
    }

    fn package(&self, key: &str) -> Option<&Item> {
        self.document.get("package")?.get(key)
    }

    /// A key of the package, or that of the workspace which it inherits.
    fn inherited<'a>(&'a self, key: &str, root: &'a Self) -> Option<&'a Item> {
        let own = self.package(key)?;
        if is_of_workspace(own) {
            return root.document.get("workspace")?.get("package")?.get(key);
        }
        Some(own)
    }

    pub(crate) fn inherits_version(&self) -> bool {
        self.package("version").is_some_and(is_of_workspace)
    }

    pub(crate) fn version(&self, root: &Self) -> Result<Option<Version>, PlanError> {
        let Some(item) = self.inherited("version", root) else { return Ok(None) };
        let text = item.as_str().unwrap_or_default();
        text.parse()
            .map(Some)
            .map_err(|error: semver::Error| PlanError::file(&self.file, error.to_string()))
    }

    /// Whether it may go to a registry.
    pub(crate) fn is_published(&self, root: &Self) -> bool {
        let publish = self.inherited("publish", root);
        let is_off = publish.is_some_and(|it| {
            it.as_bool() == Some(false) || it.as_array().is_some_and(toml_edit::Array::is_empty)
        });
        // Without a version cargo publishes nothing.
        !is_off && self.package("version").is_some()
    }

    pub(crate) fn repository(&self, root: &Self) -> Option<String> {
        self.inherited("repository", root)?.as_str().map(str::to_owned)
    }

    /// What it needs of packages that lie in folders.
    pub(crate) fn needs(&self, root: &Self) -> Vec<Need> {
        let shared = root.document.get("workspace").and_then(|it| it.get("dependencies"));
        let need = |(table, key, item): (&str, &str, &Item)| {
            let is_inherited = is_of_workspace(item);
            let (item, place) =
                if is_inherited { (shared?.get(key)?, "") } else { (item, self.folder()) };
            let text = |key| item.get(key).and_then(Item::as_str);
            Some(Need {
                folder: joined(place, text("path")?),
                wants: text("version").map(str::to_owned),
                is_dev: table == DEV,
                is_inherited,
            })
        };
        self.dependencies().into_iter().filter_map(need).collect()
    }

    /// All lines of all its tables, those of platforms included.
    fn dependencies(&self) -> Vec<(&'static str, &str, &Item)> {
        let targets = self.document.get("target").and_then(Item::as_table_like);
        let targets = targets.into_iter().flat_map(TableLike::iter);
        let targets = targets.filter_map(|(_, it)| it.as_table_like());
        let holders = std::iter::once(self.document.as_table() as &dyn TableLike).chain(targets);
        let mut found = Vec::new();
        for holder in holders {
            for table in TABLES {
                let lines = holder.get(table).and_then(Item::as_table_like);
                for (key, item) in lines.into_iter().flat_map(TableLike::iter) {
                    found.push((table, key, item));
                }
            }
        }
        found
    }

    /// Gives the package, or what the members inherit, a version.
    pub(crate) fn set_version(&mut self, version: &Version) -> Result<(), PlanError> {
        set(self.document.get_mut("package"), version).ok_or_else(|| self.no_version())
    }

    pub(crate) fn set_shared_version(&mut self, version: &Version) -> Result<(), PlanError> {
        let workspace = self.document.get_mut("workspace");
        let shared = workspace.and_then(|it| it.get_mut("package"));
        set(shared, version).ok_or_else(|| self.no_version())
    }

    fn no_version(&self) -> PlanError {
        PlanError::file(&self.file, "there is no version as a text where one has to be")
    }

    /// Lets it ask for the new versions of packages, by their folders: where it would not take them, or, of a package that is
    /// `released` itself, wherever it named the one before.
    pub(crate) fn require(&mut self, versions: &BTreeMap<String, Version>, released: bool) {
        let place = self.folder().to_owned();
        let mut of = |holder: &mut dyn TableLike| {
            for name in TABLES {
                let table = holder.get_mut(name).and_then(Item::as_table_like_mut);
                for (_, item) in table.into_iter().flat_map(TableLike::iter_mut) {
                    require(item, &place, versions, released);
                }
            }
        };
        of(self.document.as_table_mut());
        let targets = self.document.get_mut("target").and_then(Item::as_table_like_mut);
        for (_, item) in targets.into_iter().flat_map(TableLike::iter_mut) {
            item.as_table_like_mut().into_iter().for_each(&mut of);
        }
    }
}

impl Manifest {
    /// The same of what members inherit. Whoever is not released asked for it already.
    pub(crate) fn require_shared(&mut self, versions: &BTreeMap<String, Version>) {
        let shared = self.document.get_mut("workspace").and_then(|it| it.get_mut(TABLES[0]));
        let lines = shared.and_then(Item::as_table_like_mut);
        for (_, item) in lines.into_iter().flat_map(TableLike::iter_mut) {
            require(item, "", versions, true);
        }
    }
}

fn require(item: &mut Item, place: &str, versions: &BTreeMap<String, Version>, released: bool) {
    let path = item.get("path").and_then(Item::as_str).map(|path| joined(place, path));
    let Some(version) = path.and_then(|path| versions.get(&path)) else { return };
    let Some(value) = item.get_mut("version").and_then(Item::as_value_mut) else { return };
    let old = value.as_str().filter(|old| released || !takes(old, version));
    if let Some(text) = old.and_then(|old| required(old, version)) {
        set_text(value, &text);
    }
}

/// Whether a requirement takes a version.
pub(crate) fn takes(wants: &str, version: &Version) -> bool {
    VersionReq::parse(wants).is_ok_and(|it| it.matches(version))
}

/// What asks for a version in the place of `old`; nothing where that may stay. One that names a whole version follows, as a
/// package was tried with that version only; one that takes more on purpose stays as long as it takes the version.
fn required(old: &str, version: &Version) -> Option<String> {
    let parsed = VersionReq::parse(old).ok()?;
    let is_whole = matches!(parsed.comparators.as_slice(), [one]
        if one.patch.is_some() && matches!(one.op, Op::Caret | Op::Tilde | Op::Exact));
    if parsed.matches(version) && !is_whole {
        return None;
    }
    let sign: String = old.trim().chars().take_while(|it| "=^~ ".contains(*it)).collect();
    let new = format!("{sign}{version}");
    (new != old).then_some(new)
}

fn is_of_workspace(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

fn set(table: Option<&mut Item>, version: &Version) -> Option<()> {
    let value = table?.get_mut("version")?.as_value_mut().filter(|it| it.is_str())?;
    set_text(value, &version.to_string());
    Some(())
}

/// Puts a text in the place of another; what stands around it stays.
fn set_text(value: &mut Value, text: &str) {
    let decor = value.decor().clone();
    *value = text.into();
    *value.decor_mut() = decor;
}

/// The folder of a file; empty at the root.
pub(crate) fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A file in a folder.
pub(crate) fn within(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

/// A path in a folder, without `..` and `.`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    #[test]
    fn a_requirement_follows_where_it_has_to() {
        for (old, new, expected) in [
            ("0.1.0", "0.2.0", Some("0.2.0")),
            ("0.1.0", "0.1.1", Some("0.1.1")),
            ("^1.0.0", "2.0.0", Some("^2.0.0")),
            ("=1.0.0", "1.0.1", Some("=1.0.1")),
            ("= 1.0.0", "1.0.1", Some("= 1.0.1")),
            ("~1.2", "1.2.9", None),
            ("~1.2", "1.3.0", Some("~1.3.0")),
            ("1", "1.9.0", None),
            ("1", "2.0.0", Some("2.0.0")),
            (">=1.0, <3", "2.0.0", None),
            (">=1.0, <3", "3.0.0", Some("3.0.0")),
            ("*", "3.0.0", None),
            ("*", "3.0.0-alpha.1", Some("3.0.0-alpha.1")),
            ("1.0.0", "1.1.0-alpha.1", Some("1.1.0-alpha.1")),
            ("1.0.0", "1.0.0", None),
        ] {
            assert_eq!(required(old, &version(new)).as_deref(), expected, "{old} {new}");
        }
    }

    #[test]
    fn all_tables_follow_and_nothing_else_changes() {
        let text = "# head\r\n[dependencies]\r\nb = { version = \"0.1.0\", path = \"../b\" } # why\r\n\
                    x = \"0.1.0\"\r\n[dev-dependencies.c]\r\npath = \"../b\"\r\npackage = \"b\"\r\nversion = \"=0.1.0\"\r\n\
                    [target.'cfg(unix)'.build-dependencies]\r\nb = { path = \"../b\", version = \"0.1.0\" }\r\n";
        let mut manifest = Manifest::read("crates/a/Cargo.toml", text.as_bytes()).expect("one");
        manifest.require(&BTreeMap::from([("crates/b".to_owned(), version("0.2.0"))]), true);
        let expected =
            text.replace("version = \"0.1.0\"", "version = \"0.2.0\"").replace("=0.1.0", "=0.2.0");
        assert_eq!(String::from_utf8(manifest.text()).expect("text"), expected);
    }

    #[test]
    fn what_is_inherited_is_the_roots() {
        let root = "[workspace.package]\nversion = \"1.0.0\"\npublish = false\nrepository = \"https://example.org/a\"\n\
                    [workspace.dependencies]\nc = { path = \"crates/b\", package = \"b\", version = \"1.0.0\" }\n";
        let root = Manifest::read(ROOT, root.as_bytes()).expect("one");
        let text = "[package]\nname = \"a\"\nversion.workspace = true\npublish.workspace = true\n\
                    repository.workspace = true\n[dependencies]\nc.workspace = true\n";
        let manifest = Manifest::read("crates/a/Cargo.toml", text.as_bytes()).expect("one");
        assert_eq!(manifest.version(&root).expect("read"), Some(version("1.0.0")));
        assert!(manifest.inherits_version() && !manifest.is_published(&root));
        assert_eq!(manifest.repository(&root).as_deref(), Some("https://example.org/a"));
        let needs = manifest.needs(&root);
        assert_eq!((needs[0].folder.as_str(), needs[0].is_inherited), ("crates/b", true));
    }
}
