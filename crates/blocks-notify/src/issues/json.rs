//! Answers, read.

use serde::de::DeserializeOwned;

use super::IssuesError;

/// What an answer has, as far as it is read.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, IssuesError> {
    serde_json::from_slice(body)
        .map_err(|error| IssuesError::NotUnderstood { said: error.to_string() })
}
