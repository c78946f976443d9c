//! Files elsewhere that tests read as they run: by Nix a member sees its own folder, so that these have to be named.

use std::collections::BTreeMap;

use serde::Serialize;

/// A path elsewhere that a member's code has as a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// The file or folder, from the workspace's root.
    pub path: String,
    /// The file that names it.
    pub named_in: String,
    /// The line that does, from 1.
    pub line: usize,
}

/// Macros whose files the Nix engine finds by itself.
const KNOWN: [&str; 4] = ["include_str!", "include_bytes!", "include!", "#[path"];

/// The paths that a source file of the member in `folder` names and that are there, outside of that folder.
///
/// A test runs in its member's folder, and a path from there begins with `../`; with `CARGO_MANIFEST_DIR` before it, with
/// `/../`. What a program puts together as it runs is not found.
pub(crate) fn find(
    (folder, file): (&str, &str),
    text: &str,
    is_there: &dyn Fn(&str) -> bool,
    found: &mut BTreeMap<String, Outside>,
) {
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") || KNOWN.iter().any(|it| line.contains(it)) {
            continue;
        }
        for literal in literals(line) {
            let Some(path) = resolved(folder, literal) else { continue };
            let is_own = folder.is_empty() || path == folder || is_below(&path, folder);
            // A folder that the member itself is in would make all edits edits of the member.
            let is_around = is_below(folder, &path);
            if !is_own && !is_around && !path.is_empty() && is_there(&path) {
                let outside =
                    Outside { path: path.clone(), named_in: file.to_owned(), line: at + 1 };
                found.entry(path).or_insert(outside);
            }
        }
    }
}

/// Whether a path lies in a folder.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}

/// The texts between quotes of a line that go up.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    let texts = line.split('"').skip(1).step_by(2);
    let texts = texts.map(|it| it.strip_prefix('/').unwrap_or(it));
    texts.filter(|it| it.starts_with("../") && !it.contains(['{', '\\', '*']))
}

/// A path from a folder, as one from the root; none where it leaves that.
fn resolved(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &str, text: &str) -> Vec<(String, usize)> {
        let mut found = BTreeMap::new();
        let is_there =
            |path: &str| ["data/a.json", "data", "crates/app/x", "crates"].contains(&path);
        find((folder, "crates/app/tests/t.rs"), text, &is_there, &mut found);
        found.into_values().map(|it| (it.path, it.line)).collect()
    }

    #[test]
    fn a_text_that_leads_out_of_the_member_is_found_once() {
        let text = "fn a() {}\nread(\"../../data/a.json\");\nread(\"../../data/a.json\");\n\
                    read(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/../../data\"));\n";
        let wanted = [("data".to_owned(), 4), ("data/a.json".to_owned(), 2)];
        assert_eq!(found("crates/app", text), wanted);
    }

    #[test]
    fn what_is_not_there_or_is_its_own_or_is_found_anyway_is_none() {
        let text = "read(\"../../data/b.json\");\nread(\"../app/x\");\ninclude_str!(\"../../data/a.json\");\n\
                    // \"../../data\"\nread(\"../../../data\");\nread(\"../../{name}\");\nread(\"../..\");\nread(\"../\");\n";
        assert_eq!(found("crates/app", text), []);
        assert_eq!(found("", "read(\"../data\")"), []);
    }
}
