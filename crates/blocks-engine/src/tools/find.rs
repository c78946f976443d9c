use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use blocks_stages::{Install, Tool};

use super::{
    find_llvm, find_promised, find_toolchain,
    program::{on_path, version_of},
    version::is_at_least,
};
use crate::{EngineError, Toolchain, Workspace};

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
        Install::Cargo | Install::Distribution => find_program(workspace, tool),
        Install::Llvm => find_llvm(workspace, toolchain).map(|llvm| Found {
            version: llvm.version,
            path: llvm.cov.clone(),
            environment: vec![
                ("LLVM_COV".into(), llvm.cov.into()),
                ("LLVM_PROFDATA".into(), llvm.profdata.into()),
            ],
        }),
        Install::Toolchain => find_toolchain(workspace, tool),
        Install::RustVersion => find_promised(workspace, toolchain),
    }
}

/// The folder that tools are installed into, for cargo's `--root`.
pub(crate) fn tools_folder(workspace: &Workspace) -> PathBuf {
    workspace.blocks().join("tools")
}

/// `PATH` with the tools that were installed for a workspace before all others.
pub(crate) fn path_with_own(workspace: &Workspace) -> Result<OsString, EngineError> {
    let path = workspace.variable("PATH").unwrap_or_default();
    let own = tools_folder(workspace).join("bin");
    std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(path)))
        .map_err(EngineError::file("add to PATH", &workspace.blocks()))
}

fn find_program(workspace: &Workspace, tool: &Tool) -> Option<Found> {
    let own = tools_folder(workspace).join("bin").join(&tool.id);
    let candidates = [Some(own), on_path(workspace, Path::new(&tool.id))];
    // A cargo subcommand wants its own name as its first argument.
    let name: Vec<&str> = tool.id.strip_prefix("cargo-").into_iter().collect();
    candidates.into_iter().flatten().find_map(|path| {
        let version = version_of(workspace, &path, &name)?;
        let minimum = tool.minimum.as_deref().unwrap_or("0.0.0");
        is_at_least(&version, minimum).then_some(Found { version, path, environment: Vec::new() })
    })
}
