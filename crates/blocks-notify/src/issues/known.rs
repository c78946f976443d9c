//! An issue that is there.

use serde::Deserialize;

use super::mark::Mark;

/// An issue of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub number: u64,
    /// What it is called.
    pub title: String,
    /// Whether it is open.
    pub is_open: bool,
    /// Whether a person said that nothing is to be done: it is closed as not planned, or closed and locked.
    pub is_left_alone: bool,
    pub(super) body: String,
    /// What it is of; none where that cannot be read.
    pub(super) mark: Option<Mark>,
}

/// An issue, as servers write it. Only what is read is here.
#[derive(Debug, Deserialize)]
pub(super) struct Raw {
    pub(super) number: u64,
    #[serde(default)]
    title: String,
    state: String,
    #[serde(default)]
    state_reason: Option<String>,
    #[serde(default)]
    locked: bool,
    #[serde(default)]
    is_locked: bool,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    labels: Vec<RawLabel>,
    #[serde(default)]
    pull_request: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawLabel {
    Named { name: String },
    Plain(String),
    Other(serde::de::IgnoredAny),
}

impl Raw {
    /// Whether it has a label. Names of labels are the same in capitals and in small letters.
    pub(super) fn has(&self, label: &str) -> bool {
        self.labels.iter().any(|it| match it {
            RawLabel::Named { name } | RawLabel::Plain(name) => {
                name.to_lowercase() == label.to_lowercase()
            }
            RawLabel::Other(_) => false,
        })
    }

    /// The issue, where it is one of ours: with our label, where there is one, and our mark.
    pub(super) fn known(self, label: Option<&str>) -> Option<Known> {
        if self.pull_request.is_some() || label.is_some_and(|label| !self.has(label)) {
            return None;
        }
        let body = self.body.unwrap_or_default();
        let (_, mark) = Mark::find(&body)?;
        let is_open = self.state == "open";
        let is_refused = matches!(self.state_reason.as_deref(), Some("not_planned" | "duplicate"));
        Some(Known {
            number: self.number,
            title: self.title,
            is_open,
            is_left_alone: !is_open && (is_refused || self.locked || self.is_locked),
            body,
            mark,
        })
    }
}
