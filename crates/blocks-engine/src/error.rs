use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why an engine could not start, or had to stop. What a stage comes to is in its record instead.
#[derive(Debug, Error)]
pub enum EngineError {
    /// There is no workspace here, or cargo does not accept it.
    #[error("cargo does not accept the workspace at {folder}:\n{reason}")]
    Workspace {
        /// The folder.
        folder: PathBuf,
        /// What cargo says.
        reason: String,
    },
    /// A program that every run needs is not there.
    #[error("cannot run `{program}`: {reason}")]
    Program {
        /// The program.
        program: String,
        /// What the system says.
        reason: String,
    },
    /// A tool could not be installed.
    #[error("cannot install {tool}: {reason}")]
    Install {
        /// The tool.
        tool: String,
        /// What each way to install it came to.
        reason: String,
    },
    /// A file or folder of the engine's own could not be read or written.
    #[error("cannot {what} {path}: {reason}")]
    File {
        /// What was tried: `read`, `write`, ….
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It is not known what changed in a workspace.
    #[error("cannot tell what changed in {folder}: {reason}")]
    Changes {
        /// The workspace's folder.
        folder: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// A branch of results could not be read or written.
    #[error("the branch `{branch}` cannot hold results: {reason}")]
    Results {
        /// The branch.
        branch: String,
        /// Why, and what to do.
        reason: String,
    },
    /// The configuration is about an example that is not there.
    #[error("examples.compile_only names `{0}`, and no member has an example of that name")]
    Example(String),
    /// The configuration is about a document that is not read.
    #[error("docs.files names `{0}`, which {1}")]
    Document(String, String),
    /// Cargo makes no documentation.
    #[error("the documentation of {folder} is not made: what cargo told above says why")]
    Documentation {
        /// The workspace's folder.
        folder: PathBuf,
    },
    /// Nix did not evaluate the flake.
    #[error("nix does not evaluate the flake:\n{0}")]
    Nix(String),
    /// A binary cache could not be asked or written.
    #[error("cannot {what} the cache `{store}`: {reason}")]
    Cache {
        /// What was tried: `read`, `write`.
        what: &'static str,
        /// Its address.
        store: String,
        /// Why, and what to do.
        reason: String,
    },
    /// The user ended the run.
    #[error("interrupted")]
    Interrupted,
}

impl EngineError {
    /// For `map_err` on the result of a file operation.
    pub(crate) fn file<E: std::fmt::Display>(
        what: &'static str,
        path: &Path,
    ) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        move |error| Self::File { what, path, reason: error.to_string() }
    }
}
