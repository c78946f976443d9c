//! What was sent to a registry, kept where a killed run does not lose it.
//!
//! What is at the registry is what its index says; the journal only tells what the index may not show yet.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::cargo::CargoError;

/// The largest journal that is read, in bytes.
const LIMIT: u64 = 16 << 20;

/// The form of the file.
const FORM: u32 = 1;

/// The archives that were sent to an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Journal {
    form: u32,
    index: String,
    /// SHA-256 of what was sent, by `NAME@VERSION`. That it was sent is written before it is.
    sent: BTreeMap<String, String>,
    #[serde(skip)]
    path: PathBuf,
}

impl Journal {
    /// The journal of an index in a folder; an empty one where there is none, or one of another index.
    pub(crate) fn open(folder: &Path, index: &str) -> Result<Self, CargoError> {
        let path = folder.join("publish.json");
        let new = || Self {
            form: FORM,
            index: index.to_owned(),
            sent: BTreeMap::new(),
            path: path.clone(),
        };
        let bytes = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(new()),
            Err(error) => return Err(CargoError::File("read", path, error)),
            // Nothing hangs on it that the index does not say as well, only later.
            Ok(meta) if meta.len() > LIMIT => return Ok(new()),
            Ok(_) => {
                fs::read(&path).map_err(|error| CargoError::File("read", path.clone(), error))?
            }
        };
        let read: Option<Self> = serde_json::from_slice(&bytes).ok();
        let read = read.filter(|it| it.form == FORM && it.index == index);
        Ok(read.map_or_else(new, |read| Self { path: path.clone(), ..read }))
    }

    /// Whether this archive was sent.
    pub(crate) fn has(&self, spec: &str, sha256: &str) -> bool {
        self.sent.get(spec).is_some_and(|it| it == sha256)
    }

    /// Keeps that it will be sent now.
    pub(crate) fn sends(&mut self, spec: &str, sha256: &str) -> Result<(), CargoError> {
        self.sent.insert(spec.to_owned(), sha256.to_owned());
        self.write()
    }

    /// Forgets that it was sent: the registry did not take it.
    pub(crate) fn forgets(&mut self, spec: &str) -> Result<(), CargoError> {
        self.sent.remove(spec);
        self.write()
    }

    fn write(&self) -> Result<(), CargoError> {
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        let beside = self.path.with_extension("new");
        let failed = |error| CargoError::File("write", self.path.clone(), error);
        self.path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, &self.path)).map_err(failed)
    }
}
