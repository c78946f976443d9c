use std::path::Path;

use cargo_metadata::DependencyKind;

/// A package that lies in a workspace's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder, as a path from the workspace's root; empty for the root itself.
    pub folder: String,
    /// Who its manifest says wrote it, as `Name <address>`.
    pub authors: Vec<String>,
    /// The oldest Rust that its manifest promises to work with (`rust-version`): a release, `1.70.0` for `1.70`.
    pub rust_version: Option<String>,
    /// The names of its features, in alphabetical order, those that optional dependencies are included.
    pub features: Vec<String>,
    /// What its manifest depends on, crates from elsewhere included.
    pub dependencies: Vec<Dependency>,
}

/// A line of a manifest's dependency tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The name of the package that it is on.
    pub package: String,
    /// Whether only tests, benches and examples have it.
    pub is_dev: bool,
    /// The folder that it names, as a path from the workspace's root; none where it is from elsewhere.
    pub folder: Option<String>,
}

impl Package {
    pub(crate) fn of(package: &cargo_metadata::Package, root: &Path) -> Self {
        let manifest = package.manifest_path.as_std_path();
        let folder = manifest.parent().unwrap_or(manifest);
        let dependencies = package.dependencies.iter().map(|it| Dependency {
            package: it.name.clone(),
            is_dev: it.kind == DependencyKind::Development,
            folder: it.path.as_ref().and_then(|path| inside(path.as_std_path(), root)),
        });
        Self {
            name: package.name.to_string(),
            // A folder outside of the root has no path from it, and no file of the workspace is in it.
            folder: inside(folder, root).unwrap_or_else(|| folder.to_string_lossy().into_owned()),
            authors: package.authors.clone(),
            rust_version: package.rust_version.as_ref().map(ToString::to_string),
            features: package.features.keys().cloned().collect(),
            dependencies: dependencies.collect(),
        }
    }
}

fn inside(path: &Path, root: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(|path| path.to_string_lossy().into_owned())
}
