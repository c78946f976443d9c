//! The host engine: the rows of the table, run on this machine.
//!
//! A record is kept while the sources, the row, the toolchain and the environment of a stage stay
//! the same, and is made in a folder beside its place and moved there whole, so that a run which
//! is killed leaves the record of before, or none.
//!
//! Cargo builds all members that it is asked about at once, so a run leaves one record a stage: of the
//! whole workspace, or of the members that the run is over (see [`Unit`]).

mod asked;
mod features;
mod key;
mod limits;
mod lock;
mod make;
mod place;
mod plan;
mod schedule;
mod unit;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use blocks_config::MemberSettings;
use blocks_stages::{Stage, Table};

use asked::Asked;
pub use limits::Limits;
pub use lock::Lock;
pub(crate) use place::remove as remove_record;
use plan::Plan;
pub use unit::Unit;

use crate::{Cancel, Database, EngineError, Event, Sink, Toolchain, Workspace, tools};

/// What a run of the host engine needs to know.
pub struct Host<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The toolchain that it is built with.
    pub toolchain: &'a Toolchain,
    /// The table of stages.
    pub table: &'a Table,
    /// The limits.
    pub limits: Limits,
    /// What identifies the workspace's sources (see [`crate::fingerprint`]).
    pub sources: &'a str,
    /// The members that it is over; none for all.
    pub members: &'a [String],
    /// The stages whose records are made again in any case.
    pub again: &'a [String],
    /// The advisory database; none where there is none.
    pub database: Option<&'a Database>,
    /// What the configuration says of members: the features that interfaces are described with.
    pub settings: &'a BTreeMap<String, MemberSettings>,
    /// The program `cargo-blocks`, which rows that are `host_only` start.
    pub program: PathBuf,
    /// Where the records go.
    pub records: PathBuf,
}

/// A baseline, for stages with a material.
#[derive(Debug, Clone)]
pub struct Before<'a> {
    /// The folder of its records.
    pub records: &'a Path,
    /// What identifies its sources.
    pub sources: String,
}

impl Host<'_> {
    /// Makes the records that `stages` judge; of those with a material, its records, which [`Host::compare`] needs.
    /// Whatever a stage comes to is in its record; an error means that the engine itself could not go on.
    pub fn run(
        &self,
        stages: &[&Stage],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<(), EngineError> {
        let found = self.tools(stages);
        let mut rows: Vec<&Stage> = Vec::new();
        for stage in stages {
            let row = self.table.compared_by(stage);
            if rows.iter().all(|other| other.id != row.id) {
                rows.push(row);
            }
        }
        let plans = rows.into_iter().map(|row| Plan::of(self, row, None, &found));
        self.make(plans.collect::<Result<_, _>>()?, cancel, sink)
    }

    /// Makes the record of a stage with a material, which has to be recorded already.
    pub fn compare(
        &self,
        stage: &Stage,
        before: &Before<'_>,
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<(), EngineError> {
        let plan = Plan::of(self, stage, Some(before), &self.tools(&[stage]))?;
        self.make(vec![plan], cancel, sink)
    }

    fn make(&self, plans: Vec<Plan>, cancel: &Cancel, sink: Sink<'_>) -> Result<(), EngineError> {
        let (kept, due): (Vec<_>, Vec<_>) = plans.into_iter().partition(|plan| plan.kept.is_some());
        for plan in &kept {
            sink(plan.finished_event());
        }
        if due.is_empty() {
            return Ok(());
        }
        sink(Event::Setup("fetching crates".to_owned()));
        self.workspace.fetch()?;
        schedule::run(self, due, cancel, sink)
    }

    /// The tools of these stages that this machine has.
    fn tools(&self, stages: &[&Stage]) -> BTreeMap<String, tools::Found> {
        let wanted = self.wanted(stages);
        let find = |id: &str| tools::find(self.workspace, self.toolchain, self.table.tool(id)?);
        wanted.into_iter().filter_map(|id| Some((id.to_owned(), find(id)?))).collect()
    }

    /// The tools of these stages that this machine lacks.
    pub fn missing_tools(&self, stages: &[&Stage]) -> Vec<&blocks_stages::Tool> {
        let found = self.tools(stages);
        let wanted = self.wanted(stages).into_iter().filter(|id| !found.contains_key(*id));
        wanted.filter_map(|id| self.table.tool(id)).collect()
    }

    fn wanted<'b>(&'b self, stages: &[&'b Stage]) -> Vec<&'b str> {
        let rows =
            stages.iter().flat_map(|it| [self.table.recorded_by(it), self.table.compared_by(it)]);
        let mut ids: Vec<_> = rows.flat_map(|row| self.tools_of(row)).map(String::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The tools that the steps of a row need in this workspace.
    fn tools_of<'b>(&self, row: &'b Stage) -> &'b [String] {
        if Asked::of(row, self.workspace, self.members).is_err() {
            return &[];
        }
        let is_there = |file: &String| self.workspace.root.join(file).exists();
        let has_files = row.tools_where.is_empty() || row.tools_where.iter().any(is_there);
        let has_database = !row.database || self.database.is_some();
        if has_files && has_database { &row.tools } else { &[] }
    }
}
