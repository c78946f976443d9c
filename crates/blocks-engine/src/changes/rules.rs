//! Which packages a file concerns, and as what. `nix/workspace/files.nix` and `includes.nix` have the
//! same rules: by them a build of Nix sees a file or does not.

use std::collections::BTreeMap;

use crate::Package;

use super::{
    code::{Code, TEST_FOLDERS, is_state},
    graph::Graph,
    paths,
    reason::{Input, Reach},
};

/// A file's consequence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Concern {
    /// The package that it is for, and how far; none where it is for all.
    pub(super) package: Option<(String, Reach)>,
    /// What it is for them.
    pub(super) input: Input,
}

impl Concern {
    pub(super) fn all(input: Input) -> Self {
        Self { package: None, input }
    }

    pub(super) fn of(package: &str, reach: Reach, input: Input) -> Self {
        Self { package: Some((package.to_owned(), reach)), input }
    }
}

/// What it takes to tell whom a file concerns.
pub(super) struct Rules<'a> {
    pub(super) graph: &'a Graph,
    /// The Rust code of each package, by its name.
    pub(super) code: BTreeMap<&'a str, Code>,
    /// The files and folders that the configuration names for a member.
    pub(super) named: Vec<(&'a str, &'a str)>,
    /// Files and folders that the tools of the stages read beside a member's own.
    pub(super) reads: Vec<&'a str>,
    /// Texts for people that the stages read, at the top of a member's folder and at the root.
    pub(super) texts: Vec<&'a str>,
    /// Whether a stage reads all that is published of a package.
    pub(super) packaged: bool,
    /// The files of licences of packages that are no members, where a stage reads these and compiles nothing.
    pub(super) licences: Vec<String>,
    /// Whether a stage looks into all files of the workspace.
    pub(super) everything: bool,
}

/// Files that are the same for all members, beside the workspace's manifest and lock file, which say it of
/// each (see `shared.rs`); a `*` at the end stands for the rest of a name.
const FOR_ALL: [(&str, Input); 3] = [
    (".cargo/config*", Input::Flags),
    (".github/pipeline-config.yml", Input::Settings),
    ("rust-toolchain*", Input::Toolchain),
];

impl Rules<'_> {
    /// Whom a file concerns; nobody, where nothing is built or asked by it.
    pub(super) fn concerns(&self, file: &str) -> Vec<Concern> {
        let mut found = Vec::new();
        let is_it = |pattern: &str| match pattern.strip_suffix('*') {
            Some(begin) => file.strip_prefix(begin).is_some_and(|rest| !rest.contains('/')),
            None => file == pattern,
        };
        found.extend(FOR_ALL.iter().filter(|(it, _)| is_it(it)).map(|(_, it)| Concern::all(*it)));
        if self.reads.iter().any(|path| paths::below(path, file).is_some()) {
            found.push(Concern::all(Input::Tool));
        }
        // Manifests may name a readme and a licence of the root, and all members the same.
        let root_text = self.packaged && !file.contains('/') && is_prose(file, false);
        let licence = self.licences.iter().any(|it| it == file);
        if self.everything || root_text || licence || self.texts.contains(&file) {
            found.push(Concern::all(Input::Read));
        }
        if let Some((package, inner)) = self.graph.holder(file) {
            if let Some((reach, input)) = self.in_package(package, inner) {
                found.push(Concern::of(&package.name, reach, input));
            }
            // At the root it is for all already.
            if inner != file && self.texts.contains(&inner) {
                found.push(Concern::of(&package.name, Reach::Own, Input::Read));
            }
        }
        let named = self.named.iter().filter(|(_, path)| paths::below(path, file).is_some());
        found.extend(named.map(|(name, _)| Concern::of(name, Reach::Library, Input::Named)));
        found.extend(self.code.iter().filter_map(|(name, code)| {
            Some(Concern::of(name, code.reach_of_included(file)?, Input::Included))
        }));
        found
    }

    /// How far a file of a package's folder counts, and as what.
    fn in_package(&self, package: &Package, inner: &str) -> Option<(Reach, Input)> {
        let (top, is_folder) = match inner.split_once('/') {
            Some((top, _)) => (top, true),
            None => (inner, false),
        };
        let is_of_root = matches!(top, "Cargo.lock" | "Cargo.toml" | ".cargo");
        if package.folder.is_empty() && is_of_root || paths::parent(inner).split('/').any(is_state)
        {
            return None;
        }
        let code = self.code.get(package.name.as_str());
        let reach_of = |name: &str| code.and_then(|code| code.reach_of(name));
        if inner == "Cargo.toml" {
            Some((Reach::Library, Input::Manifest))
        } else if is_folder && TEST_FOLDERS.contains(&top) {
            // A library, or an example in its documentation, may take a file out of a folder of tests.
            let is_taken = reach_of(&format!("{top}/")) == Some(Reach::Library);
            Some((if is_taken { Reach::Library } else { Reach::Own }, Input::Tests))
        } else if is_prose(top, is_folder) {
            let is_published = self.packaged.then_some((Reach::Own, Input::Read));
            reach_of(top).map(|reach| (reach, Input::Text)).or(is_published)
        } else {
            Some((Reach::Library, Input::Source))
        }
    }
}

/// Whether a file or folder at the top of a package is for people, unless code names it.
fn is_prose(name: &str, is_folder: bool) -> bool {
    const BEGINS: [&str; 6] = ["README", "LICENSE", "LICENCE", "COPYING", "CHANGELOG", "NOTICE"];
    if is_folder {
        return matches!(name, "docs" | "doc" | ".github");
    }
    matches!(name, ".gitignore" | ".envrc" | "flake.lock")
        || [".md", ".nix"].iter().any(|end| name.ends_with(end))
        || BEGINS.iter().any(|begin| name.starts_with(begin))
}
