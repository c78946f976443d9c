use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a site stays as it is.
#[derive(Debug, Error)]
pub enum SiteError {
    /// The folder holds something else.
    #[error(
        "{folder} is not empty and is no site of Blocks ({why}): name a new folder, or an empty one"
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// What is not as it would be in one.
        why: String,
    },
    /// There is no site to take versions from.
    #[error("{folder} is no site of Blocks: {why}")]
    NoSite {
        /// The folder.
        folder: PathBuf,
        /// What is missing or wrong.
        why: String,
    },
    /// A newer Blocks wrote it.
    #[error(
        "{folder} was written by a newer Blocks (schema {schema}): use that one, or a newer one"
    )]
    Newer {
        /// The folder.
        folder: PathBuf,
        /// The schema of its `versions.json`.
        schema: u32,
    },
    /// A version is there with other contents.
    #[error(
        "version {version} is there already with other contents: documentation that people read should not change, so look at \
         the difference first, and replace it with --replace"
    )]
    Other {
        /// The version.
        version: String,
    },
    /// Where the version would go, there is something that nobody listed.
    #[error(
        "{path} is there, and versions.json does not list it: it is not ours to replace, so move it away first"
    )]
    Unlisted {
        /// What is there.
        path: PathBuf,
    },
    /// The files of a listed version are not those that were written.
    #[error("version {version} in {folder} is not as it was written: make it again")]
    Damaged {
        /// The version.
        version: String,
        /// The site.
        folder: PathBuf,
    },
    /// A new site would have no other versions.
    #[error(
        "{folder} has other versions ({versions}), which would be gone: add to it with --into, or say --replace"
    )]
    Others {
        /// The folder.
        folder: PathBuf,
        /// The versions.
        versions: String,
    },
    /// The site is of another workspace.
    #[error("{folder} is the site of `{found}` and not of `{wanted}`")]
    Name {
        /// The folder.
        folder: PathBuf,
        /// Whose it is.
        found: String,
        /// Whose it should be.
        wanted: String,
    },
    /// There is nothing to show.
    #[error("{folder} holds no documentation of a member: there is nothing to show")]
    Nothing {
        /// The folder of the pages.
        folder: PathBuf,
    },
    /// A file is none that a site can hold.
    #[error("{path} is neither a file nor a folder: rustdoc writes nothing else")]
    Special {
        /// The file.
        path: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("cannot {what} {path}: {source}")]
    File {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl SiteError {
    /// What makes an error of one of the system.
    pub(crate) fn file(
        what: &'static str,
        path: &std::path::Path,
    ) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { what, path: path.to_owned(), source }
    }

    /// Whether it is for the user to mend, and no fault of this machine.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::File { .. })
    }
}
