//! `release.json`: what a release carries.

use semver::Version;
use serde::{Deserialize, Serialize};

use crate::Facts;

/// The version of the form.
pub(crate) const SCHEMA: u32 = 1;

/// What a release carries. Texts come from programs, manifests and file names, and are as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct List {
    /// The version of this form.
    pub schema: u32,
    /// The members whose programs are carried, by their names.
    pub members: Vec<Member>,
    /// The commit that all is built of; none where files differ from it, or where nobody knows it.
    pub revision: Option<String>,
    /// When that was made, in seconds since 1970 in UTC: the time of every file in the archives.
    pub time: u64,
    /// How the programs of each target were built, by the target.
    pub builds: Vec<Built>,
    /// The files, by their names. This list itself and the checksums are not among them.
    pub files: Vec<File>,
}

/// A member whose programs are carried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Its version.
    #[cfg_attr(test, schemars(with = "String"))]
    pub version: Version,
    /// The tag of the release; none where it was made without asking for it.
    pub tag: Option<String>,
}

/// How the programs of a target were built.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Built {
    /// The target, as the compiler names it.
    pub target: String,
    /// By whom: `nix` in its sandbox, or `host`, the machine's own tools.
    pub engine: String,
    /// The compiler, as it names itself.
    pub rustc: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of these, in lowercase hexadecimal digits.
    pub sha256: String,
    /// The member that it is of; none for what is of all.
    pub package: Option<String>,
    /// The target that its programs run on; none for what is no archive.
    pub target: Option<String>,
    /// The programs in an archive, by their names.
    pub programs: Vec<Program>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Kind {
    /// Programs and what belongs to them: tar, compressed by gzip.
    Archive,
    /// A bill of materials: `CycloneDX`, as JSON.
    Bom,
    /// What the changelog says of the release.
    Notes,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Program {
    /// Its name in the archive.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of these, in lowercase hexadecimal digits.
    pub sha256: String,
    /// What it needs of a machine.
    pub needs: Facts,
}

impl List {
    /// As JSON, with a line feed at its end.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let list: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if list.schema != SCHEMA {
            return Err(format!("it is of form {}, and this program reads {SCHEMA}", list.schema));
        }
        Ok(list)
    }
}
