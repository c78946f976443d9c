use std::{io, path::PathBuf};

/// Why a workspace cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// What cargo printed is not what it prints.
    #[error(
        "cargo metadata printed what is not understood ({0}): cargo may be newer than this program"
    )]
    Metadata(String),
    /// A file cannot be read.
    #[error("cannot read {}: {reason}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// A toolchain file says nothing that rustup understands.
    #[error("{file}: {reason}; rustup would refuse it, too (`rustup show` in that folder)")]
    Toolchain {
        /// The file, from the workspace's root.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The lock file is none.
    #[error("Cargo.lock: {0}; `cargo generate-lockfile` writes it anew")]
    Lock(String),
    /// The reference of a flake has letters that none has.
    #[error(
        "`{0}` is no reference of a flake, such as github:owner/blocks, path:../blocks or git+https://example.org/blocks"
    )]
    Flake(String),
}
