//! A message on its way.

use serde::{Deserialize, Serialize};

/// A message to somebody, as it lies in the spool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    /// Its name in all the world, without `<>`: two messages with one name are the same message.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub created: u64,
    /// What it says, for people who look into the spool.
    pub subject: String,
    /// Who is still to have it: addresses of mail, or the one name of a channel.
    pub to: Vec<String>,
    /// The way that it takes, and what takes it.
    pub via: Via,
    /// How often it was tried.
    #[serde(default)]
    pub attempts: u32,
    /// When it is tried again, in seconds since 1970.
    #[serde(default)]
    pub not_before: u64,
    /// Why it was not sent the last time.
    #[serde(default)]
    pub last_error: Option<String>,
}

/// The way that a message takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Via {
    /// By mail.
    Mail {
        /// The address that errors go to.
        from: String,
        /// The whole message, which is of ASCII.
        raw: String,
    },
    /// By a request to an address that only the environment knows.
    Webhook {
        /// The JSON that is sent.
        body: String,
    },
}

impl Via {
    /// In a word.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Mail { .. } => "mail",
            Self::Webhook { .. } => "webhook",
        }
    }
}
