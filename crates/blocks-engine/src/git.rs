use std::{
    ffi::OsStr,
    io::{self, Write as _},
    process::{Command, Output, Stdio},
    thread,
};

use crate::{EngineError, Workspace};

/// Git, in a workspace's folder.
pub(crate) struct Git<'a> {
    pub(crate) workspace: &'a Workspace,
}

impl Git<'_> {
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Output, EngineError> {
        self.command(&[], arguments).output().map_err(|error| not_run(&error))
    }

    fn command(&self, environment: &[(&str, &OsStr)], arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(&self.workspace.root)
            .env_clear()
            .envs(self.workspace.environment.iter().cloned())
            .envs(environment.iter().copied());
        command
    }

    fn unknown(&self, reason: String) -> EngineError {
        EngineError::Changes { folder: self.workspace.root.clone(), reason }
    }

    /// What git prints; `why` says what it means that it refuses.
    pub(crate) fn output(&self, arguments: &[&str], why: &str) -> Result<Vec<u8>, EngineError> {
        self.output_with(&[], arguments, why)
    }

    /// The same, with variables of the environment.
    pub(crate) fn output_with(
        &self,
        environment: &[(&str, &OsStr)],
        arguments: &[&str],
        why: &str,
    ) -> Result<Vec<u8>, EngineError> {
        let output =
            self.command(environment, arguments).output().map_err(|error| not_run(&error))?;
        self.printed(output, why)
    }

    /// The same of what reads its standard input.
    pub(crate) fn output_of(
        &self,
        arguments: &[&str],
        input: &[u8],
        why: &str,
    ) -> Result<Vec<u8>, EngineError> {
        self.output_given(&[], arguments, input, why)
    }

    /// The same, with variables of the environment.
    pub(crate) fn output_given(
        &self,
        environment: &[(&str, &OsStr)],
        arguments: &[&str],
        input: &[u8],
        why: &str,
    ) -> Result<Vec<u8>, EngineError> {
        let output = fed(&mut self.command(environment, arguments), input)
            .map_err(|error| not_run(&error))?;
        self.printed(output, why)
    }

    fn printed(&self, output: Output, why: &str) -> Result<Vec<u8>, EngineError> {
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.trim();
        Err(self.unknown(if said.is_empty() { why.to_owned() } else { format!("{why}\n{said}") }))
    }

    pub(crate) fn text(&self, arguments: &[&str], why: &str) -> Result<String, EngineError> {
        let output = self.output(arguments, why)?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    /// That git knows the workspace's files.
    pub(crate) fn check_checkout(&self) -> Result<(), EngineError> {
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
    pub(crate) fn base(&self, revision: &str) -> Result<String, EngineError> {
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

    /// A commit in as few characters as tell it from others.
    pub(crate) fn short(&self, commit: &str) -> Result<String, EngineError> {
        self.text(&["rev-parse", "--short", commit], "git does not abbreviate it")
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<String, EngineError> {
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

fn not_run(error: &io::Error) -> EngineError {
    EngineError::Program { program: "git".to_owned(), reason: error.to_string() }
}

/// Runs a command that reads all of `input`, while what it prints is read: it may print before it has read all.
fn fed(command: &mut Command, input: &[u8]) -> io::Result<Output> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn()?;
    let stdin = child.stdin.take();
    thread::scope(|scope| {
        // One that ends without reading says why by its status.
        let write = || stdin.map(|mut stdin| stdin.write_all(input));
        scope.spawn(move || drop(write()));
        child.wait_with_output()
    })
}
