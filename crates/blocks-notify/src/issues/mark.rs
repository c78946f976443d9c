//! What an issue is of, hidden in its text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use blocks_evidence::printable_line;
use serde::{Deserialize, Serialize};

/// What a comment of HTML begins with that is ours. GitHub shows no such comment.
const BEGIN: &str = "<!-- blocks {";

const END: &str = " -->";

/// The most causes that an issue is of: what is known of each has to fit into its text.
pub(super) const MOST: usize = 50;

/// The longest text that is kept of a cause, in characters.
const TEXT: usize = 100;

/// The most stages that are kept of a cause.
const STAGES: usize = 8;

/// The longest text that is read as a mark, in bytes.
const LONGEST: usize = super::LIMIT;

/// What an issue is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    /// The workspace. One of another name in the same repository has issues of its own.
    pub(super) of: String,
    /// What it is of. Those that are on no branch are over.
    pub(super) causes: Vec<Cause>,
    /// In how many runs one of them was seen.
    pub(super) runs: u32,
    /// The commit of the first run.
    pub(super) first: Option<String>,
    /// The commit of the last run.
    pub(super) last: Option<String>,
    /// The run that was counted last.
    pub(super) run: String,
    /// How often it was closed because all was over.
    pub(super) closings: u32,
    /// The issue that is kept in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) same_as: Option<u64>,
}

/// How an issue comes to its causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MarkKind {
    /// It has one.
    Cause,
    /// Many came at once.
    Digest,
    /// Stages have no answer: whatever the causes are, there is one issue.
    Machine,
}

/// A cause, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cause {
    /// Its signature.
    pub(super) key: String,
    /// What it says, cut short.
    pub(super) says: String,
    /// The stages that do not pass for it.
    pub(super) stages: Vec<String>,
    /// The branches that have it.
    pub(super) on: BTreeSet<String>,
}

impl Cause {
    pub(super) fn of(key: &str, says: &str, stages: &[String], branch: &str) -> Self {
        Self {
            key: bounded(key, TEXT),
            says: bounded(&printable_line(&bounded(says, 4 * TEXT)), TEXT),
            stages: stages.iter().take(STAGES).map(|it| bounded(it, TEXT)).collect(),
            on: BTreeSet::from([branch.to_owned()]),
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.on.is_empty()
    }
}

/// What a workspace is called, as it is kept.
pub(super) fn of(name: &str) -> String {
    bounded(&printable_line(name), TEXT)
}

impl Mark {
    /// Whether nothing of it is left.
    pub(super) fn is_over(&self) -> bool {
        self.causes.iter().all(Cause::is_over)
    }

    /// The comment, in a line of its own.
    pub(super) fn hidden(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        // All of these stand in texts only, where JSON has another way to write them. A comment ends at `-->`.
        let mut out = String::from("<!-- blocks ");
        for c in text.chars() {
            match c {
                '<' | '>' | '-' | '&' | '@' | '#' => {
                    let _ = write!(out, "\\u{:04x}", u32::from(c));
                }
                _ => out.push(c),
            }
        }
        out + END
    }

    /// The mark in the text of an issue, and where in the text its line begins. What a tool printed stands after it.
    pub(super) fn find(text: &str) -> Option<(usize, Option<Self>)> {
        let at = text.match_indices(BEGIN).map(|(at, _)| at).find(|at| {
            // In a line of its own.
            text[..*at].is_empty() || text[..*at].ends_with('\n')
        })?;
        let line = text[at..].lines().next()?;
        let inner = line.trim_end().strip_prefix("<!-- blocks ")?.strip_suffix(END);
        let read = inner.filter(|it| it.len() <= LONGEST);
        Some((at, read.and_then(|it| serde_json::from_str(it).ok())))
    }
}

/// The first characters; an ellipsis is the last of them where there are more.
pub(super) fn bounded(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{kept}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(says: &str) -> Mark {
        Mark {
            kind: MarkKind::Cause,
            of: "app".to_owned(),
            causes: vec![Cause::of("0123456789abcdef", says, &["test".to_owned()], "main")],
            runs: 1,
            first: Some("abc".to_owned()),
            last: None,
            run: "1-1".to_owned(),
            closings: 0,
            same_as: None,
        }
    }

    #[test]
    fn a_mark_is_read_back_whatever_a_cause_says() {
        for says in ["a", "--> <!-- blocks {} --> @all #1 & \\ \"", "\u{202e}\n\u{1b}[31m", ""] {
            let mark = mark(says);
            let hidden = mark.hidden();
            let inner = hidden.strip_prefix("<!--").unwrap().strip_suffix("-->").unwrap();
            assert!(
                !inner.contains(['<', '>', '@', '#', '\n']) && !inner.contains("--"),
                "{hidden}"
            );
            assert_eq!(Mark::find(&format!("a person's\n{hidden}\r\nb")), Some((11, Some(mark))));
        }
    }

    proptest! {
        #[test]
        fn no_text_of_an_issue_makes_it_panic(text in "(<!-- blocks \\{|\"kind\":|-->|\n|\r|é|.){0,30}") {
            let _ = Mark::find(&text);
        }
    }

    #[test]
    fn the_first_mark_counts_and_one_inside_of_a_line_is_none() {
        let (own, other) = (mark("own"), mark("other"));
        let text = format!("{}\n{}\n", own.hidden(), other.hidden());
        assert_eq!(Mark::find(&text), Some((0, Some(own))));
        assert_eq!(Mark::find(&format!("> {}", other.hidden())), None);
        assert_eq!(Mark::find("<!-- blocks {\"kind\": -->"), Some((0, None)));
    }
}
