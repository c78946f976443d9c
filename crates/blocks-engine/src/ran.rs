//! Commands that are asked for what they print.

use std::{
    ffi::OsString,
    fs::{self, File},
    path::Path,
    time::{Duration, Instant},
};

use crate::{
    Cancel, EngineError, Workspace,
    process::{Capture, Limits, Outcome, Run, mark, run},
};

/// Where and for how long commands run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) workspace: &'a Workspace,
    /// The folder that they run in.
    pub(crate) folder: &'a Path,
    /// Their whole environment.
    pub(crate) environment: &'a [(OsString, OsString)],
    /// The folder of the files that take what they print.
    pub(crate) output: &'a Path,
    /// How long one may take.
    pub(crate) patience: Duration,
    pub(crate) cancel: &'a Cancel,
}

/// What a command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its exit status.
    pub status: i32,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it said beside.
    pub stderr: Vec<u8>,
}

impl Ran {
    /// Whether it says that all is well.
    pub fn is_success(&self) -> bool {
        self.status == 0
    }
}

impl Asked<'_> {
    /// Runs a command to its end, and all that it started.
    pub(crate) fn run(&self, words: &[&str]) -> Result<Ran, EngineError> {
        let command: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let program = command.first().cloned().unwrap_or_default();
        let refused = |reason: String| EngineError::Program { program: program.clone(), reason };
        let [stdout, stderr] = ["stdout", "stderr"].map(|name| self.output.join(name));
        let create =
            |path: &Path| File::create(path).map_err(EngineError::file("write", path)).map(Some);
        let step = Run {
            command: &command,
            folder: self.folder,
            environment: self.environment,
            mark: mark(&self.workspace.blocks(), "asked"),
            stdout: create(&stdout)?,
            stderr: create(&stderr)?,
        };
        let limits =
            Limits { deadline: Instant::now() + self.patience, cancel: self.cancel, tick: &|| {} };
        let outcome = run(step, &Capture::default(), limits);
        let status = match outcome.map_err(|error| refused(error.to_string()))? {
            Outcome::Exited(status) => status,
            Outcome::Cancelled => return Err(EngineError::Interrupted),
            Outcome::TimedOut => {
                return Err(refused("it took longer than resources.timeout_minutes".to_owned()));
            }
            Outcome::Signalled(signal) => return Err(refused(format!("signal {signal} ended it"))),
        };
        let read = |path: &Path| fs::read(path).map_err(EngineError::file("read", path));
        Ok(Ran { status, stdout: read(&stdout)?, stderr: read(&stderr)? })
    }
}
