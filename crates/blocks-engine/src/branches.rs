use crate::{EngineError, Workspace, git::Git};

/// The most branches that are looked at: those that were changed last.
const MOST: usize = 12;

/// The most commits of a branch that are looked at.
const COMMITS: usize = 200;

/// A branch, and the commits that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Its name: `main`.
    pub name: String,
    /// Its commits, the newest first; of a merge, what it was merged into.
    pub revisions: Vec<String>,
}

impl Branch {
    /// The branches of the repository that the workspace lies in, without those that are named in `except`; that of the work
    /// tree first, the others by when they were changed last. Where there is no checkout there are none.
    pub fn all(workspace: &Workspace, except: &[&str]) -> Result<Vec<Self>, EngineError> {
        let git = Git { workspace };
        if git.check_checkout().is_err() {
            return Ok(Vec::new());
        }
        let listed = git.text(
            &[
                "for-each-ref",
                "--sort=-committerdate",
                "--format=%(HEAD)%(refname:lstrip=2)",
                "refs/heads",
            ],
            "git does not list branches",
        )?;
        // A star, or a blank, which the first line lost with its other blanks.
        let mut names: Vec<_> = listed
            .lines()
            .map(|line| (!line.starts_with('*'), line.trim_start_matches(['*', ' '])))
            .filter(|(_, name)| !except.contains(name))
            .collect();
        names.sort_by_key(|(is_another, _)| *is_another);
        let names = names.into_iter().take(MOST);
        names.map(|(_, name)| Self::named(&git, name)).collect()
    }

    fn named(git: &Git<'_>, name: &str) -> Result<Self, EngineError> {
        let (most, reference) = (format!("--max-count={COMMITS}"), format!("refs/heads/{name}"));
        let words = ["rev-list", "--first-parent", &most, "--end-of-options", &reference];
        let listed = git.text(&words, "git does not list commits")?;
        Ok(Self { name: name.to_owned(), revisions: listed.lines().map(str::to_owned).collect() })
    }
}
