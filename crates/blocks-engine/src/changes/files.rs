use std::{
    ffi::OsStr,
    path::PathBuf,
    process::{Command, Output},
};

use crate::{EngineError, Workspace};

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
    /// `views` are files that Blocks itself writes, such as badges: they are no sources.
    pub fn since(
        workspace: &Workspace,
        revision: &str,
        views: &[PathBuf],
    ) -> Result<Self, EngineError> {
        let git = Git { workspace };
        git.check_checkout()?;
        let commit = git.base(revision)?;
        let short = git.text(&["rev-parse", "--short", &commit], "git does not abbreviate it")?;
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
        files.retain(|file| !views.contains(&PathBuf::from(file)));
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

/// Git, in a workspace's folder.
struct Git<'a> {
    workspace: &'a Workspace,
}

impl Git<'_> {
    fn run(&self, arguments: &[&str]) -> Result<Output, EngineError> {
        Command::new("git")
            .args(arguments)
            .current_dir(&self.workspace.root)
            .env_clear()
            .envs(self.workspace.environment.iter().cloned())
            .output()
            .map_err(|error| EngineError::Program {
                program: "git".to_owned(),
                reason: error.to_string(),
            })
    }

    fn unknown(&self, reason: String) -> EngineError {
        EngineError::Changes { folder: self.workspace.root.clone(), reason }
    }

    /// What git prints; `why` says what it means that it refuses.
    fn output(&self, arguments: &[&str], why: &str) -> Result<Vec<u8>, EngineError> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim();
        Err(self.unknown(if said.is_empty() { why.to_owned() } else { format!("{why}\n{said}") }))
    }

    fn text(&self, arguments: &[&str], why: &str) -> Result<String, EngineError> {
        let output = self.output(arguments, why)?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    /// That git knows the workspace's files.
    fn check_checkout(&self) -> Result<(), EngineError> {
        let why = "no git checkout holds it, so there is no earlier state to compare with: check all \
                   members";
        let inside = self.text(&["rev-parse", "--is-inside-work-tree"], why)?;
        if inside != "true" {
            return Err(self.unknown(why.to_owned()));
        }
        // In a folder that an outer checkout ignores nothing would ever change.
        if self.run(&["check-ignore", "--quiet", "Cargo.toml"])?.status.success() {
            return Err(self.unknown("git ignores its Cargo.toml: check all members".to_owned()));
        }
        Ok(())
    }

    /// The last commit that a revision has in common with `HEAD`.
    fn base(&self, revision: &str) -> Result<String, EngineError> {
        let commit = self.commit(revision)?;
        if revision == "HEAD" {
            return Ok(commit);
        }
        let head = self.commit("HEAD")?;
        let why = format!(
            "`{revision}` and HEAD have no commit in common: a shallow clone gets it by `git fetch \
             --unshallow`"
        );
        let base = self.text(&["merge-base", &commit, &head], &why)?;
        Ok(base.lines().next().unwrap_or_default().to_owned())
    }

    fn commit(&self, revision: &str) -> Result<String, EngineError> {
        let why = if revision == "HEAD" {
            "there is no commit yet to compare with: check all members".to_owned()
        } else {
            format!(
                "git knows no revision `{revision}`: `git fetch` brings branches from elsewhere, and \
                 `git log` shows what there is"
            )
        };
        let named = format!("{revision}^{{commit}}");
        self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &named], &why)
    }
}

/// Names that git ended with a zero byte each.
fn names(list: &[u8]) -> Vec<String> {
    use std::os::unix::ffi::OsStrExt as _;
    let names = list.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| OsStr::from_bytes(name).to_string_lossy().into_owned()).collect()
}
