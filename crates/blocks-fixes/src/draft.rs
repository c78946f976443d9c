//! What is to be changed, put together.

use std::collections::BTreeMap;

use crate::edit::apply;
use crate::sources::relative;
use crate::{Change, Edit, FileChange, Left, Sources, Unfit};

/// Changes of one stage.
#[derive(Debug, Clone)]
pub struct StageChanges {
    /// The stage.
    pub stage: String,
    /// The stage's title.
    pub title: String,
    /// Whether it only changes how files look. Such changes come last: they are made on what all others leave.
    pub is_format: bool,
    /// The changes.
    pub changes: Vec<Change>,
}

/// The changes that can be made together, and the files that they are of.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    originals: BTreeMap<String, Vec<u8>>,
    /// By stage, in the order in which they are made.
    pub stages: Vec<StageChanges>,
    /// What is left out.
    pub left: Vec<Left>,
}

impl Draft {
    /// A file as it is, and its name from the workspace's root; `root` is where the workspace lay when it was named.
    pub(crate) fn original(
        &mut self,
        sources: &Sources,
        root: &str,
        file: &str,
    ) -> Result<(String, &[u8]), Unfit> {
        let file = relative(root, file)?;
        if !self.originals.contains_key(&file) {
            self.originals.insert(file.clone(), sources.read(&file)?);
        }
        let bytes = self.originals.get(&file).map(Vec::as_slice).unwrap_or_default();
        Ok((file, bytes))
    }

    /// The lock file, which cargo generates, and which is one of the sources all the same.
    pub(crate) fn lock(&mut self, sources: &Sources) -> Result<Vec<u8>, Unfit> {
        const LOCK: &str = "Cargo.lock";
        if let Some(known) = self.originals.get(LOCK) {
            return Ok(known.clone());
        }
        let bytes = sources.read_generated(LOCK)?;
        self.originals.insert(LOCK.to_owned(), bytes.clone());
        Ok(bytes)
    }

    /// Adds what a stage wants. What does not go with what is there already is left out, and what is there already is no
    /// change.
    pub(crate) fn add(&mut self, stage: StageChanges) {
        let StageChanges { stage, title, is_format, changes } = stage;
        // By file, as there may be thousands of each.
        let mut taken: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for edit in self.stages.iter().flat_map(|it| &it.changes).flat_map(|it| &it.edits) {
            taken.entry(edit.file.clone()).or_default().push(edit.clone());
        }
        let mut kept: Vec<Change> = Vec::new();
        for change in changes {
            let there = |edit: &Edit| taken.get(&edit.file).into_iter().flatten();
            if change.edits.iter().all(|edit| there(edit).any(|it| it == edit)) {
                continue;
            }
            if change.edits.iter().any(|edit| there(edit).any(|it| it.conflicts_with(edit))) {
                // What others changed is formatted again, where there is a formatter.
                let why = "another change is at the same place";
                self.left.push(Left::of(&stage, &change, why));
                continue;
            }
            for edit in &change.edits {
                taken.entry(edit.file.clone()).or_default().push(edit.clone());
            }
            kept.push(change);
        }
        if !kept.is_empty() {
            self.stages.push(StageChanges { stage, title, is_format, changes: kept });
        }
    }

    /// Leaves out the changes that are not to be kept, and says why.
    pub fn retain(&mut self, why: &str, keep: impl Fn(&StageChanges, &Change) -> bool) {
        for at in 0..self.stages.len() {
            let (kept, gone): (Vec<_>, Vec<_>) =
                self.stages[at].changes.iter().cloned().partition(|it| keep(&self.stages[at], it));
            let stage = &mut self.stages[at];
            self.left.extend(gone.iter().map(|it| Left::of(&stage.stage, it, why)));
            stage.changes = kept;
        }
        self.stages.retain(|stage| !stage.changes.is_empty());
    }

    /// The files as each stage changes them, those before it included.
    pub fn layers(&self) -> Vec<(&StageChanges, Vec<FileChange>)> {
        let mut layers = Vec::new();
        for (at, stage) in self.stages.iter().enumerate() {
            let mut files: Vec<&str> = stage.changes.iter().flat_map(Change::files).collect();
            files.sort_unstable();
            files.dedup();
            let change = |path: &str| FileChange {
                path: path.to_owned(),
                before: self.content(path, at),
                after: self.content(path, at + 1),
            };
            let mut files: Vec<_> = files.into_iter().map(change).collect();
            files.retain(|file| file.before != file.after);
            if !files.is_empty() {
                layers.push((stage, files));
            }
        }
        layers
    }

    /// A file after the first so many stages.
    fn content(&self, file: &str, stages: usize) -> Vec<u8> {
        let original = self.originals.get(file).map(Vec::as_slice).unwrap_or_default();
        let edits =
            self.stages[..stages].iter().flat_map(|it| &it.changes).flat_map(|it| &it.edits);
        apply(original, edits.filter(|edit| edit.file == file))
    }
}
