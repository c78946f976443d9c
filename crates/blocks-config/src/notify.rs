//! `.github/notify-config.yml`.

use crate::check::{Violation, no_duplicates};
use crate::key::{Key, Kind, Setting, settings};
use crate::{ConfigError, ConfigFile, Loaded};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who hears of a run, and how: `.github/notify-config.yml`.
///
/// Addresses and tokens are no part of it: they come from the environment at run time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotifyConfig {
    /// When and where people are told.
    pub notifications: Notifications,
}

settings! {
    /// When and where people are told.
    #[serde(default)]
    pub struct Notifications at "notifications" {
        /// Whether a run that fails is told of.
        on_failure: bool [""],
        /// Whether a run that passes is told of.
        on_success: bool [""],
        /// The ways that a message takes. An empty list sends nothing.
        channels: Vec<Channel> [""],
    }
}

impl Default for Notifications {
    fn default() -> Self {
        Self {
            on_failure: true,
            on_success: false,
            channels: vec![Channel::GithubIssues, Channel::Email],
        }
    }
}

/// A way that a message takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Channel {
    /// An issue of the repository on GitHub.
    GithubIssues,
    /// A mail.
    Email,
}

impl Channel {
    /// The word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GithubIssues => "github_issues",
            Self::Email => "email",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Setting for Channel {
    const KIND: Kind = Kind::Choice(&["github_issues", "email"]);
    fn show(&self) -> String {
        self.to_string()
    }
}

impl NotifyConfig {
    /// Reads the text of a file; `origin` is its name in messages.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        Loaded::parse(text, origin).map(|loaded| loaded.config)
    }

    /// Reads a file; one that does not exist means the defaults.
    pub fn load(path: &std::path::Path) -> Result<Self, ConfigError> {
        Loaded::load(path).map(|loaded| loaded.config)
    }
}

impl ConfigFile for NotifyConfig {
    const FILE: &'static str = ".github/notify-config.yml";

    fn keys() -> &'static [Key] {
        Notifications::KEYS
    }

    fn show(&self, path: &str) -> Option<String> {
        let key = path.strip_prefix("notifications.")?;
        self.notifications.show(key)
    }

    fn check(&self) -> Option<Violation> {
        let channels = self.notifications.channels.iter().enumerate();
        no_duplicates(channels.map(|(i, c)| (format!("notifications.channels[{i}]"), c.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_the_word_that_serde_reads() {
        let Kind::Choice(words) = Channel::KIND else {
            panic!("a channel is a choice");
        };
        let all = [Channel::GithubIssues, Channel::Email];
        assert_eq!(all.map(Channel::as_str), words);
        assert_eq!(serde_json::to_value(all).unwrap(), serde_json::json!(words));
    }
}
