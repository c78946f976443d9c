//! What git runs by itself.

use std::{fs, io, path::PathBuf};

use crate::{EngineError, Workspace, git::Git};

/// A script that git is to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHook {
    /// Where git looks for it.
    pub path: PathBuf,
    /// A script of shell.
    pub script: String,
}

/// Where git looks for a hook, whether it is there or not; the configuration of git (`core.hooksPath`) may say elsewhere.
pub fn hook_file(workspace: &Workspace, hook: &str) -> Result<PathBuf, EngineError> {
    let git = Git { workspace };
    git.check_checkout()?;
    let told = git.output(&["rev-parse", "--git-path", "hooks"], "git knows no folder of hooks")?;
    let told = String::from_utf8_lossy(&told);
    let folder = told.strip_suffix('\n').unwrap_or(&told);
    Ok(workspace.root.join(folder).join(hook))
}

/// Writes a hook: whole, or not at all.
pub fn write_hook(new: &NewHook) -> io::Result<()> {
    let folder = new.path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let beside = new.path.with_extension("blocks-new");
    let written = fs::write(&beside, &new.script)
        .and_then(|()| make_executable(&beside))
        .and_then(|()| fs::rename(&beside, &new.path));
    if written.is_err() {
        // Why it failed is what is told.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(unix)]
fn make_executable(path: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &std::path::Path) -> io::Result<()> {
    Ok(())
}

/// Whether git has a commit of this name, in hexadecimal digits.
pub fn has_commit(workspace: &Workspace, name: &str) -> bool {
    let is_name = name.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name && Git { workspace }.commit(name).is_ok()
}

/// The branch that a remote is shown by, as a revision of this repository (`origin/main`); none where that is not known.
pub fn remote_branch(workspace: &Workspace, remote: &str) -> Option<String> {
    let name = crate::repository::symbolic(workspace, &format!("refs/remotes/{remote}/HEAD"))?;
    Git { workspace }.commit(&name).ok().map(|_| name)
}
