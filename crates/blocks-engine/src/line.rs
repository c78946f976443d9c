use crate::{EngineError, Workspace, git::Git};

/// The most commits of a line that are looked at.
const MOST: usize = 20_000;

/// What stands between the parts of a commit. A subject may hold it: it comes last.
const BETWEEN: char = '\u{1f}';

/// Commits one after the other, each the first parent of the next: what a branch was, whatever was merged into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The oldest first. There is at least one.
    pub commits: Vec<LineCommit>,
}

/// A commit of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineCommit {
    /// Its name: 40 hexadecimal digits, or 64.
    pub revision: String,
    /// When its author made it: `2026-11-27T10:00:00+01:00`.
    pub author_date: String,
    /// The first line of its message, as it is.
    pub subject: String,
}

impl Line {
    /// The commits that lead to a revision, with it: at most the last 20,000.
    pub fn to(workspace: &Workspace, revision: &str) -> Result<Self, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        let commit = git.commit(revision)?;
        let (most, form) = (format!("--max-count={MOST}"), "--format=%H%x1f%aI%x1f%s");
        let words = [
            "log",
            "-z",
            "--first-parent",
            "--no-show-signature",
            "--encoding=UTF-8",
            &most,
            form,
            "--end-of-options",
            &commit,
        ];
        let listed = git.output(&words, "git does not list commits")?;
        let listed = String::from_utf8_lossy(&listed);
        let mut commits: Vec<_> = listed.split('\0').filter_map(LineCommit::read).collect();
        commits.reverse();
        Ok(Self { commits })
    }

    /// The same from another revision on, which has to be one of them.
    pub fn since(mut self, workspace: &Workspace, revision: &str) -> Result<Self, EngineError> {
        let commit = Git { workspace }.commit(revision)?;
        match self.commits.iter().position(|it| it.revision == commit) {
            Some(at) => {
                self.commits.drain(..at);
                Ok(self)
            }
            None => Err(EngineError::Changes {
                folder: workspace.root.clone(),
                reason: format!(
                    "`{revision}` is none of the last {} commits that lead to the other revision by \
                     first parents: `git log --first-parent` shows these",
                    self.commits.len()
                ),
            }),
        }
    }
}

impl LineCommit {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, BETWEEN).map(str::to_owned);
        let (revision, author_date) = (parts.next()?, parts.next()?);
        Some(Self { revision, author_date, subject: parts.next()? })
    }
}
