use crate::Code;
use serde::{Deserialize, Serialize};

/// One reason for a verdict.
///
/// The texts come from tools and tests and are kept as they are: whoever prints them to a terminal
/// passes them through `blocks_evidence::printable_line` (message, file) or `printable` (detail).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// What it is.
    pub code: Code,
    /// What it says, in a line.
    pub message: String,
    /// The source file, relative to the workspace where it is inside.
    pub file: Option<String>,
    /// The line in that file, counted from 1.
    pub line: Option<u32>,
    /// More of what the tool said, bounded.
    pub detail: Option<String>,
    /// The command that asks for this cause alone.
    pub repeat: Option<String>,
    /// The member whose record has it; none where that is the workspace's.
    pub unit: Option<String>,
    /// What to do about it, beyond what the message says.
    pub hint: Option<String>,
}

impl Cause {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            file: None,
            line: None,
            detail: None,
            repeat: None,
            unit: None,
            hint: None,
        }
    }

    pub(crate) fn at(mut self, place: Option<(String, u32)>) -> Self {
        if let Some((file, line)) = place {
            self.file = Some(file);
            self.line = Some(line);
        }
        self
    }

    /// Says which package it is about, where that is known. It stands in `unit` until the causes of
    /// several records are put together (see `causes.rs`), which tells whose record is the best one.
    pub(crate) fn about(mut self, package: Option<&str>) -> Self {
        self.unit = package.map(str::to_owned);
        self
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into()).filter(|detail| !detail.is_empty());
        self
    }
}
