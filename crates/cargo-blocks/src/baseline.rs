//! The records of an earlier commit, for `check --baseline`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use blocks_engine::{
    Cancel, Checkout, EngineError, Event, Sink, Toolchain,
    host::{Host, Limits, Lock},
    nix::{Farm, Nix, Side},
};
use blocks_evidence::printable;
use blocks_gates::{Baseline, Expected};
use blocks_stages::{Stage, Table};

use crate::{context, engine::Job, views};

/// Where it is kept, below the folder that Blocks keeps its own files in; also its name in progress.
pub(crate) const FOLDER: &str = "baseline";

/// The folder of its sources, below that. A workspace may lie in a folder of its repository, and then of this one.
pub(crate) const TREE: &str = "tree";

/// Who makes the records of a baseline: who makes those that are compared with it.
#[derive(Clone, Copy)]
pub(crate) enum Maker<'a> {
    /// The host engine.
    Host,
    /// The Nix engine, by this program and these builders.
    Nix(&'a Path, Farm<'a>),
}

/// A baseline, and where its sources are.
pub(crate) struct Made {
    pub(crate) baseline: Baseline,
    /// The folder of the sources; none where they have no records.
    pub(crate) root: Option<PathBuf>,
}

/// Makes the records that the stages which compare need of the last commit that `revision` has in common with
/// `HEAD`. None where no stage of the run compares.
///
/// Sources that do not build, or are no workspace, are a baseline without records: what is compared with it
/// has no verdict.
pub(crate) fn make(
    job: &Job<'_>,
    revision: &str,
    maker: Maker<'_>,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<Option<Made>> {
    let stages: Vec<&Stage> = job.stages.iter().copied().filter(|it| it.compares).collect();
    if stages.is_empty() {
        return Ok(None);
    }
    let folder = job.workspace.blocks().join(FOLDER);
    let checkout = Checkout::of(job.workspace, revision, &folder)?;
    let name = format!("{revision} ({})", checkout.short);
    let ids: Vec<_> = stages.iter().map(|it| it.id.as_str()).collect();
    sink(Event::Setup(format!("the baseline, {name}: {}", ids.join(", "))));
    let records = folder.join(Baseline::RECORDS);
    // Its stages are not those that the run is about, and have a name of their own.
    let sink: Sink<'_> = &|event| sink(as_baseline(event));
    let made = match maker {
        Maker::Host => by_host(job, &checkout, &stages, &records, cancel, sink),
        Maker::Nix(program, farm) => {
            let nix = Nix {
                workspace: job.workspace,
                table: Table::in_use(),
                program: program.to_owned(),
                again: &[],
                baseline: Some(&checkout.root),
                database: None,
                farm,
                side: Side::Before,
                records: records.clone(),
            };
            // What has a material takes the baseline's as an input of its own record.
            let own: Vec<_> = stages.iter().copied().filter(|it| it.material.is_none()).collect();
            nix.run(&own, cancel, sink).map(|sources| context::expected_of(&sources))
        }
    };
    let (expected, root) = match made {
        Ok(expected) => (expected, Some(checkout.root)),
        Err(EngineError::Interrupted) => return Err(EngineError::Interrupted.into()),
        Err(error) => {
            let told = printable(&format!("the baseline, {name}, has no records: {error}"));
            sink(Event::Told(told));
            remove(&records)?;
            (of_workspace(&stages, None), None)
        }
    };
    views::write_file(&folder.join(Baseline::EXPECTED), &expected.to_json())?;
    views::write_file(&folder.join(Baseline::NAME), &format!("{name}\n"))?;
    Ok(Some(Made { baseline: Baseline { name, records, expected }, root }))
}

/// What of the whole workspace as it was then is compared with.
fn of_workspace(stages: &[&Stage], sources: Option<&str>) -> Expected {
    Expected::workspace(stages.iter().map(|it| Table::in_use().compared_by(it)), sources)
}

fn by_host(
    job: &Job<'_>,
    checkout: &Checkout,
    stages: &[&Stage],
    records: &Path,
    cancel: &Cancel,
    sink: Sink<'_>,
) -> Result<Expected, EngineError> {
    let workspace = checkout.workspace()?;
    let toolchain = Toolchain::of(&workspace)?;
    // The run has the lock of its own workspace; what a killed run of this one left is ended by this one.
    let _lock = Lock::take(&workspace, cancel, sink)?;
    workspace.lock_file()?;
    let sources = blocks_engine::fingerprint(&workspace, &context::own(job.config))?;
    let host = Host {
        workspace: &workspace,
        toolchain: &toolchain,
        table: Table::in_use(),
        limits: Limits::from(&job.config.resources),
        sources: &sources,
        members: &[],
        again: &[],
        // What compares looks nothing up.
        database: None,
        settings: &job.config.members,
        // Materials are of both engines, and do not start it.
        program: PathBuf::new(),
        records: records.to_owned(),
    };
    host.run(stages, cancel, sink)?;
    Ok(of_workspace(stages, Some(&sources)))
}

/// An event of a stage under the baseline's name.
fn as_baseline(mut event: Event) -> Event {
    match &mut event {
        Event::Planned { stage, .. }
        | Event::Started { stage, .. }
        | Event::Line { stage, .. }
        | Event::Retry { stage, .. }
        | Event::Finished { stage, .. } => FOLDER.clone_into(stage),
        Event::Setup(_) | Event::Told(_) => {}
    }
    event
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
