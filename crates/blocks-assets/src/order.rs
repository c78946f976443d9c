//! What a folder is made of, by whoever built the programs.

use std::{collections::BTreeMap, path::PathBuf};

use semver::Version;
use serde::Deserialize;

/// What is to be carried, by paths. Nix says it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The target that programs were built for.
    pub target: String,
    /// Who built them: `nix` or `host`.
    pub engine: String,
    /// The compiler, as it names itself.
    pub rustc: String,
    /// The commit of the sources; none where nobody knows it.
    pub revision: Option<String>,
    /// When that was made, in seconds since 1970.
    pub time: u64,
    /// A folder with a folder of each member's name, which has its programs and nothing else.
    pub programs: PathBuf,
    /// The members.
    pub members: Vec<Ordered>,
}

/// A member whose programs are to be carried.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordered {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// The tag of the release, where it is known.
    #[serde(default)]
    pub tag: Option<String>,
    /// Texts for people that go beside them, by the name that they have there.
    pub texts: BTreeMap<String, PathBuf>,
    /// The changelog.
    pub changelog: PathBuf,
}

/// The same, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed {
    /// The programs, by their names.
    pub programs: BTreeMap<String, Vec<u8>>,
    /// Texts for people, by their names.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// What the changelog says of the version.
    pub notes: String,
    /// The bill of materials, as the tool wrote it; none where no record has it.
    pub bom: Option<Vec<u8>>,
}
