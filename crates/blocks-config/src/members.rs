//! What the members of a workspace need.

use crate::check::{Violation, no_duplicates};
use crate::key::{Kind, Setting, settings};
use crate::{Bounded, FeatureName, GroupName, InsidePath, Percent};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

settings! {
    /// What one member needs.
    #[serde(default)]
    pub struct MemberSettings at "members.<id>" {
        /// The files and folders outside of its own folder that the member reads, in builds and tests.
        files: Vec<InsidePath> ["paths from the workspace's root"],
        /// The least share of lines, in percent, that tests have to run of the member's own files, whoever's tests they
        /// are. It is compared exactly: at most six digits after the point. With 0 nothing is wanted.
        coverage_threshold: Percent ["percent of lines"],
        /// Into how many shares Nix divides the member's tests, each a derivation of its own that compiles and runs
        /// them, so that builders work side by side. The host engine, which has one machine, takes all at once.
        test_shards: Bounded<1, 1000> ["shares"],
        /// The features that the member's library is described with, beside the default ones, where its
        /// interface is compared with that of a baseline.
        interface_features: Vec<FeatureName> ["features"],
        /// Whether it is described with all its features.
        interface_all_features: bool [""],
        /// The group of members that the member has one version with. A group is what members name alike.
        release_group: GroupName [""],
    }
}

impl Default for MemberSettings {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            coverage_threshold: Percent::whole::<0>(),
            test_shards: Bounded::of::<1>(),
            interface_features: Vec::new(),
            interface_all_features: false,
            release_group: GroupName::default(),
        }
    }
}

impl MemberSettings {
    /// The first rule broken; `name` is the member's.
    pub(crate) fn check(&self, name: &str) -> Option<Violation> {
        let files = self.files.iter().enumerate();
        let files = files.map(|(i, it)| (format!("members.{name}.files[{i}]"), it.as_str()));
        let features = self.interface_features.iter().enumerate();
        let at = |i: usize| format!("members.{name}.interface_features[{i}]");
        no_duplicates(files)
            .or_else(|| no_duplicates(features.map(|(i, it)| (at(i), it.as_str()))))
            .or_else(|| self.says_both(name))
    }

    /// Of some features and of all, one is no decision.
    fn says_both(&self, name: &str) -> Option<Violation> {
        let is_both = self.interface_all_features && !self.interface_features.is_empty();
        is_both.then(|| Violation {
            path: format!("members.{name}.interface_features"),
            message: format!("`members.{name}` asks for all features, and for some"),
            help: "remove `interface_features` or `interface_all_features`".to_owned(),
        })
    }
}

/// How many members' records one build makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MembersPerBuild {
    /// Blocks chooses: all members of a small workspace together, else each for itself.
    #[default]
    Auto,
    /// So many; the last build of a workspace may have fewer.
    Count(Bounded<1, 1000>),
}

const AUTO: &str = "auto";

impl fmt::Display for MembersPerBuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str(AUTO),
            Self::Count(count) => fmt::Display::fmt(count, f),
        }
    }
}

impl Setting for MembersPerBuild {
    const KIND: Kind = Kind::WordOrWhole { word: AUTO, min: 1, max: 1000 };
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Serialize for MembersPerBuild {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str(AUTO),
            Self::Count(count) => count.serialize(serializer),
        }
    }
}

impl FromStr for MembersPerBuild {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == AUTO {
            return Ok(Self::Auto);
        }
        let number: u64 =
            text.parse().map_err(|_| format!("it is neither `{AUTO}` nor a whole number"))?;
        Bounded::new(number).map(Self::Count).map_err(|error| error.to_string())
    }
}

impl<'de> Deserialize<'de> for MembersPerBuild {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(WordOrWhole)
    }
}

/// Takes the text of a YAML scalar, be it a word or a number.
struct WordOrWhole;

impl Visitor<'_> for WordOrWhole {
    type Value = MembersPerBuild;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&MembersPerBuild::KIND, f)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<MembersPerBuild, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for MembersPerBuild {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MembersPerBuild".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let number = serde_json::json!({ "type": "integer", "minimum": 1, "maximum": 1000 });
        schemars::json_schema!({ "oneOf": [{ "const": AUTO }, number] })
    }
}
