use std::{fs, io, path::Path};

use super::{includes::included, paths, reason::Reach};

/// The folders at the top of a package that only its tests, benches and examples need.
pub(super) const TEST_FOLDERS: [&str; 3] = ["tests", "benches", "examples"];

/// The Rust code of a package, which may name files that are no sources otherwise.
#[derive(Debug, Default)]
pub(super) struct Code {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    text: String,
    /// Files outside of the package's folder that it takes in.
    includes: Vec<String>,
    reach: Reach,
}

impl Code {
    /// Of files below a package's folder, by their paths from the workspace's root.
    pub(super) fn new(folder: &str, files: Vec<(String, String)>) -> Self {
        let is_outside = |path: &String| {
            !path.is_empty() && (folder.is_empty() || paths::below(folder, path).is_none())
        };
        let file = |(path, text): (String, String)| {
            let top = paths::below(folder, &path).and_then(|inner| inner.split('/').next());
            let is_test = top.is_some_and(|top| TEST_FOLDERS.contains(&top));
            let mut includes = included(folder, &path, &text);
            includes.retain(is_outside);
            File { text, includes, reach: if is_test { Reach::Own } else { Reach::Library } }
        };
        Self { files: files.into_iter().map(file).collect() }
    }

    /// Reads the code of the package in `folder`. Other packages may lie below it: `is_other` tells
    /// their folders.
    pub(super) fn read(
        root: &Path,
        folder: &str,
        is_other: &dyn Fn(&str) -> bool,
    ) -> io::Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(open) = folders.pop() {
            for entry in fs::read_dir(root.join(&open))? {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if open.is_empty() { name.clone() } else { format!("{open}/{name}") };
                if entry.file_type()?.is_dir() {
                    if !is_state(&name) && !is_other(&path) {
                        folders.push(path);
                    }
                } else if Path::new(&name).extension().is_some_and(|it| it == "rs") {
                    // A link to nothing is no code.
                    if let Ok(text) = fs::read(entry.path()) {
                        files.push((path, String::from_utf8_lossy(&text).into_owned()));
                    }
                }
            }
        }
        Ok(Self::new(folder, files))
    }

    /// How far a file counts that the code names in this way: for the library, where the library's
    /// code names it; for the package's own tests; or not at all.
    pub(super) fn reach_of(&self, name: &str) -> Option<Reach> {
        let naming = self.files.iter().filter(|file| file.text.contains(name));
        naming.map(|file| file.reach).max()
    }

    /// The same for a file or folder outside of the package's folder that the code takes in.
    pub(super) fn reach_of_included(&self, path: &str) -> Option<Reach> {
        let takes = |file: &&File| file.includes.iter().any(|it| paths::below(it, path).is_some());
        self.files.iter().filter(takes).map(|file| file.reach).max()
    }
}

/// Whether a folder of this name is never part of a build: what was built, and what version control
/// and direnv keep.
pub(super) fn is_state(name: &str) -> bool {
    matches!(name, ".git" | ".direnv" | "target")
}
