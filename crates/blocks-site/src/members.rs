//! The members of a workspace, from what `cargo metadata` prints.

use std::collections::BTreeMap;
use std::path::Path;

use blocks_evidence::bounded;
use blocks_views::{CrateName, Documented, MemberKind, SiteMember};
use serde::Deserialize;
use thiserror::Error;

/// The longest text of a manifest that is kept, in bytes.
const TEXT: usize = 4 * 1024;

/// The largest text that is read, in bytes.
const LIMIT: usize = 64 * 1024 * 1024;

/// Why a text is not what `cargo metadata` prints.
#[derive(Debug, Error)]
#[error("this is not what `cargo metadata --no-deps --format-version 1` prints: {0}")]
pub struct MetadataError(String);

/// What `cargo metadata --no-deps` says of a workspace.
#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    description: Option<String>,
    license: Option<String>,
    repository: Option<String>,
    rust_version: Option<String>,
    targets: Vec<Target>,
}

#[derive(Debug, Clone, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    doc: bool,
}

impl Metadata {
    /// Reads the text.
    pub fn read(text: &[u8]) -> Result<Self, MetadataError> {
        if text.len() > LIMIT {
            return Err(MetadataError(format!("it is longer than {LIMIT} bytes")));
        }
        let mut read: Self =
            serde_json::from_slice(text).map_err(|error| MetadataError(error.to_string()))?;
        let Self { packages, workspace_members } = &mut read;
        packages.retain(|it| workspace_members.contains(&it.id));
        packages.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(read)
    }

    /// Leaves out all members but these.
    pub fn keep(&mut self, names: &[String]) {
        self.packages.retain(|it| names.contains(&it.name));
    }

    /// The versions that members have, each once.
    pub fn versions(&self) -> Vec<&str> {
        let mut all: Vec<_> = self.packages.iter().map(|it| it.version.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The crates that rustdoc may make a folder for.
    pub fn crates(&self) -> Vec<CrateName> {
        let mut all: Vec<_> = self.packages.iter().flat_map(Package::crates).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The members, with those of their crates that have pages in a folder, and how much of each is documented, by its name.
    pub fn members(&self, pages: &Path, counts: &BTreeMap<String, Documented>) -> Vec<SiteMember> {
        let is_there = |name: &CrateName| pages.join(name.as_str()).join("index.html").is_file();
        let member = |package: &Package| {
            let text = |text: &Option<String>| {
                let text = text.as_ref().map(|it| bounded(it.trim(), TEXT));
                text.filter(|it| !it.is_empty())
            };
            SiteMember {
                name: bounded(&package.name, TEXT),
                version: bounded(&package.version, TEXT),
                description: text(&package.description),
                rust_version: text(&package.rust_version),
                license: text(&package.license),
                repository: text(&package.repository),
                kind: package.kind(),
                crates: package.crates().into_iter().filter(is_there).collect(),
                documented: counts.get(&package.name).copied(),
            }
        };
        self.packages.iter().map(member).collect()
    }
}

impl Package {
    fn kind(&self) -> MemberKind {
        let has = |kind: &str| self.targets.iter().any(|it| it.kind.iter().any(|it| it == kind));
        if has("proc-macro") {
            MemberKind::Macro
        } else if self.targets.iter().any(Target::is_library) {
            MemberKind::Library
        } else if has("bin") {
            MemberKind::Program
        } else {
            MemberKind::Other
        }
    }

    /// Its crates that cargo documents: the library first, and then programs by their names.
    fn crates(&self) -> Vec<CrateName> {
        let is_program = |it: &&Target| it.kind.iter().any(|it| it == "bin");
        let library = self.targets.iter().filter(|it| it.is_library());
        let mut programs: Vec<_> = self.targets.iter().filter(is_program).collect();
        programs.sort_by(|one, other| one.name.cmp(&other.name));
        let mut names: Vec<CrateName> = Vec::new();
        for target in library.chain(programs).filter(|it| it.doc) {
            // What has the name of a library is not documented beside it.
            let name = CrateName::try_from(target.name.replace('-', "_"));
            names.extend(name.ok().filter(|it| !names.contains(it)));
        }
        names
    }
}

impl Target {
    fn is_library(&self) -> bool {
        let kinds = ["lib", "rlib", "dylib", "cdylib", "staticlib", "proc-macro"];
        self.kind.iter().any(|it| kinds.contains(&it.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"packages":[
        {"id":"b","name":"b-it","version":"1.0.0","description":" Does it.\n","license":null,"repository":"","rust_version":"1.85.0",
         "targets":[{"name":"z","kind":["bin"],"doc":true},{"name":"b_it","kind":["lib"],"doc":true},
                    {"name":"b-it","kind":["bin"],"doc":true},{"name":"t","kind":["test"],"doc":false}]},
        {"id":"m","name":"m","version":"0.1.0","description":null,"license":"MIT","repository":null,"rust_version":null,
         "targets":[{"name":"m","kind":["proc-macro"],"doc":true}]},
        {"id":"a","name":"a","version":"1.0.0","description":null,"license":null,"repository":null,"rust_version":null,
         "targets":[{"name":"../../x","kind":["bin"],"doc":true},{"name":"quiet","kind":["bin"],"doc":false}]},
        {"id":"else","name":"else","version":"9.0.0","description":null,"license":null,"repository":null,"rust_version":null,"targets":[]}],
        "workspace_members":["a","b","m"],"resolve":null}"#;

    #[test]
    fn members_are_what_their_manifests_say() {
        let mut metadata = Metadata::read(TEXT.as_bytes()).unwrap();
        assert_eq!(metadata.versions(), ["0.1.0", "1.0.0"]);
        let names: Vec<_> = metadata.crates().iter().map(|it| it.as_str().to_owned()).collect();
        assert_eq!(names, ["b_it", "m", "z"]);
        let pages = tempfile::tempdir().unwrap();
        for name in ["b_it", "z"] {
            std::fs::create_dir(pages.path().join(name)).unwrap();
        }
        std::fs::write(pages.path().join("b_it/index.html"), "").unwrap();
        let counts = [("m".to_owned(), Documented { documented: 1, items: 2 })].into();
        let found = metadata.members(pages.path(), &counts);
        let [a, b, m] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((a.kind, a.crates.len()), (MemberKind::Program, 0));
        assert_eq!((b.kind, b.description.as_deref()), (MemberKind::Library, Some("Does it.")));
        assert_eq!((b.crates.len(), b.repository.as_deref()), (1, None));
        assert_eq!((m.kind, m.documented.map(|it| it.items)), (MemberKind::Macro, Some(2)));
        metadata.keep(&["m".to_owned()]);
        assert_eq!(metadata.members(pages.path(), &counts), std::slice::from_ref(m));
    }

    #[test]
    fn another_text_is_an_error() {
        for text in ["", "{}", "[]", "{\"packages\":[{}],\"workspace_members\":[]}"] {
            let error = Metadata::read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("cargo metadata"), "{error}");
        }
    }
}
