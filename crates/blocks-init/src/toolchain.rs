//! Toolchain files, as rustup reads them.

use serde::{Deserialize, Serialize};

use crate::InitError;

/// The names of toolchain files, in the order in which rustup prefers them.
pub(crate) const FILES: [&str; 2] = ["rust-toolchain", "rust-toolchain.toml"];

/// A toolchain file and what it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToolchainFile {
    /// The file, from the workspace's root.
    pub file: String,
    /// What it names.
    pub toolchain: Toolchain,
}

/// What a toolchain file names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Toolchain {
    /// A channel, a release, or a nightly of a day.
    Channel(String),
    /// A folder on the machine.
    Path(String),
}

#[derive(Deserialize)]
struct Whole {
    toolchain: Table,
}

#[derive(Deserialize)]
struct Table {
    channel: Option<String>,
    path: Option<String>,
}

impl ToolchainFile {
    /// Reads a toolchain file: TOML, or the name of a toolchain in a file without an ending.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, InitError> {
        let refused = |reason: &str| InitError::Toolchain {
            file: file.to_owned(),
            reason: reason.to_owned(),
        };
        let is_named = file == FILES[0] && !text.contains('[');
        let toolchain = if is_named {
            let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            match (lines.next(), lines.next()) {
                (Some(name), None) => Toolchain::Channel(name.to_owned()),
                (None, _) => return Err(refused("it is empty")),
                _ => return Err(refused("it has several lines, and is no TOML")),
            }
        } else {
            let whole: Whole = toml::from_str(text).map_err(|error| refused(error.message()))?;
            match whole.toolchain {
                Table { channel: Some(channel), path: None } => Toolchain::Channel(channel),
                Table { channel: None, path: Some(path) } => Toolchain::Path(path),
                Table { channel: None, path: None } => Toolchain::Channel("stable".to_owned()),
                _ => return Err(refused("it names both a channel and a path")),
            }
        };
        Ok(Self { file: file.to_owned(), toolchain })
    }

    /// Whether it names another compiler on another day.
    pub fn is_moving(&self) -> bool {
        matches!(&self.toolchain, Toolchain::Channel(name) if ["stable", "beta", "nightly"].contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(file: &str, text: &str) -> Toolchain {
        ToolchainFile::parse(file, text).unwrap().toolchain
    }

    #[test]
    fn both_forms_are_read_as_rustup_reads_them() {
        let named = |name: &str| Toolchain::Channel(name.to_owned());
        assert_eq!(channel("rust-toolchain", "1.95.0\r\n"), named("1.95.0"));
        assert_eq!(channel("rust-toolchain", "\n nightly \n"), named("nightly"));
        assert_eq!(channel("rust-toolchain", "[toolchain]\nchannel = \"beta\"\n"), named("beta"));
        assert_eq!(
            channel("rust-toolchain.toml", "[toolchain]\ncomponents = []\n"),
            named("stable")
        );
        let path = Toolchain::Path("../rust".to_owned());
        assert_eq!(channel("rust-toolchain.toml", "[toolchain]\npath = \"../rust\"\n"), path);
    }

    #[test]
    fn what_rustup_refuses_is_a_lesson() {
        let refused =
            |file: &str, text: &str| ToolchainFile::parse(file, text).unwrap_err().to_string();
        assert!(
            refused("rust-toolchain", " \n").starts_with("rust-toolchain: it is empty; rustup")
        );
        assert!(refused("rust-toolchain", "1.95\nclippy\n").contains("several lines"));
        let both = "[toolchain]\nchannel = \"beta\"\npath = \"x\"\n";
        assert!(refused("rust-toolchain.toml", both).contains("both a channel and a path"));
        assert!(refused("rust-toolchain.toml", "1.95.0\n").contains("rust-toolchain.toml: "));
    }

    #[test]
    fn a_channel_moves_and_a_release_does_not() {
        let moves = |text: &str| ToolchainFile::parse("rust-toolchain", text).unwrap().is_moving();
        assert!(moves("stable") && moves("nightly"));
        assert!(!moves("1.95.0") && !moves("nightly-2026-05-20"));
    }
}
