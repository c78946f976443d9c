use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use blocks_stages::{Install, Tool};

use super::{find_llvm, llvm::on_path, version::is_at_least, version_in};
use crate::{Toolchain, Workspace};

/// A tool that this machine has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its version.
    pub version: String,
    /// Where it is.
    pub path: PathBuf,
    /// What the stages that use it need in their environment.
    pub environment: Vec<(OsString, OsString)>,
}

/// Finds a tool of a version that will do: among those that an earlier run installed for this
/// workspace, and on `PATH`.
pub fn find(workspace: &Workspace, toolchain: &Toolchain, tool: &Tool) -> Option<Found> {
    match tool.install {
        Install::Cargo => find_program(workspace, tool),
        Install::Llvm => find_llvm(workspace, toolchain).map(|llvm| Found {
            version: llvm.version,
            path: llvm.cov.clone(),
            environment: vec![
                ("LLVM_COV".into(), llvm.cov.into()),
                ("LLVM_PROFDATA".into(), llvm.profdata.into()),
            ],
        }),
    }
}

/// The folder that tools are installed into, for cargo's `--root`.
pub(crate) fn tools_folder(workspace: &Workspace) -> PathBuf {
    workspace.blocks().join("tools")
}

fn find_program(workspace: &Workspace, tool: &Tool) -> Option<Found> {
    let own = tools_folder(workspace).join("bin").join(&tool.id);
    let candidates = [Some(own), on_path(Path::new(&tool.id))];
    candidates.into_iter().flatten().find_map(|path| {
        let version = version_of(&path, tool)?;
        let minimum = tool.minimum.as_deref().unwrap_or("0.0.0");
        is_at_least(&version, minimum).then_some(Found { version, path, environment: Vec::new() })
    })
}

/// A cargo subcommand wants its own name as its first argument.
fn version_of(path: &Path, tool: &Tool) -> Option<String> {
    let mut command = Command::new(path);
    if let Some(subcommand) = tool.id.strip_prefix("cargo-") {
        command.arg(subcommand);
    }
    let output = command.arg("--version").output().ok()?;
    output.status.success().then(|| version_in(&String::from_utf8_lossy(&output.stdout)))?
}
