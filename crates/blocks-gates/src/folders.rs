//! Whose folder a file lies in.

use crate::case::Case;

/// Packages by their folders.
#[derive(Default)]
pub(crate) struct Folders<'a> {
    /// Each folder as the beginning of the paths in it, relative to the workspace, and its package.
    all: Vec<(String, &'a str)>,
}

impl<'a> Folders<'a> {
    /// Adds a package of a case's record, by its folder there.
    pub(crate) fn add(&mut self, case: &Case<'_>, folder: &str, package: &'a str) {
        let is_root = folder.trim_end_matches('/') == case.record.root.trim_end_matches('/');
        let begin = if is_root {
            String::new()
        } else {
            format!("{}/", case.relative(folder).trim_end_matches('/'))
        };
        self.all.push((begin, package));
    }

    /// The package in whose folder a file lies, but for what lies in another's below it.
    pub(crate) fn owner(&self, file: &str) -> Option<&'a str> {
        // All that is relative begins as the root's folder does, and what lies elsewhere is nobody's.
        let is_in = |folder: &str| {
            file.starts_with(folder) && !(folder.is_empty() && file.starts_with('/'))
        };
        let within = self.all.iter().filter(|(folder, _)| is_in(folder));
        within.max_by_key(|(folder, _)| folder.len()).map(|(_, package)| *package)
    }

    /// The packages, in the order in which they were added.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().map(|(_, package)| *package)
    }
}
