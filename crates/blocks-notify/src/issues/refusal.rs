//! Why something is not told.

use thiserror::Error;

use crate::NoCertificates;

/// What calls are for.
pub(super) const READ: &str = "read issues";
pub(super) const READ_COMMENTS: &str = "read comments";
pub(super) const READ_LABELS: &str = "read labels";
pub(super) const OPEN: &str = "open issues";
pub(super) const CHANGE: &str = "change issues";
pub(super) const COMMENT: &str = "comment on issues";
pub(super) const LABEL: &str = "label issues";
pub(super) const MAKE_LABELS: &str = "make labels";

/// Why issues are not as they should be. What is left to do is done by the next start.
#[derive(Debug, Error)]
pub enum IssuesError {
    /// Nobody lets us in.
    #[error(
        "there is no token for issues: give one in BLOCKS_GITHUB_TOKEN or GITHUB_TOKEN; on GitHub it is \
         `${{{{ github.token }}}}` of a job with `permissions: issues: write`"
    )]
    NoToken,
    /// Nobody can be trusted.
    #[error(transparent)]
    NoCertificates(#[from] NoCertificates),
    /// The server takes the token not at all.
    #[error(
        "the server does not take the token ({said}): give one that is valid in BLOCKS_GITHUB_TOKEN or GITHUB_TOKEN"
    )]
    Unknown {
        /// What the server says.
        said: String,
    },
    /// The token may not do it.
    #[error(
        "the token may not {what} of {repository} ({said}): give the job `permissions: issues: write`, or a token that may"
    )]
    Forbidden {
        /// What was to be done.
        what: &'static str,
        /// The repository.
        repository: String,
        /// What the server says.
        said: String,
    },
    /// There is no such repository, or issue.
    #[error(
        "the server has nothing where to {what} of {repository} ({said}), or does not show it to this token: look at \
         issues.repository and issues.api of .github/notify-config.yml"
    )]
    Absent {
        /// What was to be done.
        what: &'static str,
        /// The repository.
        repository: String,
        /// What the server says.
        said: String,
    },
    /// The repository has no issues.
    #[error(
        "{repository} has no issues ({said}): switch them on in its settings, or take github_issues out of \
         notifications.channels"
    )]
    SwitchedOff {
        /// The repository.
        repository: String,
        /// What the server says.
        said: String,
    },
    /// It is somewhere else.
    #[error(
        "{repository} has moved, or the server has ({said}): name where it is in issues.repository or issues.api"
    )]
    Moved {
        /// The repository.
        repository: String,
        /// What the server says.
        said: String,
    },
    /// What was sent is not taken.
    #[error("the server does not let us {what} of {repository} as it is written ({said})")]
    NotTaken {
        /// What was to be done.
        what: &'static str,
        /// The repository.
        repository: String,
        /// What the server says.
        said: String,
    },
    /// There were too many calls.
    #[error(
        "the server has a limit of calls ({said}), and asks to wait {seconds} seconds: what is left to tell is told by the \
         next run"
    )]
    Limited {
        /// What the server says.
        said: String,
        /// How long.
        seconds: u64,
    },
    /// The server has a fault, or cannot be reached.
    #[error(
        "the server does not answer ({said}), after {tries} tries: what is left to tell is told by the next run"
    )]
    Unreachable {
        /// What happened.
        said: String,
        /// How often it was tried.
        tries: u32,
    },
    /// Nobody knows whether it was done.
    #[error(
        "the server gave no answer to {what} of {repository} ({said}), so that it may be done or not"
    )]
    Unsure {
        /// What was to be done.
        what: &'static str,
        /// The repository.
        repository: String,
        /// What happened.
        said: String,
    },
    /// The answer is not what is documented.
    #[error(
        "the answer of the server is not understood ({said}): is issues.api the interface of GitHub, Forgejo or Gitea?"
    )]
    NotUnderstood {
        /// What is wrong.
        said: String,
    },
    /// There are more issues than anybody has.
    #[error(
        "{repository} has too many issues to look through: name a label of their own in issues.labels"
    )]
    TooMany {
        /// The repository.
        repository: String,
    },
}

impl IssuesError {
    /// Whether it concerns one issue: others may still be told.
    pub(super) fn is_of_one(&self) -> bool {
        match self {
            Self::NotTaken { what, .. }
            | Self::Absent { what, .. }
            | Self::Forbidden { what, .. } => {
                matches!(*what, OPEN | CHANGE | COMMENT)
                    && (*what != OPEN || matches!(self, Self::NotTaken { .. }))
            }
            _ => false,
        }
    }
}
