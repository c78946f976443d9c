//! Names of features of packages.

use crate::key::{Kind, Setting};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The name of a feature, as a manifest's table `[features]` has it, without its package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FeatureName(String);

impl FeatureName {
    /// The name, where cargo would take it; the error says what is wrong with it.
    pub fn new(name: impl Into<String>) -> Result<Self, &'static str> {
        let name = name.into();
        let is_first = |c: char| c.is_alphanumeric() || c == '_';
        let is_other = |c: char| is_first(c) || "-+.".contains(c);
        if name.starts_with(is_first) && name.chars().all(is_other) {
            Ok(Self(name))
        } else {
            Err(
                "a feature is a name of letters, digits, `_`, `-`, `+` and `.`, without its package",
            )
        }
    }

    /// The name as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeatureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FeatureName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Setting for FeatureName {
    const KIND: Kind = Kind::Text("the name of a feature");
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl schemars::JsonSchema for FeatureName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FeatureName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^[\p{Alphabetic}\p{N}_][\p{Alphabetic}\p{N}_+.-]*$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_named_as_cargo_names_it() {
        for name in ["serde", "std_1", "_private", "1.x", "a-b", "c++", "größe"] {
            assert_eq!(FeatureName::new(name).unwrap().as_str(), name);
        }
        for name in ["", "-a", "+a", ".a", "a/b", "dep:a", "a,b", "a b", "a\n", "a?", "*"] {
            assert!(FeatureName::new(name).is_err(), "{name:?}");
        }
    }
}
