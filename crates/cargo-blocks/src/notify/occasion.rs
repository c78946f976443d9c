//! Whether a run is one to tell of.

use blocks_config::{Event, NotifyConfig};
use blocks_engine::{Workspace, current_branch, default_branch};
use blocks_evidence::printable_line;

use super::Ci;

/// Whether a run is one to tell of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// It is.
    Of {
        /// The branch that it is of.
        branch: String,
        /// The branches that are told of.
        branches: Vec<String>,
    },
    /// Nobody wants to hear of it.
    Silent {
        /// The branch, where it has one.
        branch: Option<String>,
        /// Why, in words.
        why: String,
    },
    /// It is not known, and what to do about that.
    Unknown(String),
}

impl Occasion {
    /// What the configuration says of a run. The command line's branch is the one, whatever a runner says.
    pub(crate) fn of(
        ci: &Ci,
        config: &NotifyConfig,
        workspace: Option<&Workspace>,
        named: Option<&str>,
    ) -> Self {
        let wanted = &config.notifications;
        if let Some(event) = ci.event.as_deref().filter(|_| named.is_none())
            && !wanted.events.iter().any(|it| it.as_str() == event)
        {
            let why = format!(
                "it was started by `{}`, and notifications.events has {}",
                printable_line(event),
                words(wanted.events.iter().map(|it: &Event| it.as_str()))
            );
            return Self::Silent { branch: ci.branch.clone(), why };
        }
        let branch = named.map(str::to_owned).or_else(|| {
            if ci.event.is_some() { ci.branch.clone() } else { workspace.and_then(current_branch) }
        });
        let Some(branch) = branch else {
            return no_branch(ci);
        };
        let mut branches: Vec<_> =
            wanted.branches.iter().filter_map(|it| it.get()).map(str::to_owned).collect();
        if branches.is_empty() {
            let default = ci.default_branch.clone().or_else(|| workspace.and_then(default_branch));
            let Some(default) = default else {
                let why = "nobody says which branch the repository is shown by: name it in notifications.branches of \
                           .github/notify-config.yml, or let git know it by `git remote set-head origin --auto`";
                return Self::Unknown(why.to_owned());
            };
            branches.push(default);
        }
        if branches.contains(&branch) {
            return Self::Of { branch, branches };
        }
        let why = format!(
            "it is of the branch `{}`, and people are told of {}",
            printable_line(&branch),
            words(branches.iter().map(String::as_str))
        );
        Self::Silent { branch: Some(branch), why }
    }

    pub(crate) fn branch(&self) -> Option<&str> {
        match self {
            Self::Of { branch, .. } => Some(branch),
            Self::Silent { branch, .. } => branch.as_deref(),
            Self::Unknown(_) => None,
        }
    }
}

fn no_branch(ci: &Ci) -> Occasion {
    if ci.event.is_some() {
        return Occasion::Silent {
            branch: None,
            why: "it is of no branch, but of a tag".to_owned(),
        };
    }
    Occasion::Unknown("git does not say which branch this is: say it with --branch".to_owned())
}

/// `a, b`
fn words<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<_> = all.map(printable_line).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}
