//! Badges: which are drawn, and where to.

use crate::key::{Kind, Setting, settings};
use crate::path::leaves;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::path::Path;

settings! {
    /// One badge.
    pub struct Badge at "badges[]" {
        /// What the badge shows: a number, or whether a stage passes.
        name: BadgeName [""],
        /// The file that the badge is drawn to.
        path: BadgePath ["path from the workspace's root"],
    }
}

/// The badges that can be drawn: one of each number, and of each stage by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BadgeName {
    /// Whether all stages pass.
    Build,
    /// How many tests passed.
    Tests,
    /// The share of lines that tests run.
    Coverage,
    /// The share of items that are documented.
    Docs,
    /// Whether interfaces stayed compatible.
    Api,
    /// The oldest Rust that the packages promise to compile with.
    Msrv,
    /// The licence of the packages.
    License,
    /// Whether benchmarks stayed as fast.
    Performance,
    /// The version of the packages.
    Version,
    /// Whether a stage passes.
    Stage(String),
}

/// The words for numbers. A stage of the same name has no badge of its own.
const NUMBERS: [(&str, BadgeName); 9] = [
    ("build", BadgeName::Build),
    ("tests", BadgeName::Tests),
    ("coverage", BadgeName::Coverage),
    ("docs", BadgeName::Docs),
    ("api", BadgeName::Api),
    ("msrv", BadgeName::Msrv),
    ("license", BadgeName::License),
    ("performance", BadgeName::Performance),
    ("version", BadgeName::Version),
];

impl BadgeName {
    /// The badge of a word, where no stage with that id need be there.
    pub fn new(word: &str) -> Result<Self, &'static str> {
        if let Some((_, number)) = NUMBERS.iter().find(|(known, _)| *known == word) {
            return Ok(number.clone());
        }
        let is_of_id = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-');
        let is_id =
            word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(is_of_id);
        if is_id {
            Ok(Self::Stage(word.to_owned()))
        } else {
            Err("no badge and no stage has this name")
        }
    }

    /// The word in the file.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stage(id) => id,
            number => NUMBERS.iter().find(|(_, it)| it == number).map_or("", |(word, _)| word),
        }
    }

    /// The words for numbers.
    pub fn numbers() -> impl Iterator<Item = &'static str> {
        NUMBERS.iter().map(|(word, _)| *word)
    }
}

impl fmt::Display for BadgeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for BadgeName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for BadgeName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for BadgeName {
    const KIND: Kind = Kind::Text(
        "`build`, `tests`, `coverage`, `docs`, `api`, `msrv`, `license`, `performance`, `version`, or the id of a stage",
    );
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for BadgeName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BadgeName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words: Vec<_> = Self::numbers().collect();
        let of_stage = serde_json::json!({ "description": "The id of a stage.", "pattern": "^[a-z][a-z0-9-]*$" });
        schemars::json_schema!({ "type": "string", "anyOf": [{ "enum": words }, of_stage] })
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
    fn every_number_has_the_word_that_is_read() {
        let Kind::Text(told) = BadgeName::KIND else {
            panic!("a badge's name is a text");
        };
        for word in BadgeName::numbers() {
            let name = BadgeName::new(word).unwrap();
            assert_eq!((name.as_str(), matches!(name, BadgeName::Stage(_))), (word, false));
            assert!(told.contains(&format!("`{word}`")), "{word}");
        }
        assert_eq!(BadgeName::new("unused-deps").unwrap().as_str(), "unused-deps");
        for word in ["", "-a", "Build", "a b", "1", "a/b"] {
            assert!(BadgeName::new(word).is_err(), "{word:?}");
        }
    }
}
