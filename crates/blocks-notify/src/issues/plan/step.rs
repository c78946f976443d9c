//! Single things to do.

use blocks_views::markdown_text;

use crate::issues::mark::bounded;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A new issue.
    Create {
        /// What it is called.
        title: String,
        /// Its text.
        body: String,
        /// The causes that it is of.
        keys: Vec<String>,
    },
    /// One that is there gets another text, and is closed or opened, after a comment where one is due.
    Edit(Edit, Option<Comment>),
}

/// What becomes of an issue that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its number.
    pub number: u64,
    /// What it is called.
    pub title: String,
    /// Its new text.
    pub body: String,
    /// Why.
    pub step: Step,
    pub(super) id: String,
}

/// A comment, which is made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What it is found again by.
    pub key: String,
    /// Its text, the key in it.
    pub body: String,
}

/// Why an issue is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was seen again, or something else is known of it.
    Again,
    /// It was closed, and is back: it is opened.
    Back,
    /// It is over for the so-manieth time: it is closed.
    Over(u32),
    /// It is the same as another: it is closed.
    Same(u64),
}

/// Something that somebody should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It is there, and was closed by somebody who wants nothing done.
    LeftAlone(u64, String),
    /// The mark in its text cannot be read.
    Unreadable(u64),
}

impl Step {
    /// Whether the issue is open after it; none where that stays.
    pub(in crate::issues) fn is_open(self) -> Option<bool> {
        match self {
            Self::Again => None,
            Self::Back => Some(true),
            Self::Over(_) | Self::Same(_) => Some(false),
        }
    }

    /// Why, for a server that asks for a reason.
    pub(in crate::issues) fn reason(self) -> Option<&'static str> {
        match self {
            Self::Again => None,
            Self::Back => Some("reopened"),
            Self::Over(_) => Some("completed"),
            Self::Same(_) => Some("not_planned"),
        }
    }

    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Self::Again => "updated",
            Self::Back => "reopened",
            Self::Over(_) => "closed",
            Self::Same(_) => "closed as the same",
        }
    }
}

impl Edit {
    /// What is said beside it. Each closing of a run is said once, whoever starts again.
    pub(super) fn comment(&self, branch: &str, revision: Option<&str>) -> Option<Comment> {
        let Step::Over(closing) = self.step else { return None };
        // Texts from elsewhere, in a comment of HTML: only what means nothing there.
        let id: String = self.id.chars().filter(char::is_ascii_alphanumeric).take(80).collect();
        let key = format!("<!-- blocks:over {closing} {id} -->");
        let short =
            revision.map(|it| format!(" at <code>{}</code>", markdown_text(&bounded(it, 40))));
        let (short, branch) = (short.unwrap_or_default(), markdown_text(branch));
        let body = format!(
            "It is over{short} of <code>{branch}</code>: the stages that had it were asked, and have it no more.\n\n{key}"
        );
        Some(Comment { key, body })
    }
}

impl Note {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::LeftAlone(number, title) => format!(
                "#{number} ({title}) is there again, and is left closed, as somebody closed it as not planned, or locked it"
            ),
            Self::Unreadable(number) => format!(
                "#{number} is left alone, as the line `<!-- blocks … -->` in its text cannot be read: mend it, or take the \
                 line or the label away"
            ),
        }
    }
}
