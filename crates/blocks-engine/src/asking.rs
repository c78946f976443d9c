use std::{ffi::OsString, fs, path::PathBuf, time::Duration};

use crate::{
    Cancel, EngineError, Workspace,
    ran::{Asked, Ran},
};

/// The folder of what commands print, in the folder that Blocks keeps its own files in.
const FOLDER: &str = "asked";

/// Variables by which a program makes its output colourful, whoever reads it.
const COLOURS: [&str; 3] = ["CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"];

/// What a program that is asked about itself is told: nobody sees colours, and a line has so many characters. The stage
/// `readme` says the same.
const PLAIN: [(&str, &str); 4] =
    [("COLUMNS", "100"), ("LC_ALL", "C"), ("NO_COLOR", "1"), ("TERM", "dumb")];

/// Commands in a workspace, asked for what they print.
#[derive(Debug)]
pub struct Asking<'a> {
    workspace: &'a Workspace,
    patience: Duration,
    cancel: &'a Cancel,
    folder: PathBuf,
}

impl<'a> Asking<'a> {
    /// A command may take so long.
    pub fn of(
        workspace: &'a Workspace,
        patience: Duration,
        cancel: &'a Cancel,
    ) -> Result<Self, EngineError> {
        let folder = workspace.blocks().join(FOLDER);
        fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
        Ok(Self { workspace, patience, cancel, folder })
    }

    /// Runs a command in the workspace's root to its end, and all that it started.
    pub fn run(&self, words: &[&str]) -> Result<Ran, EngineError> {
        self.run_in(words, &self.workspace.environment)
    }

    /// Asks a program about itself, so that it says the same wherever it is asked.
    pub fn help(&self, program: &str, subcommands: &[&str]) -> Result<Ran, EngineError> {
        let mut environment = self.workspace.environment.clone();
        let is_other = |name: &OsString| {
            !COLOURS.iter().any(|it| name == it) && !PLAIN.iter().any(|(it, _)| name == it)
        };
        environment.retain(|(name, _)| is_other(name));
        environment.extend(PLAIN.map(|(name, value)| (name.into(), value.into())));
        self.run_in(&[&[program], subcommands, &["--help"]].concat(), &environment)
    }

    fn run_in(
        &self,
        words: &[&str],
        environment: &[(OsString, OsString)],
    ) -> Result<Ran, EngineError> {
        let asked = Asked {
            workspace: self.workspace,
            folder: &self.workspace.root,
            environment,
            output: &self.folder,
            patience: self.patience,
            cancel: self.cancel,
        };
        asked.run(words)
    }
}
