//! Bills of materials: whose they are.

use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "bomFormat")]
    format: String,
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    component: Component,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    version: String,
}

/// Why a bill of materials is not that of a package; none where it is.
pub(crate) fn wrong(bytes: &[u8], name: &str, version: &str) -> Option<String> {
    let read: Document = match serde_json::from_slice(bytes) {
        Ok(read) => read,
        Err(error) => return Some(format!("it cannot be read: {error}")),
    };
    let found = &read.metadata.component;
    if read.format != "CycloneDX" {
        return Some("it is none of CycloneDX".to_owned());
    }
    let is_its = found.name == name && found.version == version;
    (!is_its).then(|| {
        let found = format!("{} {}", found.name, found.version);
        format!("it is of {}", blocks_evidence::printable_line(&found))
    })
}
