//! The documentation of a workspace, all members in one folder.

use std::{
    ffi::OsStr,
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Cancel, EngineError, Sink, Workspace, host::Lock};

/// What cargo asks for the documentation.
const WORDS: [&str; 3] = ["doc", "--workspace", "--no-deps"];

/// What stands for rustdoc, and says there why.
const RUSTDOC: &str = include_str!("document.sh");

/// The variables that it reads.
const PAGES: &str = "BLOCKS_PAGES";
const REAL: &str = "BLOCKS_RUSTDOC";

/// The pages of a workspace's documentation, for as long as this is held.
#[derive(Debug)]
pub struct Pages {
    /// Their folder.
    pub folder: PathBuf,
    /// What cargo builds is the same for all runs.
    _lock: Lock,
}

impl Pages {
    /// Lets cargo document all members, into a folder of Blocks' own that has nothing of an earlier run; `crates` are the
    /// names of their crates. Cargo tells on standard error what it does.
    ///
    /// Each of them has the links that it can have to the others, so that the same sources give the same pages.
    pub fn make(
        workspace: &Workspace,
        crates: &[&str],
        cancel: &Cancel,
        sink: Sink<'_>,
    ) -> Result<Self, EngineError> {
        let lock = Lock::take(workspace, cancel, sink)?;
        workspace.lock_file()?;
        let (folder, rustdoc) =
            (workspace.blocks().join("pages"), workspace.blocks().join("rustdoc"));
        // Cargo has to find that none of them is made: for this machine, or for a target that the workspace names.
        for made in made(&workspace.target).map_err(EngineError::file("read", &workspace.target))? {
            remove(&made)?;
        }
        remove(&folder)?;
        for name in crates {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).map_err(EngineError::file("make", &folder))?;
        }
        write_program(&rustdoc).map_err(EngineError::file("write", &rustdoc))?;
        let mut command = Command::new("cargo");
        command.args(WORDS).current_dir(&workspace.root).env_clear();
        command.envs(workspace.environment.iter().cloned());
        let real = workspace.variable("RUSTDOC").unwrap_or(OsStr::new("rustdoc")).to_owned();
        command.env(PAGES, &folder).env(REAL, real).env("RUSTDOC", &rustdoc);
        // What was asked for is printed elsewhere.
        let status = command.stdout(io::stderr()).status().map_err(|error| {
            EngineError::Program { program: "cargo".to_owned(), reason: error.to_string() }
        })?;
        if status.success() {
            return Ok(Self { folder, _lock: lock });
        }
        Err(EngineError::Documentation { folder: workspace.root.clone() })
    }
}

/// Where cargo puts documentation.
fn made(target: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = vec![target.join("doc")];
    if target.is_dir() {
        for entry in fs::read_dir(target)? {
            found.push(entry?.path().join("doc"));
        }
    }
    found.retain(|folder| folder.is_dir());
    Ok(found)
}

fn write_program(path: &Path) -> io::Result<()> {
    fs::write(path, RUSTDOC)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

fn remove(folder: &Path) -> Result<(), EngineError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(EngineError::file("remove", folder)(error))
        }
        _ => Ok(()),
    }
}
