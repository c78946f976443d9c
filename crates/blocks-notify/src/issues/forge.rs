//! In what servers differ.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// Whose interface it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forge {
    /// GitHub's, which has labels by their names.
    GitHub,
    /// Forgejo's or Gitea's, which has labels by their numbers.
    Gitea,
}

/// How many issues are asked for at once: what servers give at most.
const GITHUB_PAGE: usize = 100;
const GITEA_PAGE: usize = 50;

impl Forge {
    /// By the address, which ends with the interface's version: GitHub's own servers have `/api/v3` there.
    pub(super) fn of(api: &str) -> Self {
        if api.trim_end_matches('/').ends_with("/api/v1") { Self::Gitea } else { Self::GitHub }
    }

    /// The word before the token.
    pub(super) fn scheme(self) -> &'static str {
        match self {
            Self::GitHub => "Bearer",
            Self::Gitea => "token",
        }
    }

    /// How many things a full page has.
    pub(super) fn page(self) -> usize {
        match self {
            Self::GitHub => GITHUB_PAGE,
            Self::Gitea => GITEA_PAGE,
        }
    }

    /// The words of a query for a full page.
    pub(super) fn paged(self, page: usize) -> String {
        match self {
            Self::GitHub => format!("per_page={GITHUB_PAGE}&page={page}"),
            Self::Gitea => format!("limit={GITEA_PAGE}&page={page}"),
        }
    }

    /// The words of a query for issues, open and closed. The oldest come first where that can be had, so that one that is made
    /// meanwhile moves none.
    pub(super) fn issues(self, label: Option<&str>) -> String {
        let label = label.map(|it| format!("&labels={}", encoded(it))).unwrap_or_default();
        match self {
            Self::GitHub => format!("state=all&sort=created&direction=asc{label}"),
            Self::Gitea => format!("state=all&type=issues{label}"),
        }
    }

    /// What changes an issue.
    pub(super) fn edited(self, body: &str, is_open: Option<bool>, reason: Option<&str>) -> Value {
        let mut edit = json!({ "body": body });
        if let Some(is_open) = is_open {
            edit["state"] = if is_open { "open" } else { "closed" }.into();
        }
        if let (Self::GitHub, Some(reason)) = (self, reason) {
            edit["state_reason"] = reason.into();
        }
        edit
    }
}

/// A text in a query of a URL.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_known_by_where_its_interface_begins() {
        for (api, forge) in [
            ("https://api.github.com", Forge::GitHub),
            ("https://github.example.org/api/v3", Forge::GitHub),
            ("https://git.example.org/api/v1", Forge::Gitea),
            ("https://git.example.org/forge/api/v1/", Forge::Gitea),
        ] {
            assert_eq!(Forge::of(api), forge, "{api}");
        }
    }

    #[test]
    fn a_label_is_a_text_in_a_query() {
        assert_eq!(encoded("a b&state=open#ü"), "a%20b%26state%3Dopen%23%C3%BC");
    }
}
