//! The Nix engine: the same rows as derivations of the workspace's flake.
//!
//! Records are the outputs `legacyPackages.<system>.records.<stage>.<unit>`, where a unit is a member,
//! a group of members, or the workspace; those of a baseline are below `baseline.records`. The engine evaluates their paths, lets Nix build what is not
//! there, and links each into the records' folder.

mod attempts;
mod cache;
mod flake;
mod links;
mod log;
mod progress;
mod run;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use blocks_records::{Ended, Record};
use blocks_stages::{Stage, Table};

use crate::{Cancel, Database, EngineError, Event, Origin, Sink, Workspace};
pub use cache::{Cache, Closure, Contents, Item, ItemState, KINDS, Plan, Verified};
use flake::{Flake, RecordOutput};
pub use flake::{UnitSources, is_flake};
pub use links::unlink;

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
    /// The folder of other sources of the workspace, which the flake's input `baseline` stands for.
    pub baseline: Option<&'a Path>,
    /// The advisory database that the flake's input `advisory-db` stands for; none for its own.
    pub database: Option<&'a Database>,
    /// Who builds, beside what Nix's own configuration says.
    pub farm: Farm<'a>,
    /// Which sources' records the run is over.
    pub side: Side,
    /// Where the links to the records go.
    pub records: PathBuf,
}

/// Who builds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Farm<'a> {
    /// Builders, as Nix's option `--builders` has them: `ssh-ng://host x86_64-linux; …`, or `@file`.
    pub builders: Option<&'a str>,
    /// Builds at the same time on this machine; with 0 only others build.
    pub max_jobs: Option<u32>,
}

/// Which of two sources that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The workspace as it is.
    Now,
    /// The baseline.
    Before,
}

impl Nix<'_> {
    /// Builds the records that `stages` judge, of all their units, and links them.
    ///
    /// It gives what identifies the sources of all records that the flake has, also of stages that
    /// were not asked for: whoever looks at older records of these knows which there have to be.
    pub fn run(
        &self,
        stages: &[&Stage],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<UnitSources, EngineError> {
        sink(Event::Setup("evaluating the flake".to_owned()));
        let flake = Flake::new(self);
        let outputs = flake.evaluate(self.again, cancel)?;
        let wanted = wanted(stages, &outputs)?;
        for (stage, units) in &wanted {
            sink(Event::Planned { stage: (*stage).to_owned(), units: units.len() });
        }
        let all: Vec<&RecordOutput> = wanted.iter().flat_map(|(_, units)| units).copied().collect();
        let (kept, due): (Vec<_>, Vec<_>) = all.iter().partition(|output| output.path.exists());
        for output in kept {
            sink(finished(output, Origin::Kept));
        }
        if !due.is_empty() {
            self.build(&flake, &due, cancel, sink)?;
        }
        links::link(&self.records, &all)?;
        for (stage, units) in wanted {
            let units: BTreeSet<&str> = units.iter().map(|output| output.unit.as_str()).collect();
            links::remove_others(&self.records, stage, |unit| units.contains(unit))?;
        }
        Ok(flake::sources_of(outputs))
    }

    /// What identifies the sources of all records of the workspace now; builds nothing.
    pub fn sources(&self, cancel: &Cancel) -> Result<UnitSources, EngineError> {
        // Whoever asks again asks about the same sources.
        Ok(flake::sources_of(Flake::new(self).plain(cancel)?))
    }

    /// Lets Nix build records. A record that does not build has no answer, and is left out: its
    /// gate will say so. So the exit status of Nix means nothing here.
    fn build(
        &self,
        flake: &Flake<'_>,
        due: &[&RecordOutput],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<(), EngineError> {
        let mut shown = progress::Progress::new(due);
        run::run(&mut flake.build_command(due), cancel, |line| shown.take(line, sink))
            .map_err(|error| self.cannot_run(&error))?
            .ok_or(EngineError::Interrupted)?;
        shown.end_all(sink);
        Ok(())
    }

    fn cannot_run(&self, error: &std::io::Error) -> EngineError {
        EngineError::Program {
            program: self.program.display().to_string(),
            reason: error.to_string(),
        }
    }
}

/// The records that these stages judge, by the stage that leaves them, in the order of the stages.
fn wanted<'o>(
    stages: &[&'o Stage],
    outputs: &'o [RecordOutput],
) -> Result<Vec<(&'o str, Vec<&'o RecordOutput>)>, EngineError> {
    let mut wanted: Vec<(&str, Vec<&RecordOutput>)> = Vec::new();
    for stage in stages {
        let id = stage.record_stage();
        if wanted.iter().all(|(other, _)| *other != id) {
            wanted.push((id, flake::of_stage(outputs, id)?));
        }
    }
    Ok(wanted)
}

fn finished(output: &RecordOutput, origin: Origin) -> Event {
    let record = Record::load(&output.path).ok();
    Event::Finished {
        stage: output.stage.clone(),
        unit: output.unit.clone(),
        ended: record.as_ref().map_or(Ended::ToolFailed, |record| record.ended),
        seconds: record.as_ref().map_or(0.0, Record::seconds),
        origin,
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
