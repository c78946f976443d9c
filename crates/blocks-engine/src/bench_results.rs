//! What `cargo bench` left in the target folder, and whether it is of the sources of now.

use crate::sources::listed;
use crate::{EngineError, Workspace};
use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// How deep folders of results lie below each other: a group, a function, a value and a run, or a target, a package, a
/// file, a group and a benchmark. What is deeper is no result.
const DEEPEST: usize = 8;

/// Results of criterion and of gungraun.
#[derive(Debug, Default)]
pub struct BenchResults {
    /// The benchmarks of criterion, by their folders.
    pub criterion: Vec<CriterionResult>,
    /// The summaries of gungraun, by their folders.
    pub gungraun: Vec<GungraunResult>,
}

/// A benchmark of criterion, of which it left one measurement or two.
#[derive(Debug)]
pub struct CriterionResult {
    /// Its folder.
    pub folder: PathBuf,
    /// What it is compared with.
    pub before: Option<CriterionRun>,
    /// The last run.
    pub now: Option<CriterionRun>,
}

/// A measurement: its files as they are; one that is not there is empty.
#[derive(Debug, PartialEq, Eq)]
pub struct CriterionRun {
    /// `benchmark.json`.
    pub benchmark: Vec<u8>,
    /// `estimates.json`.
    pub estimates: Vec<u8>,
    /// `sample.json`.
    pub sample: Vec<u8>,
    /// Whether sources are newer.
    pub is_old: bool,
}

/// A summary of gungraun.
#[derive(Debug)]
pub struct GungraunResult {
    /// Its folder.
    pub folder: PathBuf,
    /// The member whose benchmark it is; none where the path does not say.
    pub member: Option<String>,
    /// `summary.json`.
    pub summary: Vec<u8>,
    /// Whether sources are newer.
    pub is_old: bool,
}

/// Where to look, and for what.
struct Search<'a> {
    /// The folder of criterion's that a run is compared with.
    saved: &'a str,
    /// The most bytes of a file, and one more, by which its reader knows that it is too large.
    most: u64,
    members: &'a [String],
    newest: Option<SystemTime>,
}

impl BenchResults {
    /// Reads what there is. `saved` is the folder of criterion's that a run is compared with (`base` where nobody named
    /// one), and `limit` the most bytes that a file may have.
    pub fn find(workspace: &Workspace, saved: &str, limit: usize) -> Result<Self, EngineError> {
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let newest = newest_source(workspace)?;
        let search = Search { saved, most, members: &workspace.members, newest };
        let mut found = Self::default();
        let criterion = home(workspace, "CRITERION_HOME", "criterion");
        for folder in folders(&criterion)? {
            found.criterion.extend(search.criterion(folder)?);
        }
        let gungraun = home(workspace, "GUNGRAUN_HOME", "gungraun");
        for folder in folders(&gungraun)? {
            found.gungraun.extend(search.gungraun(&gungraun, folder)?);
        }
        Ok(found)
    }
}

impl Search<'_> {
    fn criterion(&self, folder: PathBuf) -> Result<Option<CriterionResult>, EngineError> {
        let [before, now] = [self.saved, "new"].map(|run| self.run(&folder.join(run)));
        let (before, now) = (before?, now?);
        let is_any = before.is_some() || now.is_some();
        Ok(is_any.then_some(CriterionResult { folder, before, now }))
    }

    fn run(&self, folder: &Path) -> Result<Option<CriterionRun>, EngineError> {
        let place = folder.join("sample.json");
        let Some(sample) = self.read(&place)? else { return Ok(None) };
        let other = |name: &str| Ok(self.read(&folder.join(name))?.unwrap_or_default());
        Ok(Some(CriterionRun {
            benchmark: other("benchmark.json")?,
            estimates: other("estimates.json")?,
            sample,
            is_old: self.is_old(&place),
        }))
    }

    fn gungraun(
        &self,
        home: &Path,
        folder: PathBuf,
    ) -> Result<Option<GungraunResult>, EngineError> {
        let place = folder.join("summary.json");
        let Some(summary) = self.read(&place)? else { return Ok(None) };
        // The package's name comes first, or behind the target that one is built for.
        let below = folder.strip_prefix(home).unwrap_or(&folder).components().take(2);
        let mut names = below.filter_map(|it| it.as_os_str().to_str());
        let member = names.find(|name| self.members.iter().any(|it| it == name));
        let (member, is_old) = (member.map(str::to_owned), self.is_old(&place));
        Ok(Some(GungraunResult { folder, member, summary, is_old }))
    }

    /// A file's bytes, or one more than is read of it; nothing where there is no file.
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, EngineError> {
        let is_file = fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
        let read = || {
            let mut bytes = Vec::new();
            File::open(path)?.take(self.most).read_to_end(&mut bytes).map(|_| bytes)
        };
        is_file.then(read).transpose().map_err(EngineError::file("read", path))
    }

    /// Whether a result is older than a source. One of which it is not known is.
    fn is_old(&self, path: &Path) -> bool {
        let made = fs::metadata(path).and_then(|it| it.modified()).ok();
        self.newest.is_some_and(|newest| made.is_none_or(|made| made < newest))
    }
}

/// Where a harness leaves its results: where its variable says, or in the target folder.
fn home(workspace: &Workspace, variable: &str, name: &str) -> PathBuf {
    let set = workspace.variable(variable).map(|value| workspace.root.join(value));
    set.unwrap_or_else(|| workspace.target.join(name))
}

/// A folder and all below it, by their names; none where it is not there. Links are not followed.
fn folders(top: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let mut found = Vec::new();
    let mut open = vec![(top.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(EngineError::file("read", &folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(EngineError::file("read", &folder))?;
            if depth < DEEPEST && entry.file_type().is_ok_and(|it| it.is_dir()) {
                open.push((entry.path(), depth + 1));
            }
        }
        found.push(folder);
    }
    found.sort();
    Ok(found)
}

/// When the newest of what programs are compiled of was written: sources, manifests and the lock file.
fn newest_source(workspace: &Workspace) -> Result<Option<SystemTime>, EngineError> {
    let is_source = |file: &&PathBuf| {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default();
        file.extension().is_some_and(|it| it == "rs") || matches!(name, "Cargo.toml" | "Cargo.lock")
    };
    let files = listed(workspace)?;
    let times = files.iter().filter(is_source).filter_map(|file| {
        let path = workspace.root.join(file);
        let is_built = path.starts_with(&workspace.target);
        (!is_built).then(|| fs::metadata(path).and_then(|it| it.modified()).ok()).flatten()
    });
    Ok(times.max())
}
