use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    Cancel, EngineError, Workspace,
    ran::{Asked, Ran},
    sources::listed,
    tools::path_with_own,
};

/// The folder of the sources, in the folder that a trial is kept in.
const TREE: &str = "tree";
/// The folder of what cargo builds of them.
const TARGET: &str = "target";

/// A copy of a workspace's sources, in which something is tried that the workspace must not see before it is known to work.
///
/// It stays, so that the next trial builds only what is new; nothing in the repository knows of it.
#[derive(Debug)]
pub struct Trial<'a> {
    workspace: &'a Workspace,
    cancel: &'a Cancel,
    /// How long a command may take.
    patience: Duration,
    folder: PathBuf,
    /// The folder of the sources.
    pub root: PathBuf,
    files: BTreeSet<PathBuf>,
    environment: Vec<(OsString, OsString)>,
}

impl<'a> Trial<'a> {
    /// A trial of the sources as they are now, kept in `folder`, in which a command may take so long.
    pub fn of(
        workspace: &'a Workspace,
        folder: &Path,
        patience: Duration,
        cancel: &'a Cancel,
    ) -> Result<Self, EngineError> {
        let mut environment = workspace.environment.clone();
        // Beside the workspace's own folder, or cargo would take the one's artifacts for the other's.
        environment.retain(|(name, _)| name != "CARGO_TARGET_DIR" && name != "PATH");
        environment.push(("CARGO_TARGET_DIR".into(), folder.join(TARGET).into()));
        environment.push(("PATH".into(), path_with_own(workspace)?));
        let files = listed(workspace)?.into_iter().collect();
        let (folder, root) = (folder.to_owned(), folder.join(TREE));
        let trial = Self { workspace, cancel, patience, folder, root, files, environment };
        trial.reset()?;
        Ok(trial)
    }

    /// The names of the sources, from the workspace's root.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// Makes the sources those of the workspace again. A file that is as it was keeps its time, so that cargo knows it.
    pub fn reset(&self) -> Result<(), EngineError> {
        let root = &self.root;
        fs::create_dir_all(root).map_err(EngineError::file("make", root))?;
        self.remove_others(root).map_err(EngineError::file("clear", root))?;
        for file in &self.files {
            let (from, to) = (self.workspace.root.join(file), root.join(file));
            copy(&from, &to).map_err(EngineError::file("copy", &from))?;
        }
        Ok(())
    }

    /// Removes what is none of the sources.
    fn remove_others(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                self.remove_others(&path)?;
                // One with something in it stays.
                let _ = fs::remove_dir(&path);
            } else if !path.strip_prefix(&self.root).is_ok_and(|file| self.files.contains(file)) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// What a source holds in the workspace.
    pub fn original(&self, file: &str) -> Result<Vec<u8>, EngineError> {
        let path = self.workspace.root.join(file);
        fs::read(&path).map_err(EngineError::file("read", &path))
    }

    /// Writes a source.
    pub fn write(&self, file: &str, content: &[u8]) -> Result<(), EngineError> {
        let path = self.root.join(file);
        if fs::read(&path).is_ok_and(|old| old == content) {
            return Ok(());
        }
        fs::write(&path, content).map_err(EngineError::file("write", &path))
    }

    /// Runs a command in the sources to its end, and all that it started.
    pub fn run(&self, words: &[&str]) -> Result<Ran, EngineError> {
        let asked = Asked {
            workspace: self.workspace,
            folder: &self.root,
            environment: &self.environment,
            output: &self.folder,
            patience: self.patience,
            cancel: self.cancel,
        };
        asked.run(words)
    }
}

/// Copies a file or a link, unless the same is there. What is neither is no source, and what is gone is gone.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let meta = match fs::symlink_metadata(from) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return remove(to),
        Err(error) => return Err(error),
    };
    let there = fs::symlink_metadata(to).ok();
    if meta.is_symlink() {
        let target = fs::read_link(from)?;
        if there.is_some_and(|it| it.is_symlink()) && fs::read_link(to)? == target {
            return Ok(());
        }
        parent(to)?;
        remove(to)?;
        return symlink(target, to);
    }
    if !meta.is_file() {
        return Ok(());
    }
    let is_file = there.as_ref().is_some_and(fs::Metadata::is_file);
    let is_same = is_file && there.is_some_and(|it| it.permissions() == meta.permissions());
    if is_same && fs::read(to)? == fs::read(from)? {
        return Ok(());
    }
    parent(to)?;
    remove(to)?;
    fs::copy(from, to).map(drop)
}

fn parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// That something is not there is as good as that it was removed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
