use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

use blocks_records::{Ended, Record, Toolchain as Versions, folder};
use blocks_stages::{Compared, Places, Stage};

use super::{
    Asked, Before, Host, Unit, features,
    key::{key, with_compared, with_database, with_features, with_machine},
};
use crate::{Database, EngineError, Event, Origin, tools::Found};

/// What it takes to make one record.
pub(super) struct Plan {
    /// The row that makes it.
    pub(super) row: Stage,
    /// What it is of.
    pub(super) unit: Unit,
    /// The members that its steps are about; why there are none of them.
    pub(super) asked: Result<Asked, String>,
    /// Its place.
    pub(super) place: PathBuf,
    /// The target folder of its layer.
    pub(super) target: PathBuf,
    /// What its steps compare: the material's record, and the folder of the baseline's.
    pub(super) compared: Option<(PathBuf, PathBuf)>,
    /// What its steps look things up in; none where they have no use for it, or it is not there.
    pub(super) database: Option<Database>,
    /// The words that turn on features, where its steps do.
    pub(super) features: Vec<String>,
    /// This program, for a row that starts it.
    pub(super) program: PathBuf,
    /// Its whole environment.
    pub(super) environment: Vec<(OsString, OsString)>,
    /// What made it.
    pub(super) versions: Versions,
    /// What it depends on, beside the sources.
    pub(super) key: String,
    /// The counter of `--again`.
    pub(super) attempt: String,
    /// The tools that are not on this machine.
    pub(super) missing: Vec<String>,
    /// The record that is there already and still holds.
    pub(super) kept: Option<Record>,
    /// How long it took the last time, in seconds.
    pub(super) expected: Option<f64>,
}

impl Plan {
    pub(super) fn of(
        host: &Host<'_>,
        row: &Stage,
        before: Option<&Before<'_>>,
        found: &BTreeMap<String, Found>,
    ) -> Result<Self, EngineError> {
        let unit = Unit::of(row, host.members, host.sources);
        let unit = before.map_or(unit.clone(), |before| unit.compared_with(&before.sources));
        let compared = before.zip(row.material.as_ref()).map(|(before, material)| {
            (folder(&host.records, material, &unit.name), before.records.join(material))
        });
        let place = folder(&host.records, &row.id, &unit.name);
        let layer = host.table.layer(&row.layer).map_or("", |layer| &layer.folder);
        let target = if layer.is_empty() {
            host.workspace.target.clone()
        } else {
            host.workspace.target.join(layer)
        };
        let environment = environment(host, row, found)?;
        let key = key(row, host.toolchain, found, &environment);
        let key = match &compared {
            Some((now, before)) => with_compared(&key, now, before),
            None => key,
        };
        let database = host.database.filter(|_| row.database).cloned();
        let key = database.iter().fold(key, |key, database| with_database(&key, database));
        let features = if row.takes_features() {
            features::words(host.settings, &host.workspace.packages, &unit.members)
        } else {
            Vec::new()
        };
        let key = if features.is_empty() { key } else { with_features(&key, &features) };
        let key = if row.host_only {
            with_machine(&key, &crate::machine_class(host.workspace), &host.program)
        } else {
            key
        };
        let before = Record::load(&place).ok();
        let again = host.again.contains(&row.id);
        // What is not applicable has no evidence.
        let has_evidence = |record: &Record| {
            let mut due = row.evidence.iter().filter(|it| it.is_due(record.exit));
            record.ended == Ended::NotApplicable
                || due.all(|it| record.read_evidence(&place, &it.file).is_ok())
        };
        let holds = |record: &Record| {
            record.is_answer()
                && record.sources == unit.sources
                && record.key == key
                && has_evidence(record)
        };
        Ok(Self {
            attempt: attempt(before.as_ref(), again),
            kept: before.as_ref().filter(|record| !again && holds(record)).cloned(),
            expected: before.as_ref().map(Record::seconds),
            missing: {
                let needed = host.tools_of(row).iter();
                needed.filter(|id| !found.contains_key(*id)).cloned().collect()
            },
            versions: versions(host, row, found),
            row: row.clone(),
            asked: Asked::of(row, host.workspace, &unit.members),
            unit,
            place,
            target,
            compared,
            database,
            features,
            program: host.program.clone(),
            environment,
            key,
        })
    }

    /// What the placeholders of its row stand for, in a record that is made in `part`.
    pub(super) fn places<'a>(&'a self, part: &'a Path, packages: &'a [String]) -> Places<'a> {
        let compared = self.compared.as_ref().map(|(now, before)| Compared { now, before });
        let database = self.row.database.then(|| self.database());
        let (target, features, program) = (&self.target, &self.features, &self.program);
        Places { record: part, target, compared, database, packages, features, program }
    }

    /// The words that select the packages which its steps are about.
    pub(super) fn packages(&self) -> Vec<String> {
        let asked = self.asked.as_ref().map_or(&self.unit.members, |Asked(asked)| asked);
        self.row.package_words(asked)
    }

    fn database(&self) -> blocks_stages::Database<'_> {
        let Some(Database { folder, name, date, .. }) = &self.database else {
            return blocks_stages::Database::default();
        };
        // One whose path is not UTF-8 was refused.
        blocks_stages::Database { folder: folder.to_str().unwrap_or_default(), name, date }
    }

    /// The event of a record that was there already.
    pub(super) fn finished_event(&self) -> Event {
        let (ended, seconds) = self
            .kept
            .as_ref()
            .map_or((Ended::ToolFailed, 0.0), |record| (record.ended, record.seconds()));
        let (stage, unit) = (self.row.id.clone(), self.unit.name.clone());
        Event::Finished { stage, unit, ended, seconds, origin: Origin::Kept }
    }
}

/// Counts `--again`: empty at first, then 1, 2, ….
fn attempt(before: Option<&Record>, again: bool) -> String {
    let last = before.map_or("", |record| &record.attempt);
    if again { (last.parse().unwrap_or(0_u64) + 1).to_string() } else { last.to_owned() }
}

fn versions(host: &Host<'_>, row: &Stage, found: &BTreeMap<String, Found>) -> Versions {
    let tools =
        row.tools.iter().filter_map(|id| Some((id.clone(), found.get(id)?.version.clone())));
    Versions {
        rustc: host.toolchain.rustc.clone(),
        cargo: host.toolchain.cargo.clone(),
        tools: tools.collect(),
    }
}

fn environment(
    host: &Host<'_>,
    row: &Stage,
    found: &BTreeMap<String, Found>,
) -> Result<Vec<(OsString, OsString)>, EngineError> {
    let mut all = host.workspace.environment.clone();
    let mut set = |name: OsString, value: OsString| {
        all.retain(|(other, _)| *other != name);
        all.push((name, value));
    };
    for (name, value) in
        row.tools.iter().filter_map(|id| found.get(id)).flat_map(|tool| &tool.environment)
    {
        set(name.clone(), value.clone());
    }
    let of_layer = host.table.layer(&row.layer).into_iter().flat_map(|layer| &layer.env);
    for (name, value) in of_layer.chain(&row.env) {
        set(name.into(), value.into());
    }
    set("PATH".into(), crate::tools::path_with_own(host.workspace)?);
    Ok(all)
}
