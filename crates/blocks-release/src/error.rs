use thiserror::Error;

use crate::NextError;

/// Why there is no plan.
#[derive(Debug, Error)]
pub enum PlanError {
    /// A file is not of a form that can be changed.
    #[error("{file}: {why}")]
    File {
        /// The file, from the workspace's root.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Members have tags of their own, and all would have the same.
    #[error(
        "`release.tag` is `{0}`, and members have versions of their own: write `{{name}}` into it, as in `{{name}}-v{{version}}`"
    )]
    SameTags(String),
    /// No version fits.
    #[error("{members}: {why}")]
    Next {
        /// The members that have one version.
        members: String,
        /// Why none fits.
        why: NextError,
    },
    /// Nothing may be released.
    #[error("no member is published: each says `publish = false`")]
    NothingPublished,
}

impl PlanError {
    pub(crate) fn file(file: &str, why: impl Into<String>) -> Self {
        Self::File { file: file.to_owned(), why: why.into() }
    }
}
