use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_records::{digest_of, digest_of_file};

use crate::{EngineError, OwnFiles, Workspace};

/// The folders in which other tools keep a state of their own.
const STATE: [&str; 4] = [".direnv", ".git", ".hg", ".jj"];

/// What identifies the sources of a workspace: a digest over every file's path, kind and content.
///
/// The files are those that git tracks or would track; without git, all but the target folder and
/// what version control and direnv keep. `Cargo.lock` counts in any case: it says which sources the dependencies have.
/// What is Blocks' own does not count.
pub fn fingerprint(workspace: &Workspace, own: &OwnFiles) -> Result<String, EngineError> {
    let root = &workspace.root;
    let mut files = listed(workspace)?;
    files.retain(|file| !own.has(file));
    files.sort();
    files.dedup();
    let mut list = Vec::new();
    for file in files {
        let path = root.join(&file);
        let Some(content) = content_of(&path).map_err(EngineError::file("read", &path))? else {
            continue;
        };
        // No path holds a zero byte, so no two lists of files read the same.
        for part in [file.as_os_str().as_encoded_bytes(), &content] {
            list.extend_from_slice(part);
            list.push(0);
        }
    }
    let digest = digest_of(list.as_slice()).map_err(EngineError::file("read", root))?;
    Ok(format!("sha256-{}", digest.sha256))
}

/// The sources of a workspace, from its root: those that [`fingerprint`] is over, and what is Blocks' own.
pub fn listed(workspace: &Workspace) -> Result<Vec<PathBuf>, EngineError> {
    let root = &workspace.root;
    let mut files = match tracked(workspace) {
        Some(files) => files,
        None => walked(root, &workspace.target).map_err(EngineError::file("read", root))?,
    };
    files.push("Cargo.lock".into());
    Ok(files)
}

/// A file's kind and digest; nothing for a folder (a submodule), or a file that is gone.
fn content_of(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if meta.is_symlink() {
        let target = fs::read_link(path)?;
        return Ok(Some([b"link ", target.as_os_str().as_encoded_bytes()].concat()));
    }
    if !meta.is_file() {
        return Ok(None);
    }
    let kind = if is_executable(&meta) { "program" } else { "file" };
    Ok(Some(format!("{kind} {}", digest_of_file(path)?.sha256).into_bytes()))
}

fn is_executable(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o111 != 0
}

/// The files that git tracks or would track; none where there is no git, no checkout, or where the
/// workspace lies in a folder that an outer checkout ignores.
fn tracked(workspace: &Workspace) -> Option<Vec<PathBuf>> {
    use std::os::unix::ffi::OsStrExt as _;
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&workspace.root)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        .output()
        .ok()?;
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let files: Vec<_> = names.map(|name| std::ffi::OsStr::from_bytes(name).into()).collect();
    (output.status.success() && !files.is_empty()).then_some(files)
}

fn walked(root: &Path, target: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let is_state = STATE.iter().any(|name| entry.file_name() == *name);
            if entry.file_type()?.is_dir() {
                if !is_state && path != target {
                    folders.push(path);
                }
            } else if let Ok(inner) = path.strip_prefix(root) {
                found.push(inner.to_owned());
            }
        }
    }
    Ok(found)
}
