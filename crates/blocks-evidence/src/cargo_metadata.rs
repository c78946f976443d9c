//! The JSON of `cargo metadata --no-deps`: which packages a workspace has, and which of them are for others.

use crate::bounds::{NAME, bounded};
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
    /// The name of its library's crate, as code has it.
    pub library: Option<String>,
    /// Its manifest, as cargo found it.
    pub manifest: String,
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
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// The kinds of targets that are no library: <https://doc.rust-lang.org/cargo/commands/cargo-metadata.html>.
const OTHERS: [&str; 5] = ["bin", "example", "test", "bench", "custom-build"];

/// Reads the packages, in the order of their names.
pub fn read_cargo_metadata(bytes: &[u8]) -> Result<Vec<MetadataPackage>, EvidenceError> {
    let format = Format::CargoMetadata;
    format.check_size(bytes.len())?;
    let Metadata { packages, version } = serde_json::from_slice(bytes)
        .map_err(|error| format.malformed_line(error.line(), &error))?;
    if version != 1 {
        return Err(format.malformed("version", format_args!("{version} is not known, only 1")));
    }
    let mut found: Vec<MetadataPackage> = packages.into_iter().map(package).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn package(package: Package) -> MetadataPackage {
    let is_library = |target: &&Target| !target.kind.iter().any(|kind| OTHERS.contains(&&**kind));
    let library = package.targets.iter().find(is_library);
    MetadataPackage {
        library: library.map(|target| bounded(&target.name.replace('-', "_"), NAME)),
        manifest: bounded(&package.manifest_path, NAME),
        name: bounded(&package.name, NAME),
        version: bounded(&package.version, NAME),
        is_publishable: package.publish.is_none_or(|registries| !registries.is_empty()),
    }
}
