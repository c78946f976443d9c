//! `state.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use blocks_failures::Run;
use serde::{Deserialize, Serialize};

use super::{Branch, Change, Outgoing, Told};
use crate::folder::{read, replace};
use crate::{Folder, FolderError};

/// The largest `state.json` that is read, in bytes.
pub const STATE_LIMIT: usize = 64 << 20;

/// The version of its form.
const SCHEMA: u32 = 1;

/// How many branches are kept: what nobody built for longest is forgotten.
const MOST_BRANCHES: usize = 500;

/// What is known of all branches, and what is to be sent because of it.
///
/// Both are in one file, so that a change and its message are kept together or not at all: a run that ends between the
/// two could else tell twice, or never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    schema: u32,
    /// Branches by name, but for those of which there is nothing to know.
    branches: BTreeMap<String, Branch>,
    /// Messages that are to be put into the spool.
    outbox: Vec<Outgoing>,
}

/// Why what is known cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The file could not be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// It would become larger than what is read of it.
    #[error("what is known does not fit into {path}, which can have {} MiB", STATE_LIMIT >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is of another version.
    #[error(
        "{path} is of version {found}, and this program understands version {SCHEMA}: update cargo-blocks"
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// The version that it says.
        found: u64,
    },
    /// It is damaged. It is left as it is: what it knows may still be read by people.
    #[error(
        "{path} is damaged ({reason}): mend it, or move it elsewhere, by which all branches count as green before this run"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the reader says.
        reason: String,
    },
}

impl Default for State {
    fn default() -> Self {
        Self { schema: SCHEMA, branches: BTreeMap::new(), outbox: Vec::new() }
    }
}

impl State {
    /// Reads what is kept in a folder; where nothing is, nothing is known.
    pub fn load(folder: &Folder) -> Result<Self, StateError> {
        let path = folder.join("state.json");
        match read(&path, STATE_LIMIT)? {
            None => Ok(Self::default()),
            Some(text) => Self::parse(&text).map_err(|fault| fault.of(path)),
        }
    }

    /// Writes it in place of what was there.
    pub fn save(&self, folder: &Folder) -> Result<(), StateError> {
        let (path, text) = (folder.join("state.json"), self.text());
        // What could not be read back is not written.
        if text.len() > STATE_LIMIT {
            return Err(StateError::TooLarge { path });
        }
        Ok(replace(&path, &text)?)
    }

    /// Reads the text of `state.json`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Version {
            schema: u64,
        }
        let Version { schema } = serde_json::from_str(text).map_err(Fault::damaged)?;
        if schema != u64::from(SCHEMA) {
            return Err(Fault::Version(schema));
        }
        serde_json::from_str(text).map_err(Fault::damaged)
    }

    /// The text of `state.json`.
    pub fn text(&self) -> String {
        // Only maps with keys that are no strings, and values that refuse, cannot be written.
        let mut text = serde_json::to_string_pretty(self)
            .unwrap_or_else(|error| unreachable!("structs of strings and numbers: {error}"));
        text.push('\n');
        text
    }

    /// What is known of a branch.
    pub fn branch(&self, name: &str) -> Branch {
        self.branches.get(name).cloned().unwrap_or_default()
    }

    /// What there is to tell of a branch after a run; what is known of it is then as after it.
    pub fn step(&mut self, name: &str, run: &Run, told: Told, now: u64) -> Option<Change> {
        let (next, change) = self.branch(name).after(run, told, now);
        if next.is_default() {
            self.branches.remove(name);
        } else {
            self.branches.insert(name.to_owned(), next);
            self.forget(name);
        }
        change
    }

    /// Keeps the name of the letter that told that a branch broke, if it is broken and no other has told before.
    pub fn begin_thread(&mut self, name: &str, id: &str) {
        if let Some(branch) = self.branches.get_mut(name)
            && !branch.broken.is_empty()
        {
            branch.thread.get_or_insert_with(|| id.to_owned());
        }
    }

    /// Keeps a message until it is in the spool.
    pub fn post(&mut self, message: Outgoing) {
        self.outbox.push(message);
    }

    /// The messages that are to be put into the spool.
    pub fn outbox(&self) -> &[Outgoing] {
        &self.outbox
    }

    /// Forgets the messages, as they are in the spool.
    pub fn clear_outbox(&mut self) {
        self.outbox.clear();
    }

    fn forget(&mut self, but: &str) {
        while self.branches.len() > MOST_BRANCHES {
            let age = |branch: &Branch| branch.told.unwrap_or(0);
            let others = self.branches.iter().filter(|(name, _)| *name != but);
            let Some(oldest) = others.min_by_key(|it| age(it.1)).map(|it| it.0.clone()) else {
                return;
            };
            self.branches.remove(&oldest);
        }
    }
}

/// What is wrong with the text of `state.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is of this version.
    Version(u64),
    /// It is no text of this form; what the reader says.
    Damaged(String),
}

impl Fault {
    #[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
    fn damaged(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }

    fn of(self, path: PathBuf) -> StateError {
        match self {
            Self::Version(found) => StateError::Version { path, found },
            Self::Damaged(reason) => StateError::Damaged { path, reason },
        }
    }
}
