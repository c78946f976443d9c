use cargo_metadata::{CrateType, MetadataCommand, TargetKind, camino::Utf8Path};

use crate::{EngineError, Workspace, workspace::cargo};

/// A package of the workspace, and what it has to run.
#[derive(Debug)]
pub(super) struct Member {
    /// Its name.
    pub(super) name: String,
    /// Its folder, from the workspace's root.
    pub(super) folder: String,
    /// Its targets of the kind `example`.
    pub(super) examples: Vec<Target>,
    /// Its targets of the kind `bin`.
    pub(super) programs: Vec<Target>,
    /// Whether it has a library.
    pub(super) has_library: bool,
}

impl Member {
    /// Whether `member/example` names one of its examples.
    pub(super) fn has_example(&self, name: &str) -> bool {
        name.strip_prefix(&self.name)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|name| self.examples.iter().any(|it| it.name == name))
    }
}

/// A target of a package.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name.
    pub(super) name: String,
    /// The file of its code, from the workspace's root.
    pub(super) file: String,
    /// Whether it is a program, and no library.
    pub(super) is_program: bool,
    /// The features without which it is not built.
    pub(super) features: Vec<String>,
}

/// The members of the workspace.
pub(super) fn members(workspace: &Workspace) -> Result<Vec<Member>, EngineError> {
    let words = ["metadata", "--no-deps", "--offline", "--format-version=1"].map(Into::into);
    let printed = cargo(&words, &workspace.root, &workspace.environment)?;
    let refused = |reason| EngineError::Workspace { folder: workspace.root.clone(), reason };
    let metadata = MetadataCommand::parse(String::from_utf8_lossy(&printed))
        .map_err(|error| refused(error.to_string()))?;
    let inside =
        |path: &Utf8Path| path.strip_prefix(&metadata.workspace_root).unwrap_or(path).to_string();
    let member = |package: &&cargo_metadata::Package| {
        let all = |is_it: fn(&cargo_metadata::Target) -> bool| {
            let targets = package.targets.iter().filter(|it| is_it(it));
            targets.map(|it| target(it, inside(&it.src_path))).collect()
        };
        Member {
            name: package.name.to_string(),
            folder: package.manifest_path.parent().map(inside).unwrap_or_default(),
            examples: all(cargo_metadata::Target::is_example),
            programs: all(cargo_metadata::Target::is_bin),
            has_library: package.targets.iter().any(is_library),
        }
    };
    Ok(metadata.workspace_packages().iter().map(member).collect())
}

fn target(it: &cargo_metadata::Target, file: String) -> Target {
    Target {
        name: it.name.clone(),
        file,
        is_program: it.crate_types.iter().all(|it| *it == CrateType::Bin),
        features: it.required_features.clone(),
    }
}

/// Whether others can use a target: cargo has several words for it.
fn is_library(it: &cargo_metadata::Target) -> bool {
    let is_other = |kind: &TargetKind| {
        matches!(
            kind,
            TargetKind::Bin
                | TargetKind::Example
                | TargetKind::Test
                | TargetKind::Bench
                | TargetKind::CustomBuild
        )
    };
    !it.kind.iter().any(is_other)
}
