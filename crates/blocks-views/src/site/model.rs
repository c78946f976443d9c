//! What a site of API documentation holds, as its `versions.json` says.

use std::cmp::Ordering;
use std::fmt::{self, Display};

use semver::Version;
use serde::{Deserialize, Serialize};

/// The version of the form of `versions.json`. It grows when a key is removed or means another thing; a key that is added
/// does not change it.
pub const SITE_SCHEMA: u32 = 1;

/// What the folder of a state that is no release is called.
const DEV: &str = "dev";

/// The longest name of a version or of a crate, in bytes.
const NAME: usize = 128;

/// A site: the documentation of a workspace's versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Site {
    /// The version of this form.
    pub schema: u32,
    /// What the workspace is called.
    pub name: String,
    /// The version that `latest/` sends on to: the newest release, or what comes next to one where there is none.
    pub latest: Option<VersionName>,
    /// The newest first; a state that is no release is behind them.
    pub versions: Vec<SiteVersion>,
}

/// The documentation of one version, in the folder of its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiteVersion {
    /// The version, or `dev`.
    pub version: VersionName,
    /// What kind of a version it is. It follows from the name, and is there for who reads this.
    pub kind: VersionKind,
    /// The day of its commit, in UTC: `2026-11-28`.
    pub date: Option<String>,
    /// Its commit.
    pub revision: Option<String>,
    /// What identifies all files of its folder: `sha256-` and 64 hexadecimal digits.
    pub digest: String,
    /// The workspace's members, by their names.
    pub members: Vec<SiteMember>,
}

/// A member, as its manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiteMember {
    /// Its package's name.
    pub name: String,
    /// Its own version.
    pub version: String,
    /// What it is for.
    pub description: Option<String>,
    /// The oldest Rust that it promises to work with.
    pub rust_version: Option<String>,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// The page of its sources.
    pub repository: Option<String>,
    /// What it mainly is.
    pub kind: MemberKind,
    /// Its crates that have documentation, what it mainly is first.
    pub crates: Vec<CrateName>,
    /// How much of it is documented, where that was counted.
    pub documented: Option<Documented>,
}

/// What a member mainly is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MemberKind {
    /// A library.
    #[default]
    Library,
    /// A library of procedural macros.
    Macro,
    /// One program or several.
    Program,
    /// Nothing that anybody could use: tests, for example.
    Other,
}

/// How many items rustdoc shows, and how many of them have a documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Documented {
    /// Those that have one.
    pub documented: u64,
    /// All of them.
    pub items: u64,
}

/// What kind of a version something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VersionKind {
    /// A release.
    Release,
    /// A version before a release: `1.0.0-rc.1`.
    PreRelease,
    /// A state that is no release.
    Dev,
}

/// A version of Semantic Versioning, or `dev`: also the name of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct VersionName(#[cfg_attr(test, schemars(with = "String"))] Option<Version>);

/// The name of a crate as code has it, which is also the name of its pages' folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct CrateName(String);

impl Site {
    /// A site of these versions, in their order.
    pub fn of(name: &str, mut versions: Vec<SiteVersion>) -> Self {
        versions.sort_by(|one, other| other.version.cmp_precedence(&one.version));
        let of_kind = |kind| versions.iter().find(|it| it.kind == kind);
        let kinds = [VersionKind::Release, VersionKind::PreRelease, VersionKind::Dev];
        let latest = kinds.into_iter().find_map(of_kind).map(|it| it.version.clone());
        Self { schema: SITE_SCHEMA, name: name.to_owned(), latest, versions }
    }

    /// The version of a name, where it is there.
    pub fn version(&self, name: &VersionName) -> Option<&SiteVersion> {
        self.versions.iter().find(|it| it.version == *name)
    }

    /// Whether it is as [`Site::of`] makes it, and each version is there once.
    pub fn is_whole(&self) -> bool {
        let kinds = self.versions.iter().all(|it| it.kind == it.version.kind());
        let twice = self.versions.windows(2).any(|two| two[0].version == two[1].version);
        kinds && !twice && *self == Self::of(&self.name, self.versions.clone())
    }
}

impl VersionName {
    /// A state that is no release.
    pub const DEV: Self = Self(None);

