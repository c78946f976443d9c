//! The Nix engine: the same rows as derivations of the workspace's flake.
//!
//! Records are the outputs `legacyPackages.<system>.records.<stage>.<unit>`. The engine evaluates
//! their paths, lets Nix build what is not there, and links each into the records' folder.

mod attempts;
mod flake;
mod progress;
mod run;

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use blocks_records::{Ended, Record};
use blocks_stages::{Stage, Table};

use crate::{Cancel, EngineError, Event, Sink, Workspace};
use flake::Flake;
pub use flake::{RecordOutput, is_flake};

/// What a run of the Nix engine needs to know.
pub struct Nix<'a> {
    /// The workspace, whose root has a `flake.nix`.
    pub workspace: &'a Workspace,
    /// The table of stages.
    pub table: &'a Table,
    /// The program that stands for `nix`.
    pub program: PathBuf,
    /// The stages whose records are made again in any case.
    pub again: &'a [String],
    /// Where the links to the records go.
    pub records: PathBuf,
}

impl Nix<'_> {
    /// Builds the records that `stages` judge, and gives what identifies their sources.
    pub fn run(
        &self,
        stages: &[&Stage],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<String, EngineError> {
        sink(Event::Setup("evaluating the flake".to_owned()));
        let flake = Flake::new(self);
        let outputs = flake.evaluate(self.again, cancel)?;
        let mut wanted: Vec<&RecordOutput> = Vec::new();
        for stage in stages {
            let id = stage.record_stage();
            let output = outputs.iter().find(|it| it.stage == id).ok_or_else(|| {
                EngineError::Nix(format!("the flake has no record of the stage `{id}`"))
            })?;
            if wanted.iter().all(|other| other.path != output.path) {
                wanted.push(output);
            }
        }
        let cached: Vec<bool> = wanted.iter().map(|output| output.path.exists()).collect();
        if cached.iter().any(|there| !there) {
            self.build(&flake, &wanted, cancel, sink)?;
        }
        for (output, cached) in wanted.iter().zip(cached) {
            self.link(output)?;
            sink(finished(output, cached));
        }
        Ok(outputs.first().map(|output| output.sources.clone()).unwrap_or_default())
    }

    /// What identifies the sources of the workspace now; builds nothing.
    pub fn sources(&self, cancel: &Cancel) -> Result<String, EngineError> {
        let outputs = Flake::new(self).evaluate(&[], cancel)?;
        Ok(outputs.first().map(|output| output.sources.clone()).unwrap_or_default())
    }

    /// Lets Nix build records. A record that does not build has no answer, and is left out: its
    /// gate will say so. So the exit status of Nix means nothing here.
    fn build(
        &self,
        flake: &Flake<'_>,
        wanted: &[&RecordOutput],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<(), EngineError> {
        let mut shown = progress::Progress::new(wanted);
        run::run(&mut flake.build_command(wanted), cancel, |line| shown.take(line, sink))
            .map_err(|error| self.cannot_run(&error))?
            .map(drop)
            .ok_or(EngineError::Interrupted)
    }

    fn cannot_run(&self, error: &std::io::Error) -> EngineError {
        EngineError::Program {
            program: self.program.display().to_string(),
            reason: error.to_string(),
        }
    }

    /// Makes `<records>/<stage>/<unit>` a link to the record in the store; no record, no link.
    fn link(&self, output: &RecordOutput) -> Result<(), EngineError> {
        let place = blocks_records::folder(&self.records, &output.stage, &output.unit);
        let failed = EngineError::file("write", &place);
        put_link(&output.path, &place).map_err(failed)
    }
}

fn put_link(record: &Path, place: &Path) -> std::io::Result<()> {
    crate::host::remove_record(place)?;
    if !record.exists() {
        return Ok(());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    symlink(record, place)
}

fn finished(output: &RecordOutput, cached: bool) -> Event {
    let record = Record::load(&output.path).ok();
    Event::Finished {
        stage: output.stage.clone(),
        ended: record.as_ref().map_or(Ended::ToolFailed, |record| record.ended),
        seconds: record.as_ref().map_or(0.0, Record::seconds),
        cached,
    }
}

/// Whether `program` can be run here.
pub fn is_there(program: &Path) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| output.status.success())
}
