use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use super::{Nix, attempts, run::run};
use crate::{
    Cancel, EngineError,
    process::{MARKER, mark},
};

/// Gives each record's path in the store without building it.
const PATHS: &str = "records: builtins.mapAttrs (_: builtins.mapAttrs (_: record: \
     { path = record.outPath; inherit (record) sources; })) records";

/// A record as an output of a flake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOutput {
    /// The stage that makes it.
    pub stage: String,
    /// What it is of.
    pub unit: String,
    /// Its path in the store, whether it is there or not.
    pub path: PathBuf,
    /// What identifies its sources.
    pub sources: String,
}

#[derive(Deserialize)]
struct Output {
    path: PathBuf,
    sources: String,
}

/// Whether a folder has a flake.
pub fn is_flake(folder: &Path) -> bool {
    folder.join("flake.nix").is_file()
}

/// The workspace's flake.
pub(super) struct Flake<'a> {
    nix: &'a Nix<'a>,
}

impl<'a> Flake<'a> {
    pub(super) fn new(nix: &'a Nix<'a>) -> Self {
        Self { nix }
    }

    /// Evaluates all records' paths, with the attempts that hold for these sources.
    pub(super) fn evaluate(
        &self,
        again: &[String],
        cancel: &Cancel,
    ) -> Result<Vec<RecordOutput>, EngineError> {
        let blocks = self.nix.workspace.blocks();
        let plain = self.paths(&[], cancel)?;
        let sources = plain.first().map(|it| it.sources.clone()).unwrap_or_default();
        if attempts::of(&blocks, &sources, again)?.is_empty() {
            return Ok(plain);
        }
        let asked = self.paths(&self.overrides(), cancel)?;
        // Nix only warns of an override without an input, and the old answer would stand.
        let is_same = |stage: &&String| {
            let path = |all: &[RecordOutput]| {
                all.iter().find(|it| it.stage == **stage).map(|it| it.path.clone())
            };
            path(&plain) == path(&asked)
        };
        match again.iter().find(is_same) {
            None => Ok(asked),
            Some(stage) => Err(EngineError::Nix(format!(
                "the flake gives `{stage}` the same record however often it is asked: \
                 it needs an input `attempts`, or this project as its input `blocks`"
            ))),
        }
    }

    fn paths(
        &self,
        overrides: &[String],
        cancel: &Cancel,
    ) -> Result<Vec<RecordOutput>, EngineError> {
        let mut command = self.command("eval");
        command.args(["--json", "--apply", PATHS, &attribute("")]).args(overrides);
        let mut words = String::new();
        let ran = run(&mut command, cancel, |line| words.extend([line, "\n"]))
            .map_err(|error| self.nix.cannot_run(&error))?
            .ok_or(EngineError::Interrupted)?;
        if !ran.status.success() {
            return Err(EngineError::Nix(words.trim().to_owned()));
        }
        let records: BTreeMap<String, BTreeMap<String, Output>> =
            serde_json::from_slice(&ran.stdout)
                .map_err(|error| EngineError::Nix(error.to_string()))?;
        let of_stage = |(stage, units): (String, BTreeMap<String, Output>)| {
            units.into_iter().map(move |(unit, Output { path, sources })| RecordOutput {
                stage: stage.clone(),
                unit,
                path,
                sources,
            })
        };
        Ok(records.into_iter().flat_map(of_stage).collect())
    }

    /// The command that builds records, however many fail.
    pub(super) fn build_command(&self, wanted: &[&RecordOutput]) -> Command {
        let mut command = self.command("build");
        command.args(["--keep-going", "--no-link", "--log-format", "internal-json", "--verbose"]);
        for output in wanted {
            command.arg(attribute(&format!(".{}.{}", output.stage, output.unit)));
        }
        if attempts::file(&self.nix.workspace.blocks()).exists() {
            command.args(self.overrides());
        }
        command
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.nix.program);
        command
            .args(["--extra-experimental-features", "nix-command flakes", verb])
            .arg("--no-update-lock-file")
            .current_dir(&self.nix.workspace.root)
            .env_clear()
            .envs(self.nix.workspace.environment.iter().cloned())
            // So that the next run ends what a run that was killed left of it.
            .env(MARKER, mark(&self.nix.workspace.blocks(), "nix"));
        command
    }

    fn overrides(&self) -> Vec<String> {
        let folder = attempts::folder(&self.nix.workspace.blocks());
        // The input of this project's own flake, and the same of one that has this project as an
        // input; Nix warns of the one that is not there.
        let to = |input: &str| {
            ["--override-input".into(), input.into(), format!("path:{}", folder.display())]
        };
        [to("attempts"), to("blocks/attempts")].concat()
    }
}

fn attribute(rest: &str) -> String {
    format!(".#legacyPackages.{}.records{rest}", system())
}

/// This machine's name in Nix.
fn system() -> String {
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    format!("{}-{os}", std::env::consts::ARCH)
}
