use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

use cargo_metadata::{Metadata, MetadataCommand};

use crate::{EngineError, Package, child_environment};

/// A cargo workspace on this machine.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its root folder.
    pub root: PathBuf,
    /// Cargo's target folder for it.
    pub target: PathBuf,
    /// The names of its members' packages.
    pub members: Vec<String>,
    /// Its members' packages.
    pub packages: Vec<Package>,
    /// The environment of everything that runs in it.
    pub environment: Vec<(OsString, OsString)>,
}

impl Workspace {
    /// Finds the workspace that `start` (a folder, or a `Cargo.toml`) belongs to. `toolchain` is a
    /// rustup toolchain to use instead of the one that the workspace names.
    pub fn find(start: &Path, toolchain: Option<&str>) -> Result<Self, EngineError> {
        Self::find_in(start, child_environment(std::env::vars_os(), toolchain))
    }

    /// Finds a workspace as [`Workspace::find`] does, with exactly this environment for everything
    /// that runs in it.
    pub fn find_in(
        start: &Path,
        environment: Vec<(OsString, OsString)>,
    ) -> Result<Self, EngineError> {
        let refused = |reason: String| EngineError::Workspace { folder: start.to_owned(), reason };
        let (folder, manifest) = if start.is_dir() {
            (start.to_owned(), None)
        } else if start.is_file() {
            let parent = start.parent().unwrap_or(Path::new("."));
            let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            (folder.to_owned(), Some(start))
        } else {
            return Err(refused("there is no such file or folder".to_owned()));
        };
        let mut arguments =
            vec!["metadata".into(), "--no-deps".into(), "--format-version=1".into()];
        if let Some(manifest) = manifest {
            let manifest = manifest.canonicalize().map_err(|error| refused(error.to_string()))?;
            arguments.extend([OsString::from("--manifest-path"), manifest.into()]);
        }
        let metadata = parse(&cargo(&arguments, &folder, &environment)?).map_err(refused)?;
        let root = metadata.workspace_root.as_std_path();
        let members = metadata.workspace_packages();
        let packages: Vec<_> = members.iter().map(|it| Package::of(it, root)).collect();
        Ok(Self {
            root: root.to_owned(),
            target: metadata.target_directory.clone().into(),
            members: packages.iter().map(|package| package.name.clone()).collect(),
            packages,
            environment,
        })
    }

    /// What `cargo metadata --no-deps` prints of it.
    pub fn metadata(&self) -> Result<Vec<u8>, EngineError> {
        let words = ["metadata", "--no-deps", "--format-version=1"].map(OsString::from);
        cargo(&words, &self.root, &self.environment)
    }

    /// A variable of its environment.
    pub(crate) fn variable(&self, name: &str) -> Option<&OsStr> {
        let found = self.environment.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_os_str())
    }

    /// The folder that Blocks keeps its own files in.
    pub fn blocks(&self) -> PathBuf {
        self.target.join("blocks")
    }

    /// The folder of the records.
    pub fn records(&self) -> PathBuf {
        self.blocks().join("records")
    }

    /// Makes sure that there is a `Cargo.lock`: it is one of the sources, so it must stand before
    /// they are identified.
    pub fn lock_file(&self) -> Result<(), EngineError> {
        if self.root.join("Cargo.lock").exists() {
            return Ok(());
        }
        cargo(&["generate-lockfile".into()], &self.root, &self.environment).map(drop)
    }

    /// Makes sure that `Cargo.lock` agrees with the manifests, and that its crates are on this
    /// machine, so that no stage stops to fetch them.
    pub fn fetch(&self) -> Result<(), EngineError> {
        cargo(&["fetch".into(), "--locked".into()], &self.root, &self.environment).map(drop)
    }
}

fn parse(json: &[u8]) -> Result<Metadata, String> {
    let text = std::str::from_utf8(json).map_err(|error| error.to_string())?;
    MetadataCommand::parse(text).map_err(|error| error.to_string())
}

/// Runs cargo to its end and gives what it printed.
pub(crate) fn cargo(
    arguments: &[OsString],
    folder: &Path,
    environment: &[(OsString, OsString)],
) -> Result<Vec<u8>, EngineError> {
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().cloned())
        .output()
        .map_err(|error| EngineError::Program {
            program: "cargo".to_owned(),
            reason: error.to_string(),
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(EngineError::Workspace {
        folder: folder.to_owned(),
        reason: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}
