//! `sent.jsonl`: what servers have accepted.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::SpoolError;
use crate::folder::{failed, read, replace};

/// The largest file that is read, in bytes.
pub const LEDGER_LIMIT: usize = 16 << 20;

/// From how many bytes on the older half is forgotten. A message that old is in no spool any more.
const LONG: usize = 4 << 20;

/// A message that a recipient has.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub id: String,
    pub to: String,
    /// When, in seconds since 1970.
    pub at: u64,
}

/// Who has which message.
pub(super) struct Ledger {
    path: PathBuf,
    sent: HashSet<(String, String)>,
}

impl Ledger {
    pub fn open(path: PathBuf) -> Result<Self, SpoolError> {
        let text = read(&path, LEDGER_LIMIT)?.unwrap_or_default();
        let damaged = |reason| SpoolError::Damaged { path: path.clone(), reason };
        let entries = entries(&text).map_err(damaged)?;
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        if whole < text.len() {
            // The run that wrote it ended within a line, so that what it tells of was never known to be sent.
            replace(&path, &text[..whole])?;
        } else if text.len() > LONG {
            let half = text[text.len() / 2..].split_once('\n').map_or("", |it| it.1);
            replace(&path, half)?;
        }
        let sent = entries.into_iter().map(|it| (it.id, it.to)).collect();
        Ok(Self { path, sent })
    }

    pub fn has(&self, id: &str, to: &str) -> bool {
        self.sent.contains(&(id.to_owned(), to.to_owned()))
    }

    /// Notes what was accepted, and does not return before it is on the disk.
    pub fn add(&mut self, all: Vec<Sent>) -> Result<(), SpoolError> {
        let mut text = String::new();
        for sent in &all {
            let line = serde_json::to_string(sent)
                .unwrap_or_else(|error| unreachable!("a struct of strings and numbers: {error}"));
            text.push_str(&line);
            text.push('\n');
        }
        let mut file = File::options()
            .append(true)
            .create(true)
            .open(&self.path)
            .map_err(failed("open", &self.path))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(failed("write", &self.path))?;
        if let (true, Some(folder)) = (cfg!(unix), self.path.parent()) {
            // A file that is new reaches the disk with its folder.
            File::open(folder).and_then(|it| it.sync_all()).map_err(failed("write", folder))?;
        }
        self.sent.extend(all.into_iter().map(|it| (it.id, it.to)));
        Ok(())
    }
}

/// The entries of the text, but for a line that has no end; the error says which line is none.
fn entries(text: &str) -> Result<Vec<Sent>, String> {
    let whole = text.rfind('\n').map_or("", |at| &text[..at]);
    let lines = whole.lines().enumerate();
    let entry = |(index, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))
    };
    lines.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::entries;
    use proptest::prelude::*;

    #[test]
    fn a_line_without_its_end_is_none_and_one_in_between_is_an_error() {
        let line = "{\"id\":\"a@b\",\"to\":\"c@d\",\"at\":1}";
        assert_eq!(entries(&format!("{line}\n{{\"id\"")).unwrap().len(), 1);
        let error = entries(&format!("{line}\nx\n{line}\n")).unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[{}\":,a-d@\n\u{e9}0-9]{0,80}") {
            let _ = entries(&text);
        }
    }
}
