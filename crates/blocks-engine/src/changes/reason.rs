use std::fmt;

use serde::Serialize;

/// How far a package's file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// For the package itself.
    Own,
    /// Also for all who need its library.
    Library,
}

/// What a file is for the member whose answers depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// A file of its folder.
    Source,
    /// A file of its tests, benches or examples.
    Tests,
    /// A text at the top of its folder that its code names.
    Text,
    /// Its `Cargo.toml`, or what that inherits from the workspace's.
    Manifest,
    /// A file outside of its folder that its code includes.
    Included,
    /// A file that `members.<name>.files` of the configuration names.
    Named,
    /// The versions of crates from elsewhere.
    Lock,
    /// The features of crates from elsewhere, which all members share.
    Features,
    /// What the workspace's manifest says for all members, such as profiles and patches.
    Workspace,
    /// Which compiler there is.
    Toolchain,
    /// Cargo's configuration.
    Flags,
    /// Blocks' own configuration.
    Settings,
    /// The configuration of a stage's own tool.
    Tool,
    /// A text for people that the stage reads, such as a changelog.
    Read,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Source => "its own source",
            Self::Tests => "of its own tests",
            Self::Text => "a text that its code names",
            Self::Manifest => "its manifest",
            Self::Included => "its code includes it",
            Self::Named => "the configuration names it for this member",
            Self::Lock => "the lock file",
            Self::Features => "features of crates from elsewhere, which all members share",
            Self::Workspace => "the workspace's manifest, for all members",
            Self::Toolchain => "the toolchain",
            Self::Flags => "cargo's configuration",
            Self::Settings => "the settings of Blocks",
            Self::Tool => "the configuration of the stage's tool",
            Self::Read => "a text that the stage reads",
        })
    }
}

/// Why a member's answers may be others than before: a file that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// The package whose library the member needs, where the file is that one's.
    pub through: Option<String>,
    /// What the file is: for that package, or for the member itself.
    pub input: Input,
    /// The file, as a path from the workspace's root.
    pub file: String,
}

/// `src/lib.rs changed (its own source)`, `depends on a: a/src/lib.rs changed`
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.through {
            Some(package) => write!(f, "depends on {package}: {} changed", self.file),
            None => write!(f, "{} changed ({})", self.file, self.input),
        }
    }
}

/// A member whose answers may be others than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// Its name.
    pub member: String,
    /// Why: what concerns it itself first, then each package that it needs, once.
    pub reasons: Vec<Reason>,
}
