//! A list of what has to hold, with what each came to.

use blocks_gates::Outcome;

/// The most lines that one says.
const LINES: usize = 50;

/// The most packages that are named beside a cause that they share.
const NAMES: usize = 5;

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

/// Causes of packages, in lines: each once, with those that it is of. Two of one workspace mostly lack the same.
pub fn by_cause(causes: Vec<(String, String)>) -> Vec<String> {
    let mut shared: Vec<(String, Vec<String>)> = Vec::new();
    for (package, cause) in causes {
        match shared.iter_mut().find(|(it, _)| *it == cause) {
            Some((_, packages)) => packages.push(package),
            None => shared.push((cause, vec![package])),
        }
    }
    shared.into_iter().map(|(cause, packages)| line(&cause, &packages)).collect()
}

fn line(cause: &str, packages: &[String]) -> String {
    let count = packages.len();
    if let [package] = packages {
        return format!("{package}: {cause}");
    }
    let named = packages[..count.min(NAMES)].join(", ");
    let more = count.saturating_sub(NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{count} packages: {cause}: {named}{more}")
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

#[cfg(test)]
mod tests {
    use super::by_cause;

    #[test]
    fn a_cause_is_told_once_with_those_that_it_is_of() {
        let causes = |all: &[(&str, &str)]| {
            by_cause(
                all.iter().map(|(of, cause)| ((*of).to_owned(), (*cause).to_owned())).collect(),
            )
        };
        assert_eq!(causes(&[]), [""; 0]);
        assert_eq!(
            causes(&[("a@1.0.0", "no licence"), ("b@1.0.0", "no text"), ("c@1.0.0", "no licence")]),
            ["2 packages: no licence: a@1.0.0, c@1.0.0", "b@1.0.0: no text"]
        );
        let many: Vec<_> = ["a", "b", "c", "d", "e", "f", "g"].map(|it| (it, "no")).to_vec();
        assert_eq!(causes(&many), ["7 packages: no: a, b, c, d, e and 2 more"]);
    }
}
