//! By what a failure is known again.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How many digits a signature has: of 64 bits two are alike by chance once in four billion failures.
const DIGITS: usize = 16;

/// A name for a cause that it has in every run: sixteen hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String")]
pub struct Signature(String);

impl Signature {
    /// The signature of what these texts say together.
    pub(crate) fn of(texts: &[&str]) -> Self {
        let mut all = Sha256::new();
        for text in texts {
            // With its length before it, no text can be taken for a part of another.
            all.update(text.len().to_le_bytes());
            all.update(text);
        }
        let digits =
            all.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        Self(digits.chars().take(DIGITS).collect())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Signature {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if text.len() == DIGITS && text.chars().all(is_digit) {
            Ok(Self(text))
        } else {
            Err(format!("a signature has {DIGITS} hexadecimal digits"))
        }
    }
}
