//! What is to be sent, until it is.

mod answer;
mod deliver;
mod item;
mod ledger;

pub use answer::{Answer, Courier, Couriers, Unreachable};
pub use deliver::{Delivery, Refusal};
pub use item::{ITEM_LIMIT, SpoolError};
pub use ledger::LEDGER_LIMIT;

use std::fs;
use std::path::{Path, PathBuf};

use crate::folder::{self, failed};
use crate::{Folder, Outgoing};
use ledger::Ledger;

/// The most messages that wait. Where so many could not be sent, somebody has to look.
const MOST: usize = 1000;

/// The messages of a folder.
///
/// A message is a file of `spool/` from before it is first tried until everybody has it. What a server accepted is in
/// `sent.jsonl` at once, and never sent again; what it refused for good is moved to `dead/`.
pub struct Spool<'f> {
    folder: &'f Folder,
    ledger: Ledger,
}

impl<'f> Spool<'f> {
    /// The spool of a folder.
    pub fn open(folder: &'f Folder) -> Result<Self, SpoolError> {
        let ledger = Ledger::open(folder.join("sent.jsonl"))?;
        Ok(Self { folder, ledger })
    }

    /// Puts a message in, unless it is there, or everybody has it. Gives whether it was put in.
    pub fn add(&self, message: &Outgoing) -> Result<bool, SpoolError> {
        let mut message = message.clone();
        message.to.retain(|to| !self.ledger.has(&message.id, to));
        let path = self.path("spool", &item::name(&message));
        if message.to.is_empty() || path.exists() {
            return Ok(false);
        }
        if self.names()?.len() >= MOST {
            return Err(SpoolError::Full { path: self.folder.join("spool"), most: MOST });
        }
        folder::replace(&path, &item::text(&message))?;
        Ok(true)
    }

    /// The names of the files of messages that wait, the oldest first.
    fn names(&self) -> Result<Vec<String>, SpoolError> {
        let path = self.folder.join("spool");
        if !path.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&path).map_err(failed("read", &path))? {
            let name = entry.map_err(failed("read", &path))?.file_name();
            // What a run that was killed had begun to write has another ending.
            names.extend(name.into_string().ok().filter(|it| is_json(it)));
        }
        names.sort();
        Ok(names)
    }

    fn path(&self, folder: &str, name: &str) -> PathBuf {
        self.folder.join(folder).join(name)
    }
}

fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "json")
}
