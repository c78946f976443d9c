use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::version_in;
use crate::Workspace;

/// The path of a program, found as a shell in the workspace's environment would find it.
pub(super) fn on_path(workspace: &Workspace, program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return is_program(program).then(|| program.to_owned());
    }
    let path = workspace.variable("PATH")?;
    env::split_paths(path).map(|folder| folder.join(program)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

/// The version that a program says it has; none if it cannot be run here.
pub(super) fn version_of(
    workspace: &Workspace,
    program: &Path,
    arguments: &[&str],
) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .arg("--version")
        .current_dir(&workspace.root)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        // By this variable a subcommand of cargo knows that its first argument is its name.
        .env("CARGO", "cargo")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| version_in(&String::from_utf8_lossy(&output.stdout)))?
}
