//! A store that is a folder.

use crate::history::History;
use crate::{Damage, FILE_LIMIT, HistoryError, Measurement, added, file_of};
use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder with the files of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The store in a folder, which need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Reads all files `*/*.jsonl`. A folder that is not there holds nothing.
    pub fn read(&self) -> Result<History, HistoryError> {
        self.read_where(|_| true)
    }

    /// Reads those in the folders that are wanted, by their names (see [`machine_folder`](crate::machine_folder)).
    pub fn read_where(&self, is_wanted: impl Fn(&str) -> bool) -> Result<History, HistoryError> {
        let mut history = History::default();
        for folder in entries(&self.path)? {
            if !is_wanted(&folder.file_name().to_string_lossy()) || !folder.path().is_dir() {
                continue;
            }
            for file in entries(&folder.path())? {
                let path = file.path();
                if path.extension().is_none_or(|it| it != "jsonl") || !path.is_file() {
                    continue;
                }
                let name = format!(
                    "{}/{}",
                    folder.file_name().to_string_lossy(),
                    file.file_name().to_string_lossy()
                );
                match read_bounded(&path) {
                    Ok(bytes) => history.add(&name, &bytes),
                    Err(error) => history.warn(&name, None, Damage::File(error.to_string())),
                }
            }
        }
        history.sort();
        Ok(history)
    }

    /// Adds measurements, each to its file, but for those that are there already. Gives how many were added.
    ///
    /// All lines of a file are written at once, while no other writer has it.
    pub fn append(&self, measurements: &[Measurement]) -> Result<usize, HistoryError> {
        let mut files: BTreeMap<String, Vec<&Measurement>> = BTreeMap::new();
        for measurement in measurements {
            measurement.check()?;
            files.entry(file_of(measurement)).or_default().push(measurement);
        }
        let mut count = 0;
        for (file, measurements) in files {
            count += self.append_to(&file, &measurements)?;
        }
        Ok(count)
    }

    fn append_to(&self, file: &str, measurements: &[&Measurement]) -> Result<usize, HistoryError> {
        let path = self.path.join(file);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
        let mut open = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path)
            .map_err(failed("open", &path))?;
        // Until the file is closed.
        open.lock().map_err(failed("lock", &path))?;
        let existing = bounded(&open).map_err(failed("read", &path))?;
        let addition = added(file, &existing, measurements.iter().copied())?;
        if addition.count > 0 {
            open.write_all(&addition.bytes).map_err(failed("write", &path))?;
        }
        Ok(addition.count)
    }
}

/// What is in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<DirEntry>, HistoryError> {
    let listed = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.and_then(Iterator::collect::<io::Result<Vec<_>>>),
    };
    let mut listed = listed.map_err(failed("read", folder))?;
    listed.sort_by_key(DirEntry::file_name);
    Ok(listed)
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    bounded(&File::open(path)?)
}

/// A file's bytes; of one that is too large, a byte more than are read of any.
fn bounded(file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(FILE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// For `map_err` on the result of a file operation.
fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> HistoryError {
    let path = path.to_owned();
    move |error| HistoryError::File { what, path, reason: error.to_string() }
}
