use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use super::{Farm, Nix, Side, attempts, run::run};
use crate::{
    Cancel, Database, EngineError,
    process::{MARKER, mark},
};

/// Gives each record's path in the store without building it.
const PATHS: &str = "records: builtins.mapAttrs (_: builtins.mapAttrs (_: record: \
     { path = record.outPath; inherit (record) sources; })) records";

/// What identifies the sources of each stage's units: the records that a flake has, by stage and unit.
pub type UnitSources = BTreeMap<String, BTreeMap<String, String>>;

/// A record as an output of a flake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordOutput {
    /// The stage that makes it.
    pub(super) stage: String,
    /// What it is of.
    pub(super) unit: String,
    /// Its path in the store, whether it is there or not.
    pub(super) path: PathBuf,
    /// What identifies its sources.
    pub(super) sources: String,
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

/// The records of a stage, one a unit.
pub(super) fn of_stage<'o>(
    outputs: &'o [RecordOutput],
    stage: &str,
) -> Result<Vec<&'o RecordOutput>, EngineError> {
    let units: Vec<_> = outputs.iter().filter(|it| it.stage == stage).collect();
    if units.is_empty() {
        let message = format!("the flake has no record of the stage `{stage}`");
        return Err(EngineError::Nix(message));
    }
    Ok(units)
}

/// What identifies the sources of these records.
pub(super) fn sources_of(outputs: Vec<RecordOutput>) -> UnitSources {
    let mut all = UnitSources::new();
    for RecordOutput { stage, unit, sources, .. } in outputs {
        all.entry(stage).or_default().insert(unit, sources);
    }
    all
}

/// The workspace's flake.
pub(super) struct Flake<'a> {
    nix: &'a Nix<'a>,
}

impl<'a> Flake<'a> {
    pub(super) fn new(nix: &'a Nix<'a>) -> Self {
        Self { nix }
    }

    /// Evaluates all records' paths, with the attempts that hold for their sources.
    pub(super) fn evaluate(
        &self,
        again: &[String],
        cancel: &Cancel,
    ) -> Result<Vec<RecordOutput>, EngineError> {
        let plain = self.plain(cancel)?;
        // Of a baseline nothing is asked again.
        if self.nix.side == Side::Before {
            return Ok(plain);
        }
        for stage in again {
            of_stage(&plain, stage)?;
        }
        if !attempts::write(&self.nix.workspace.blocks(), &plain, again)? {
            return Ok(plain);
        }
        let asked = self.paths(&self.overrides(), cancel)?;
        // Nix only warns of an override without an input, and the old answer would stand.
        let old: BTreeSet<&Path> = plain.iter().map(|it| it.path.as_path()).collect();
        let is_same = |stage: &&String| {
            asked.iter().any(|it| it.stage == **stage && old.contains(it.path.as_path()))
        };
        match again.iter().find(is_same) {
            None => Ok(asked),
            Some(stage) => Err(EngineError::Nix(format!(
                "the flake gives `{stage}` the same record however often it is asked: \
                 it needs an input `attempts`, or this project as its input `blocks`"
            ))),
        }
    }

    /// Evaluates all records' paths as they are when nobody asks again.
    pub(super) fn plain(&self, cancel: &Cancel) -> Result<Vec<RecordOutput>, EngineError> {
        self.paths(&[], cancel)
    }

    fn paths(
        &self,
        overrides: &[String],
        cancel: &Cancel,
    ) -> Result<Vec<RecordOutput>, EngineError> {
        let mut command = self.command("eval");
        command.args(["--json", "--apply", PATHS, &self.attribute("")]).args(overrides);
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
        let names = records.iter().flat_map(|(stage, units)| units.keys().chain([stage]));
        if let Some(name) = names.into_iter().find(|name| !is_name(name)) {
            let message =
                format!("the flake has a record of `{name}`, which is no name of a folder");
            return Err(EngineError::Nix(message));
        }
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
        let Farm { builders, max_jobs } = self.nix.farm;
        command.args(builders.iter().flat_map(|it| ["--builders", it]));
        if let Some(jobs) = max_jobs {
            command.args(["--max-jobs", &jobs.to_string()]);
        }
        for output in wanted {
            // The dot of a share (`a.1-of-2`) divides no path of attributes.
            let (stage, unit) = (&output.stage, &output.unit);
            let unit = if unit.contains('.') { format!("\"{unit}\"") } else { unit.clone() };
            command.arg(self.attribute(&format!(".{stage}.{unit}")));
        }
        if self.nix.side == Side::Now && attempts::file(&self.nix.workspace.blocks()).exists() {
            command.args(self.overrides());
        }
        command
    }

    pub(super) fn command(&self, verb: &str) -> Command {
        let mut command = self.bare_command(verb);
        command.arg("--no-update-lock-file");
        if let Some(folder) = self.nix.baseline {
            command.args(override_input("baseline", &path(folder)));
        }
        if let Some(database) = self.nix.database {
            command.args(override_input("advisory-db", &reference(database)));
        }
        command
    }

    /// A command that is not about flakes.
    pub(super) fn bare_command(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.nix.program);
        command
            .args(["--extra-experimental-features", "nix-command flakes", verb])
            .current_dir(&self.nix.workspace.root)
            .env_clear()
            .envs(self.nix.workspace.environment.iter().cloned())
            // So that the next run ends what a run that was killed left of it.
            .env(MARKER, mark(&self.nix.workspace.blocks(), "nix"));
        command
    }

    fn attribute(&self, rest: &str) -> String {
        let whose = match self.nix.side {
            Side::Now => "",
            Side::Before => "baseline.",
        };
        format!(".#legacyPackages.{}.{whose}records{rest}", system())
    }

    fn overrides(&self) -> Vec<String> {
        override_input("attempts", &path(&attempts::folder(&self.nix.workspace.blocks())))
    }
}

/// A folder, for Nix.
fn path(folder: &Path) -> String {
    format!("path:{}", folder.display())
}

/// A database, for Nix: of a checkout it knows the commit and its date.
fn reference(database: &Database) -> String {
    match &*database.date {
        "" => path(&database.folder),
        _ => format!("git+file://{}?shallow=1", database.folder.display()),
    }
}

/// The words that put another source in the place of an input: of this project's own flake, and of one that has
/// this project as an input; Nix warns of the one that is not there.
fn override_input(input: &str, source: &str) -> Vec<String> {
    let to = |input: String| ["--override-input".to_owned(), input, source.to_owned()];
    [to(input.to_owned()), to(format!("blocks/{input}"))].concat()
}

/// Whether it stays what it is as a part of a path: links are made, and what is in their way removed.
fn is_name(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name)
}

/// This machine's name in Nix.
pub(super) fn system() -> String {
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    format!("{}-{os}", std::env::consts::ARCH)
}
