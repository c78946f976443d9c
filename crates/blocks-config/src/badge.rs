//! Badges: which are drawn, and where to.

use crate::key::{Kind, Setting, settings};
use crate::path::leaves;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::path::Path;

settings! {
    /// One badge.
    pub struct Badge at "badges[]" {
        /// What the badge shows.
        name: BadgeName [""],
        /// The file that the badge is drawn to.
        path: BadgePath ["path from the workspace's root"],
    }
}

/// The badges that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum BadgeName {
    /// Whether all stages pass.
    Build,
    /// How many tests passed.
    Tests,
    /// The share of lines that tests run.
    Coverage,
}

impl BadgeName {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Tests => "tests",
            Self::Coverage => "coverage",
        }
    }
}

impl fmt::Display for BadgeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Setting for BadgeName {
    const KIND: Kind = Kind::Choice(&["build", "tests", "coverage"]);
    fn show(&self) -> String {
        self.to_string()
    }
}

/// Where a badge is drawn to: a relative path of `/`-separated names that ends in `.svg` and stays
/// inside the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct BadgePath(String);

impl BadgePath {
    /// The path, where it is one that a badge can have; the error says what is wrong with it.
    pub fn new(path: impl Into<String>) -> Result<Self, &'static str> {
        let path = path.into();
        let wrong = wrong_with(&path);
        wrong.map_or(Ok(Self(path)), Err)
    }

    /// The path as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last name of the path: `build.svg`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

fn wrong_with(path: &str) -> Option<&'static str> {
    let stem = path.rsplit('/').next()?.strip_suffix(".svg");
    let is_svg = stem.is_some_and(|stem| !stem.is_empty());
    leaves(path).or((!is_svg).then_some("it does not end in a name and `.svg`"))
}

impl AsRef<Path> for BadgePath {
    fn as_ref(&self) -> &Path {
        self.0.as_ref()
    }
}

impl fmt::Display for BadgePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for BadgePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for BadgePath {
    const KIND: Kind = Kind::Text("a relative path without `..` that ends in `.svg`");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for BadgePath {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BadgePath".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // No name of the path is empty, `.` or `..`; the last one has something before `.svg`.
        let name = r"(?!\.{1,2}/)[^/\\:\u0000-\u001f\u007f-\u009f]+";
        schemars::json_schema!({ "type": "string", "pattern": format!("^({name}/)*{name}\\.svg$") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_the_workspace_or_is_no_svg_is_refused() {
        for (path, part) in [
            ("/build.svg", "absolute"),
            ("C:/build.svg", "absolute"),
            ("a\\build.svg", "backslash"),
            ("a\nb.svg", "control"),
            ("../build.svg", "`..`"),
            ("a/../build.svg", "`..`"),
            ("./build.svg", "`.`"),
            ("a//build.svg", "empty name"),
            ("", "empty name"),
            ("build.png", "`.svg`"),
            ("a/.svg", "`.svg`"),
        ] {
            let error = BadgePath::new(path).unwrap_err();
            assert!(error.contains(part), "{path:?}: {error}");
        }
    }

    #[test]
    fn a_path_inside_the_workspace_is_kept_as_written() {
        let path = BadgePath::new(".github/badges/build.v2.svg").unwrap();
        assert_eq!(path.as_str(), ".github/badges/build.v2.svg");
        assert_eq!(path.file_name(), "build.v2.svg");
        assert_eq!(path.as_ref() as &Path, Path::new(".github/badges/build.v2.svg"));
    }

    #[test]
    fn every_name_is_the_word_that_serde_reads() {
        let Kind::Choice(words) = BadgeName::KIND else {
            panic!("a badge's name is a choice");
        };
        let all = [BadgeName::Build, BadgeName::Tests, BadgeName::Coverage];
        assert_eq!(all.map(BadgeName::as_str), words);
        assert_eq!(serde_json::to_value(all).unwrap(), serde_json::json!(words));
    }
}
