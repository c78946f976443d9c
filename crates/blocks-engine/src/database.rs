use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_records::{digest_of, digest_of_file};

use crate::{EngineError, Workspace};

/// Where tools keep an advisory database, below cargo's home folder: cargo-deny and cargo-audit.
const USUAL: [&str; 2] = ["advisory-dbs/advisory-db-3157b0e258782691", "advisory-db"];

/// The folder of the advisories in one.
const CRATES: &str = "crates";

/// A database of advisories on this machine, as `RustSec` publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// Its folder.
    pub folder: PathBuf,
    /// What identifies it, in a line: its commit, or else a digest of its advisories.
    pub name: String,
    /// When its commit was made, in seconds since 1970; empty where it is no checkout of git's.
    pub date: String,
    /// A digest of its advisories.
    pub digest: String,
}

impl Database {
    /// The database in a folder.
    pub fn open(workspace: &Workspace, folder: &Path) -> Result<Self, EngineError> {
        let unreadable = |error| EngineError::file("read", folder)(error);
        let folder = folder.canonicalize().map_err(unreadable)?;
        if folder.to_str().is_none() {
            return Err(EngineError::file("use", &folder)("its path is not UTF-8"));
        }
        let crates = folder.join(CRATES);
        if !crates.is_dir() {
            let reason = "it has no folder `crates`, so it is no advisory database: clone \
                          https://github.com/rustsec/advisory-db";
            return Err(EngineError::file("use", &folder)(reason));
        }
        let digest = digest(&crates).map_err(EngineError::file("read", &crates))?;
        let (name, date) = match commit(workspace, &folder) {
            Some((name, date)) => (name, date),
            None => (digest.clone(), String::new()),
        };
        Ok(Self { folder, name, date, digest })
    }

    /// The database that tools keep on this machine, where they do.
    pub fn usual(workspace: &Workspace) -> Result<Option<Self>, EngineError> {
        let Some(home) = cargo_home(workspace) else { return Ok(None) };
        let places = USUAL.iter().map(|place| home.join(place));
        let mut there = places.filter(|place| place.join(CRATES).is_dir());
        there.next().map(|place| Self::open(workspace, &place)).transpose()
    }
}

fn cargo_home(workspace: &Workspace) -> Option<PathBuf> {
    let own = workspace.variable("CARGO_HOME").map(PathBuf::from);
    own.or_else(|| Some(Path::new(workspace.variable("HOME")?).join(".cargo")))
}

/// The commit of a checkout, and its date. A folder within another's checkout is none, and neither is one whose
/// advisories are not those of the commit.
fn commit(workspace: &Workspace, folder: &Path) -> Option<(String, String)> {
    if !git(workspace, folder, &["status", "--porcelain", "--", CRATES])?.is_empty() {
        return None;
    }
    let text = git(workspace, folder, &["log", "-1", "--no-show-signature", "--format=%H %ct"])?;
    let (name, date) = text.trim().split_once(' ')?;
    Some((name.to_owned(), date.to_owned()))
}

/// What a command of git prints about a checkout.
fn git(workspace: &Workspace, folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git_dir = OsString::from("--git-dir=");
    git_dir.push(folder.join(".git"));
    let output = Command::new("git")
        .arg(git_dir)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// A digest over the path and the content of each file.
fn digest(crates: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    let mut folders = vec![crates.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    let mut list = Vec::new();
    for file in files {
        // No path holds a zero byte, so no two lists of files read the same.
        for part in [file.as_os_str().as_encoded_bytes(), digest_of_file(&file)?.sha256.as_bytes()]
        {
            list.extend_from_slice(part);
            list.push(0);
        }
    }
    Ok(format!("sha256-{}", digest_of(list.as_slice())?.sha256))
}
