//! Results that are kept from revision to revision.

mod kept;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use anyhow::Result;
use blocks_config::PipelineConfig;
use blocks_engine::{Commit, ResultsBranch, Workspace, machine_class};
use blocks_evidence::printable;
use blocks_gates::{Given, Verdict};
use blocks_history::{
    Folder, History, Measurement, added, file_of, is_file_of_store, machine_folder,
};
use kept::measurements;

use crate::{context, output::tell, views::Before};

/// How many characters of a commit's name are shown.
const SHORT: usize = 12;

/// What the seconds of stages are kept under.
const SECONDS: &str = "seconds/";

/// What cargo calls its target folder where nobody says otherwise.
const TARGET: &str = "target";

/// Where the results of a workspace are kept.
pub(crate) struct Store<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) config: &'a PipelineConfig,
}

impl Store<'_> {
    /// All that is kept.
    pub(crate) fn read(&self) -> Result<History> {
        Ok(match self.branch() {
            Some(branch) => History::read(branch.read()?),
            None => Folder::new(self.folder()).read()?,
        })
    }

    /// What is kept of these classes of machines; maybe also of others whose folder has the same name.
    fn read_of(&self, machines: &BTreeSet<&str>) -> Result<History> {
        let folders: BTreeSet<_> = machines.iter().map(|it| machine_folder(it)).collect();
        let is_of_them = |folder: &str| folders.contains(folder);
        Ok(match self.branch() {
            Some(branch) => History::read(branch.read_where(|file| {
                file.split_once('/').is_some_and(|(folder, _)| is_of_them(folder))
            })?),
            None => Folder::new(self.folder()).read_where(is_of_them)?,
        })
    }

    /// Where it is, in words.
    pub(crate) fn place(&self) -> String {
        match self.branch() {
            Some(branch) => format!("the branch {}", branch.name),
            None => self.folder().display().to_string(),
        }
    }

    fn append(&self, measurements: &[Measurement]) -> Result<()> {
        let (Some(branch), Some(first)) = (self.branch(), measurements.first()) else {
            Folder::new(self.folder()).append(measurements)?;
            return Ok(());
        };
        let mut files: BTreeMap<String, Vec<&Measurement>> = BTreeMap::new();
        for measurement in measurements {
            files.entry(file_of(measurement)).or_default().push(measurement);
        }
        let paths: Vec<_> = files.keys().cloned().collect();
        let message = format!("results of {}", first.revision.get(..SHORT).unwrap_or_default());
        let mut failed = None;
        branch.update(&paths, &message, |path, existing| {
            match added(path, existing, files[path].iter().copied()) {
                Ok(addition) => (addition.count > 0).then(|| [existing, &addition.bytes].concat()),
                Err(error) => {
                    failed = Some(error);
                    None
                }
            }
        })?;
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    fn branch(&self) -> Option<ResultsBranch<'_>> {
        let name = self.config.performance.results_branch.get()?;
        Some(ResultsBranch { workspace: self.workspace, name, is_file: is_file_of_store })
    }

    /// What the setting has below `target` is below cargo's target folder, wherever that is.
    fn folder(&self) -> PathBuf {
        let folder = Path::new(self.config.performance.results_folder.as_str());
        folder.strip_prefix(TARGET).map_or_else(
            |_| self.workspace.root.join(folder),
            |inner| self.workspace.target.join(inner),
        )
    }

    /// Whether results are to be kept.
    pub(crate) fn is_wanted(&self) -> bool {
        self.config.performance.store_results
    }

    /// The commit that the workspace is at; none where files differ from it, or where git does not say.
    pub(crate) fn clean_commit(&self) -> Option<Commit> {
        Commit::of_unchanged(self.workspace, &context::own(self.config)).ok().flatten()
    }

    /// Keeps what the records of these stages hold, of the commit that the workspace was at before they were made and still
    /// is. That this fails is told, and is no fault of what was checked.
    pub(crate) fn keep(
        &self,
        commit: Option<Commit>,
        verdicts: &[Verdict],
        given: Given<'_>,
        made: &BTreeSet<(String, String)>,
    ) {
        let Some(commit) = commit.filter(|commit| self.clean_commit().as_ref() == Some(commit))
        else {
            return;
        };
        let (mut all, old) = measurements(self.workspace, &commit, verdicts, given, made);
        let kept = self.unknown(old).and_then(|times| {
            all.extend(times);
            self.append(&all)
        });
        if let Err(error) = kept {
            warn(&format!("results are not kept: {error:#}"));
        }
    }

    /// Of times of records that were kept, those that are not there of another commit. A record is kept while its sources stay
    /// the same, whatever commit they are of, and its times are one measurement.
    fn unknown(&self, mut times: Vec<Measurement>) -> Result<Vec<Measurement>> {
        let machines: BTreeSet<_> = times.iter().map(|it| it.machine.clone()).collect();
        if machines.is_empty() {
            return Ok(times);
        }
        let history = self.read_of(&machines.iter().map(String::as_str).collect())?;
        let mut known: HashMap<(&str, &str), Vec<&Measurement>> = HashMap::new();
        for then in history.measurements() {
            known.entry((&then.series, &then.machine)).or_default().push(then);
        }
        times.retain(|now| {
            let mut then = known.get(&(&*now.series, &*now.machine)).into_iter().flatten();
            !then.any(|it| it.revision != now.revision && is_read_back(now.value, it.value))
        });
        Ok(times)
    }

    /// What stages took before, where results are kept: a trend that is not known is none, and no fault.
    pub(crate) fn before(&self) -> Before {
        if !self.config.performance.store_results {
            return Before::new();
        }
        self.seconds_before().unwrap_or_else(|error| {
            warn(&format!("what stages took before is not known: {error:#}"));
            Before::new()
        })
    }

    /// The seconds of stages at the last commit before that of now that they are kept of, on machines like this one.
    fn seconds_before(&self) -> Result<Before> {
        let Some(now) = Commit::of(self.workspace) else { return Ok(Before::new()) };
        let machine = machine_class(self.workspace);
        let mut before = Before::new();
        for series in self.read_of(&[&*machine].into())?.series() {
            let Some(stage) = series.name.strip_prefix(SECONDS) else { continue };
            let is_before =
                |date: &str, revision: &str| date <= &*now.date && revision != now.revision;
            let mut points = series.points.iter().rev();
            let last = points.find(|point| is_before(&point.date, &point.revision));
            if let Some(point) = last.filter(|_| series.machine == machine) {
                before.insert(stage.to_owned(), point.value);
            }
        }
        Ok(before)
    }
}

/// Whether a number can be what another one is after it was written and read: the last bit of it may be lost.
fn is_read_back(written: f64, read: f64) -> bool {
    (written - read).abs() <= written.abs() * f64::EPSILON
}

/// Says what is passed over, and goes on.
pub(crate) fn warn(text: &str) {
    tell(&format!("warning: {}", printable(text)));
}
