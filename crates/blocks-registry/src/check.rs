//! A list of what has to hold, with what each came to.

use blocks_gates::Outcome;

/// The most lines that one says.
const LINES: usize = 50;

/// Something that has to hold before a release, or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is, in a word: part of the interface.
    pub id: &'static str,
    /// What it is about: a package, or nothing where it is about all.
    pub about: Option<String>,
    /// What it came to. What could not be looked at is [`Outcome::NoVerdict`], and never passes.
    pub outcome: Outcome,
    /// What there is to say, in lines: the causes, where it does not pass.
    pub said: Vec<String>,
}

impl Check {
    /// A check about all, or about what [`Check::about`] names.
    pub fn new(id: &'static str, outcome: Outcome, said: impl Into<Vec<String>>) -> Self {
        let mut said = said.into();
        let more = said.len().saturating_sub(LINES);
        said.truncate(LINES);
        said.extend((more > 0).then(|| format!("and {more} more")));
        Self { id, about: None, outcome, said }
    }

    /// It holds.
    pub fn pass(id: &'static str, said: impl Into<String>) -> Self {
        Self::new(id, Outcome::Pass, [said.into()])
    }

    /// It does not hold.
    pub fn fail(id: &'static str, said: impl Into<String>) -> Self {
        Self::new(id, Outcome::Fail, [said.into()])
    }

    /// Nobody knows.
    pub fn unknown(id: &'static str, said: impl Into<String>) -> Self {
        Self::new(id, Outcome::NoVerdict, [said.into()])
    }

    /// The same about a package.
    #[must_use]
    pub fn about(mut self, what: &str) -> Self {
        self.about = Some(what.to_owned());
        self
    }

    /// Of causes: it holds where there is none.
    pub fn of_causes(id: &'static str, good: impl Into<String>, causes: Vec<String>) -> Self {
        if causes.is_empty() { Self::pass(id, good) } else { Self::new(id, Outcome::Fail, causes) }
    }
}

/// What a list comes to: the worst of what is in it. A list of nothing is no verdict.
pub fn overall(checks: &[Check]) -> Outcome {
    let has = |outcome| checks.iter().any(|it| it.outcome == outcome);
    if has(Outcome::Fail) {
        Outcome::Fail
    } else if has(Outcome::NoVerdict) || checks.is_empty() {
        Outcome::NoVerdict
    } else {
        Outcome::Pass
    }
}
