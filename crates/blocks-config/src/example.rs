//! Which examples are run, and for how long.

use crate::Bounded;
use crate::key::{Kind, Setting, settings};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

settings! {
    /// How examples are tried: targets of the kind `example`, and what documents have of code and of commands.
    #[serde(default)]
    pub struct Examples at "examples" {
        /// The examples that are compiled and not run, since they need somebody: servers, for example.
        compile_only: Vec<ExampleName> ["members and examples, as `member/example`"],
        /// After what time an example is ended that did not come to its end, or a command of a document.
        timeout_seconds: Bounded<1, 3600> ["seconds"],
    }
}

impl Default for Examples {
    fn default() -> Self {
        Self { compile_only: Vec::new(), timeout_seconds: Bounded::of::<60>() }
    }
}

/// An example of a member: `member/example`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ExampleName(String);

impl ExampleName {
    /// The name, where one can be of an example; the error says what is wrong with it.
    pub fn new(name: impl Into<String>) -> Result<Self, &'static str> {
        let name = name.into();
        let is_plain = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        match name.split_once('/') {
            Some((member, example)) if is_plain(member) && is_plain(example) => Ok(Self(name)),
            _ => Err("it is not a member and an example of it, with a `/` between them"),
        }
    }

    /// The name as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExampleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ExampleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for ExampleName {
    const KIND: Kind = Kind::Text("a member and an example of it: `member/example`");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for ExampleName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ExampleName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let part = r"[\p{Alphabetic}\p{N}_-]+";
        schemars::json_schema!({ "type": "string", "pattern": format!("^{part}/{part}$") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_named_with_its_member() {
        for name in ["app/serve", "a-b/c_d", "a/b-2"] {
            assert_eq!(ExampleName::new(name).unwrap().as_str(), name);
        }
        for name in
            ["serve", "", "/serve", "app/", "app/serve/x", "app /serve", "app/a,b/c", "app/a\n"]
        {
            assert!(ExampleName::new(name).is_err(), "{name:?}");
        }
    }
}
