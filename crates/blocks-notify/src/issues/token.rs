//! What lets us in.

use std::fmt;

/// A secret that no text shows.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token, where it can stand in a header: blanks at its ends are none of it.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_token = !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        is_token.then(|| Self(text.to_owned()))
    }

    /// What stands after the scheme in a header.
    pub(super) fn secret(&self) -> &str {
        &self.0
    }

    /// A text of a server or a library without it: who sends it back must not write it into a log.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
