//! Bills of materials by cargo-cyclonedx, in the JSON of `CycloneDX` 1.5, as the stage's script puts them together (see
//! `framed.rs`), each with the name of its package.

use crate::bounds::{NAME, bounded};
use crate::error::{EvidenceError, Format};
use crate::framed::read_framed;
use serde::{Deserialize, de::IgnoredAny};
use std::collections::HashSet;

/// What there is of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageBom {
    /// The package; its name is one that a file can have.
    pub package: String,
    /// Its bill of materials; none where the tool has written none.
    pub bom: Option<Bom>,
}

/// A bill of materials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bom {
    /// What it is of.
    pub subject: Component,
    /// What that is built of.
    pub components: Vec<Component>,
    /// The whole of it, as the tool has written it.
    pub text: Vec<u8>,
}

/// A package in a bill of materials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The URL by which everybody calls it, such as `pkg:cargo/itoa@1.0.0`.
    pub purl: Option<String>,
    /// Whether it is said under which licence it is.
    pub has_licence: bool,
    /// Whether it is said what it needs, though that be nothing.
    pub is_related: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    bom_format: String,
    spec_version: String,
    metadata: Metadata,
    components: Vec<Entry>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Metadata {
    component: Entry,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "bom-ref")]
    reference: String,
    name: String,
    version: String,
    purl: Option<String>,
    #[serde(default)]
    licenses: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Dependency {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default, rename = "dependsOn")]
    needs: Vec<String>,
}

/// The version of the format that the stage asks for.
const VERSION: &str = "1.5";

/// Reads all of them. Each is as long as the line before it says, whatever is in it.
pub fn read_cyclonedx(bytes: &[u8]) -> Result<Vec<PackageBom>, EvidenceError> {
    let format = Format::CycloneDx;
    let found = read_framed(format, "bill of materials", bytes)?;
    if found.is_empty() {
        return Err(format.malformed("its begin", "there is nothing"));
    }
    let read = found.into_iter().map(|one| {
        if !is_name(one.name) {
            return Err(format.malformed(one.name, "that is no name of a package"));
        }
        let bom = one.bytes.map(|text| bom(one.name, text)).transpose()?;
        Ok(PackageBom { package: one.name.to_owned(), bom })
    });
    read.collect()
}

/// Whether a package can be called so. As the name of a file it leads nowhere else.
fn is_name(name: &str) -> bool {
    name.len() <= NAME && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn bom(package: &str, text: &[u8]) -> Result<Bom, EvidenceError> {
    let malformed = |reason: String| Format::CycloneDx.malformed(package, reason);
    let document: Document =
        serde_json::from_slice(text).map_err(|error| malformed(error.to_string()))?;
    let Document { bom_format, spec_version, metadata, components, dependencies } = document;
    if (bom_format.as_str(), spec_version.as_str()) != ("CycloneDX", VERSION) {
        let said = format!("it is {bom_format} {spec_version}, and not CycloneDX {VERSION}");
        return Err(malformed(said));
    }
    let mut known = HashSet::new();
    for entry in components.iter().chain([&metadata.component]) {
        if !known.insert(entry.reference.as_str()) {
            return Err(malformed(format!("{} is there twice", entry.reference)));
        }
    }
    let mut related = HashSet::new();
    for Dependency { reference, needs } in &dependencies {
        if !related.insert(reference.as_str()) {
            return Err(malformed(format!("what {reference} needs is there twice")));
        }
        let unknown = |it: &&str| !known.contains(it);
        if let Some(other) = needs.iter().chain([reference]).map(String::as_str).find(unknown) {
            return Err(malformed(format!("it knows no {other}")));
        }
    }
    let component = |entry: &Entry| Component {
        name: bounded(&entry.name, NAME),
        version: bounded(&entry.version, NAME),
        purl: entry.purl.as_ref().map(|purl| bounded(purl, NAME)),
        has_licence: !entry.licenses.is_empty(),
        is_related: related.contains(entry.reference.as_str()),
    };
    Ok(Bom {
        subject: component(&metadata.component),
        components: components.iter().map(component).collect(),
        text: text.to_vec(),
    })
}
