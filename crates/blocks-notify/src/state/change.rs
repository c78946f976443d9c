//! What a run changes of what is known.

use super::Known;

/// When people are told, as the section `notifications` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether a run that fails is told of, and its end.
    pub on_failure: bool,
    /// Whether a run that passes is told of.
    pub on_success: bool,
}

/// What happened to a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// It fails where it did not: the branch was green, or has failures that it had not.
    Broke,
    /// It still fails as it did, a day later.
    StillBroken,
    /// Nothing of what failed does any more, and each of the stages was asked.
    Fixed,
    /// Stages have no answer: nothing is known of the code, neither that it is broken nor that it is not.
    NoAnswer,
    /// It passes, as it did.
    Passed,
}

impl What {
    /// In words, after the name of a branch.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Broke => "broke",
            Self::StillBroken => "is still broken",
            Self::Fixed => "is fixed",
            Self::NoAnswer => "has no answer",
            Self::Passed => "passes",
        }
    }

    /// In a word for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Broke => "broke",
            Self::StillBroken => "still-broken",
            Self::Fixed => "fixed",
            Self::NoAnswer => "no-answer",
            Self::Passed => "passed",
        }
    }

    /// Whether people hear of it.
    pub(crate) const fn is_told(self, told: Told) -> bool {
        match self {
            Self::Broke | Self::StillBroken | Self::NoAnswer => told.on_failure,
            Self::Fixed => told.on_failure || told.on_success,
            Self::Passed => told.on_success,
        }
    }
}

/// What there is to tell of a branch after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub what: What,
    /// What fails and did not.
    pub new: Vec<Known>,
    /// What was known to fail, and is not over: the run has it again, or did not ask.
    pub still: Vec<Known>,
    /// What is over since people were last told.
    pub over: Vec<Known>,
    /// Why stages have no answer.
    pub unanswered: Vec<Known>,
    /// How many failures more the run has than are known one by one.
    pub more: usize,
    /// When this is, in seconds since 1970.
    pub at: u64,
    /// The name of the message that this is an answer to; none where it begins a thread.
    pub thread: Option<String>,
}

impl Change {
    /// All failures that it is about: whoever is concerned by one of them is told.
    pub fn all(&self) -> impl Iterator<Item = &Known> {
        [&self.new, &self.still, &self.over, &self.unanswered].into_iter().flatten()
    }
}
