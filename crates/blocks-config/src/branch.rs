//! Names of branches.

use crate::key::{Kind, Setting};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The longest name in bytes. Git makes files of names, with endings of its own, and no file system has longer ones.
const LONGEST: usize = 200;

/// The name of a branch that git would take, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct BranchName(String);

impl BranchName {
    /// The name, where git would take it, or nothing; the error says what is wrong with it. The rules are those of
    /// `git check-ref-format --branch`, and more narrow where a name would have two meanings.
    pub fn new(name: impl Into<String>) -> Result<Self, &'static str> {
        let name = name.into();
        let wrong = if name.is_empty() { None } else { wrong(&name) };
        wrong.map_or(Ok(Self(name)), Err)
    }

    /// The name as it is written in the file; none where nothing is.
    pub fn get(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&*self.0)
    }
}

/// Why a text is no name of a branch.
fn wrong(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST {
        return Some("it is longer than 200 bytes");
    }
    if name.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Some("it has a blank or a control character in it");
    }
    if name.contains(['~', '^', ':', '?', '*', '[', '\\']) || name.contains("@{") {
        return Some("it has one of ~ ^ : ? * [ \\ @{ in it, which mean something to git");
    }
    if name.starts_with('-') || matches!(name, "@" | "HEAD") || name.starts_with("refs/") {
        return Some("git would take it for something else than a branch");
    }
    if name.contains("..") || name.ends_with('.') {
        return Some("it has `..` in it, or ends with a dot");
    }
    let is_bad = |part: &str| {
        part.is_empty() || part.starts_with('.') || part.strip_suffix(".lock").is_some()
    };
    name.split('/')
        .any(is_bad)
        .then_some("a part of it between `/` is empty, begins with a dot or ends with `.lock`")
}

impl fmt::Display for BranchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for BranchName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for BranchName {
    const KIND: Kind = Kind::Text("the name of a branch, or nothing in quotes");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for BranchName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BranchName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let whole = r"(?!-|refs/|(@|HEAD)$)(?!.*(\.\.|@\{|\.$))";
        let part = r"(?!\.|[^/]*\.lock(/|$))[^/~^:?*\[\\\s\u0000-\u001f\u007f-\u009f]+";
        schemars::json_schema!({ "type": "string", "pattern": format!("^({whole}({part}/)*{part})?$") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    const GOOD: [&str; 6] = ["results", "blocks/results", "a.b-c_d", "ü", "@x", "a@b"];

    const BAD: [&str; 21] = [
        "a b", "a\tb", "a\nb", "-a", "a..b", "a/", "/a", "a//b", ".a", "a/.b", "a.lock",
        "a.lock/b", "a.", "a@{1}", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b",
    ];

    #[test]
    fn a_branch_is_one_that_git_would_take() {
        for name in GOOD {
            assert_eq!(BranchName::new(name).unwrap().get(), Some(name));
        }
        assert_eq!(BranchName::new("").unwrap().get(), None);
        let long = "a".repeat(LONGEST + 1);
        for name in BAD.into_iter().chain(["@", "HEAD", "refs/heads/a", "a\u{a0}b", &long]) {
            assert!(BranchName::new(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn git_says_the_same() {
        let takes = |name: &str| {
            let mut git = Command::new("git");
            git.args(["check-ref-format", "--branch", name])
                .output()
                .map(|out| out.status.success())
        };
        // Not every machine that tests this has git.
        if takes("a").is_err() {
            return;
        }
        for (names, is_good) in [(&GOOD[..], true), (&BAD[..], false)] {
            for name in names {
                assert_eq!(takes(name).unwrap(), is_good, "{name:?}");
            }
        }
    }
}
