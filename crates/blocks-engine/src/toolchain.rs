use std::process::Command;

use crate::{EngineError, Workspace};

/// The Rust toolchain that a workspace is built with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// What `rustc --version` prints.
    pub rustc: String,
    /// What `cargo --version` prints.
    pub cargo: String,
    /// The target triple of this machine.
    pub host: String,
    /// The major version of the compiler's LLVM, where it has one.
    pub llvm_major: Option<u32>,
    /// The toolchain's folder.
    pub sysroot: String,
}

impl Toolchain {
    /// Asks the tools themselves, in the workspace's folder, so that its toolchain file decides.
    pub fn of(workspace: &Workspace) -> Result<Self, EngineError> {
        let verbose = ask(workspace, "rustc", &["-vV"])?;
        let field = |name: &str| {
            verbose.lines().find_map(|line| line.strip_prefix(name)).map(|it| it.trim().to_owned())
        };
        Ok(Self {
            rustc: verbose.lines().next().unwrap_or_default().to_owned(),
            cargo: ask(workspace, "cargo", &["--version"])?.trim().to_owned(),
            host: field("host:").unwrap_or_default(),
            llvm_major: field("LLVM version:")
                .and_then(|version| version.split('.').next()?.parse().ok()),
            sysroot: ask(workspace, "rustc", &["--print", "sysroot"])?.trim().to_owned(),
        })
    }
}

fn ask(workspace: &Workspace, program: &str, arguments: &[&str]) -> Result<String, EngineError> {
    let failed = |reason: String| EngineError::Program { program: program.to_owned(), reason };
    let output = Command::new(program)
        .args(arguments)
        .current_dir(&workspace.root)
        .env_clear()
        .envs(workspace.environment.iter().cloned())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
}
