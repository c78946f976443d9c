use std::ffi::OsStr;

use crate::{EngineError, OwnFiles, Workspace, git::Git};

/// The files of a workspace that differ from an earlier state of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The commit that they are compared with.
    pub commit: String,
    /// The same, in as few characters as tell it from others.
    pub short: String,
    /// Paths from the workspace's root, in alphabetical order: what was edited, added or removed
    /// since, committed or not, but for what git ignores.
    pub files: Vec<String>,
}

impl Changed {
    /// What changed since a revision: since the last commit that it has in common with `HEAD`.
    ///
    /// What is Blocks' own is left out.
    pub fn since(
        workspace: &Workspace,
        revision: &str,
        own: &OwnFiles,
    ) -> Result<Self, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        let commit = git.base(revision)?;
        let short = git.short(&commit)?;
        let why = "git does not list the files that differ";
        let diff = [
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--relative",
            &commit,
            "--",
        ];
        let mut files = names(&git.output(&diff, why)?);
        files.extend(names(&git.output(
            &["ls-files", "-z", "--others", "--exclude-standard"],
            "git does not list the files that are new",
        )?));
        files.retain(|file| !own.has(file.as_ref()));
        files.sort();
        files.dedup();
        Ok(Self { commit, short, files })
    }

    /// The text that a file had then; nothing where there was none.
    pub(super) fn text_then(&self, workspace: &Workspace, file: &str) -> Option<String> {
        let output = Git { workspace }.run(&["show", &format!("{}:./{file}", self.commit)]).ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Names that git ended with a zero byte each.
fn names(list: &[u8]) -> Vec<String> {
    use std::os::unix::ffi::OsStrExt as _;
    let names = list.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| OsStr::from_bytes(name).to_string_lossy().into_owned()).collect()
}
