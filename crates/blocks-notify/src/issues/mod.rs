//! Issues of a repository, on GitHub, Forgejo or Gitea: one for each cause.
//!
//! An issue is found again by what stands hidden in its text (`mark.rs`). What is to be done is planned from the issues that
//! are there and from the run alone ([`Plan`]), so that who starts again after whatever end comes to what was left to do.
//! There is nothing else that would have to be kept.

mod body;
mod call;
mod cause;
mod client;
mod forge;
mod json;
mod known;
mod mark;
mod patience;
mod plan;
mod refusal;
mod token;

pub use client::{Client, Done, Line};
pub use known::Known;
pub use patience::Patience;
pub use plan::{Action, Comment, Edit, Note, Plan, Step};
pub use refusal::IssuesError;
pub use token::Token;

use blocks_config::BaseUrl;

/// Where GitHub's interface begins.
pub const GITHUB: &str = "https://api.github.com";

/// The most characters of an issue's text (<https://docs.github.com/en/rest/issues>). Bytes are counted, which are no fewer.
pub const LIMIT: usize = blocks_views::COMMENT;

/// Where issues are, and of what they are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the interface of the server begins; GitHub's where it is empty.
    pub api: BaseUrl,
    /// The repository: `owner/name`.
    pub repository: String,
    /// The labels that an issue gets. The first is what issues are found by.
    pub labels: Vec<String>,
    /// With more new causes than this, they become one issue.
    pub digest_above: usize,
    /// Whether an issue is closed when its cause is gone.
    pub close: bool,
    /// Whether what fails is told. What is over is told in any case.
    pub on_failure: bool,
}

/// Which run it is that is told of.
#[derive(Debug, Clone)]
pub struct At {
    /// The branch that it is of.
    pub branch: String,
    /// The branches that are told of. What an issue says of another is forgotten.
    pub branches: Vec<String>,
    /// What tells this run from every other: one that is told of twice counts once.
    pub id: String,
}