    /// What kind of a version it is.
    pub fn kind(&self) -> VersionKind {
        match &self.0 {
            None => VersionKind::Dev,
            Some(version) if version.pre.is_empty() => VersionKind::Release,
            Some(_) => VersionKind::PreRelease,
        }
    }

    /// The newer of two is the greater; what is no release is less than all. Versions that differ only in what was added to
    /// them by a build have an order, too.
    pub fn cmp_precedence(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str(DEV),
            Some(version) => version.fmt(f),
        }
    }
}

impl TryFrom<String> for VersionName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == DEV {
            return Ok(Self::DEV);
        }
        let wrong = |why: &dyn Display| format!("`{}` is no version: {why}", short(&text));
        if text.len() > NAME {
            return Err(wrong(&"it is too long"));
        }
        let version = text.parse().map_err(|error: semver::Error| wrong(&error))?;
        Ok(Self(Some(version)))
    }
}

impl From<VersionName> for String {
    fn from(name: VersionName) -> Self {
        name.to_string()
    }
}

impl CrateName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CrateName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // Letters of whatever language, as rustc has it: no character of a path or of a file's ending.
        let is_one = text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if is_one && !text.is_empty() && text.len() <= NAME {
            return Ok(Self(text));
        }
        Err(format!("`{}` is no name of a crate", short(&text)))
    }
}

impl From<CrateName> for String {
    fn from(name: CrateName) -> Self {
        name.0
    }
}

fn short(text: &str) -> String {
    blocks_evidence::bounded(text, NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> VersionName {
        text.to_owned().try_into().unwrap()
    }

    fn site(names: &[&str]) -> Site {
        let version = |text: &&str| SiteVersion {
            version: name(text),
            kind: name(text).kind(),
            date: None,
            revision: None,
            digest: String::new(),
            members: Vec::new(),
        };
        Site::of("acme", names.iter().map(version).collect())
    }

    #[test]
    fn versions_are_in_order_and_latest_is_the_newest_release() {
        let order = |names: &[&str]| {
            let site = site(names);
            assert!(site.is_whole());
            let all: Vec<_> = site.versions.iter().map(|it| it.version.to_string()).collect();
            (all.join(" "), site.latest.map(|it| it.to_string()).unwrap_or_default())
        };
        let (all, latest) = order(&["dev", "1.9.0", "1.10.0", "2.0.0-rc.1", "2.0.0-alpha.2"]);
        assert_eq!(all, "2.0.0-rc.1 2.0.0-alpha.2 1.10.0 1.9.0 dev");
        assert_eq!(latest, "1.10.0");
        assert_eq!(order(&["dev", "0.1.0-rc.2", "0.1.0-rc.10"]).1, "0.1.0-rc.10");
        assert_eq!(order(&["dev"]).1, "dev");
        assert_eq!(order(&[]), (String::new(), String::new()));
    }

    #[test]
    fn what_is_out_of_order_or_twice_there_is_not_whole() {
        let mut other = site(&["1.0.0", "2.0.0"]);
        other.versions.reverse();
        assert!(!other.is_whole());
        assert!(!site(&["1.0.0", "1.0.0"]).is_whole());
        let mut other = site(&["1.0.0-rc.1"]);
        other.versions[0].kind = VersionKind::Release;
        assert!(!other.is_whole());
    }

    #[test]
    fn names_of_folders_lead_nowhere_else() {
        for wrong in
            ["", ".", "..", "../1.0.0", "1.0", "v1.0.0", "1.0.0/x", "latest", "DEV", "1.0.0 "]
        {
            assert!(VersionName::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        for wrong in ["", "..", "a/b", "a-b", "a.html", "a b", "a\"", "\u{202e}"] {
            assert!(CrateName::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        assert!(CrateName::try_from("größe_2".to_owned()).is_ok());
        assert_eq!(name("1.0.0+build.5").to_string(), "1.0.0+build.5");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut all = site(&["1.0.0", "1.1.0-beta.1", "dev"]);
        all.versions[0].members.push(SiteMember {
            name: "acme".to_owned(),
            crates: vec![CrateName("acme".to_owned())],
            documented: Some(Documented { documented: 3, items: 4 }),
            ..SiteMember::default()
        });
        let text = crate::site::versions_json(&all);
        assert_eq!(serde_json::from_str::<Site>(&text).unwrap(), all);
        assert!(serde_json::from_str::<Site>(&text.replace("\"1.0.0\"", "\"../x\"")).is_err());
    }
}
