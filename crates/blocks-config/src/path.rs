//! Paths from the workspace's root that stay inside of it.

use crate::key::{Kind, Setting};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::path::Path;

/// A file or folder of the workspace: a relative path of `/`-separated names that stays inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct InsidePath(String);

impl InsidePath {
    /// The path, where it stays inside the workspace; the error says what is wrong with it.
    pub fn new(path: impl Into<String>) -> Result<Self, &'static str> {
        let path = path.into();
        let wrong = leaves(&path);
        wrong.map_or(Ok(Self(path)), Err)
    }

    /// A path that is known to stay inside: `target/` and the names below it.
    pub(crate) fn of_target(name: &str) -> Self {
        Self(format!("target/{name}"))
    }

    /// The path as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a path may not stay inside the workspace, or has more than one way to be written.
pub(crate) fn leaves(path: &str) -> Option<&'static str> {
    if path.starts_with('/') || path.contains(':') {
        return Some("it is absolute or has a `:` in it; it starts at the workspace's root");
    }
    if path.contains(|c: char| c == '\\' || c.is_control()) {
        return Some("it has a backslash or a control character; names are separated by `/`");
    }
    if path.split('/').any(|name| matches!(name, "" | "." | "..")) {
        return Some("it has an empty name, `.` or `..` in it");
    }
    None
}

impl AsRef<Path> for InsidePath {
    fn as_ref(&self) -> &Path {
        self.0.as_ref()
    }
}

impl fmt::Display for InsidePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for InsidePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for InsidePath {
    const KIND: Kind = Kind::Text("a relative path without `..`");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for InsidePath {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "InsidePath".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // No name of the path is empty, `.` or `..`.
        let name = r"(?!\.{1,2}(/|$))[^/\\:\u0000-\u001f\u007f-\u009f]+";
        schemars::json_schema!({ "type": "string", "pattern": format!("^({name}/)*{name}$") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_the_workspace_is_refused() {
        for (path, part) in [
            ("/etc", "absolute"),
            ("C:/a", "absolute"),
            ("a\\b", "backslash"),
            ("a\nb", "control"),
            ("..", "`..`"),
            ("a/../b", "`..`"),
            ("./a", "`.`"),
            ("a/", "empty name"),
            ("a//b", "empty name"),
            ("", "empty name"),
        ] {
            let error = InsidePath::new(path).unwrap_err();
            assert!(error.contains(part), "{path:?}: {error}");
        }
    }

    #[test]
    fn a_file_or_folder_inside_is_kept_as_written() {
        for path in ["README.md", ".github/x y", "a..b/...c"] {
            let kept = InsidePath::new(path).unwrap();
            assert_eq!((kept.as_str(), kept.as_ref() as &Path), (path, Path::new(path)));
        }
    }
}
