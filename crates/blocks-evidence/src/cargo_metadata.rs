//! The JSON of `cargo metadata --no-deps`: which packages a workspace has, and which of them are for others.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// A package of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Whether it may go to a registry: its manifest does not say `publish = false`.
    pub is_publishable: bool,
    /// Whether crates.io is a registry that it may go to.
    pub is_for_crates_io: bool,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// Under which licence its manifest says that it is, as an SPDX expression.
    pub license: Option<String>,
    /// Whether its manifest says under which licence it is, or in which file that stands.
    pub has_license: bool,
    /// The oldest Rust that its manifest promises to compile with.
    pub rust_version: Option<String>,
    /// What it needs that lies beside it, also for its tests.
    pub local: Vec<LocalDependency>,
    /// The name of its library's crate, as code has it.
    pub library: Option<String>,
    /// The names of its programs.
    pub programs: Vec<String>,
    /// Its manifest, as cargo found it.
    pub manifest: String,
}

/// A dependency that the manifest has by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalDependency {
    /// The name of its package.
    pub name: String,
    /// Whether it goes into what is published: one of tests without a version is left out of that.
    pub is_published: bool,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    /// Another version has other fields.
    version: u32,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// The registries; none for any.
    publish: Option<Vec<String>>,
    targets: Vec<Target>,
    manifest_path: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    license: Option<String>,
    #[serde(default)]
    license_file: Option<String>,
    #[serde(default)]
    rust_version: Option<String>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// The versions that will do; `*` where the manifest names none.
    req: String,
    /// `dev` or `build`; none for the rest.
    kind: Option<String>,
    #[serde(default)]
    path: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// The kinds of targets that are no library: <https://doc.rust-lang.org/cargo/commands/cargo-metadata.html>.
const OTHERS: [&str; 5] = ["bin", "example", "test", "bench", "custom-build"];

/// What cargo calls crates.io in a manifest's `publish`.
const CRATES_IO: &str = "crates-io";

/// Reads the packages, in the order of their names.
pub fn read_cargo_metadata(bytes: &[u8]) -> Result<Vec<MetadataPackage>, EvidenceError> {
    let format = Format::CargoMetadata;
    format.check_size(bytes.len())?;
    let Metadata { packages, version } = serde_json::from_slice(bytes)
        .map_err(|error| format.malformed_line(error.line(), &error))?;
    if version != 1 {
        return Err(format.malformed("version", format_args!("{version} is not known, only 1")));
    }
    let mut found: Vec<MetadataPackage> = packages.iter().map(package).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn package(package: &Package) -> MetadataPackage {
    let is_library = |target: &&Target| !target.kind.iter().any(|kind| OTHERS.contains(&&**kind));
    let library = package.targets.iter().find(is_library);
    let is_said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let programs = package.targets.iter().filter(|target| target.kind.iter().any(|it| it == "bin"));
    let registries = package.publish.as_deref();
    MetadataPackage {
        library: library.map(|target| bounded(&target.name.replace('-', "_"), NAME)),
        programs: programs.map(|target| bounded(&target.name, NAME)).collect(),
        manifest: bounded(&package.manifest_path, NAME),
        name: bounded(&package.name, NAME),
        version: bounded(&package.version, NAME),
        is_publishable: registries.is_none_or(|registries| !registries.is_empty()),
        is_for_crates_io: registries.is_none_or(|all| all.iter().any(|it| it == CRATES_IO)),
        has_license: is_said(&package.license) || is_said(&package.license_file),
        license: package
            .license
            .as_ref()
            .filter(|it| !it.trim().is_empty())
            .map(|it| bounded(it, NAME)),
        rust_version: package.rust_version.as_ref().map(|it| bounded(it, NAME)),
        description: package.description.as_ref().map(|text| bounded(text, MESSAGE)),
        local: package.dependencies.iter().filter_map(local).collect(),
    }
}

fn local(dependency: &Dependency) -> Option<LocalDependency> {
    dependency.path.as_ref()?;
    let is_of_tests = dependency.kind.as_deref() == Some("dev");
    let is_published = !is_of_tests || dependency.req != "*";
    Some(LocalDependency { name: bounded(&dependency.name, NAME), is_published })
}
