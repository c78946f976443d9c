//! The published schema is what the types say.

use std::path::Path;

use schemars::generate::SchemaSettings;

use super::model::Site;

/// Compares the schema with the committed file. With `BLOCKS_ACCEPT=1` it writes the file, and fails all the same: a run
/// that accepts proves nothing.
#[test]
fn the_committed_schema_of_versions_is_current() {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Site>();
    schema.insert("title".to_owned(), "versions.json".into());
    let expected = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/versions.schema.json");
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("BLOCKS_ACCEPT").is_some_and(|value| value == "1") {
        std::fs::write(&path, expected).unwrap();
        panic!("schemas/versions.schema.json is written: run again without BLOCKS_ACCEPT");
    }
    assert!(
        found == expected,
        "schemas/versions.schema.json is not what the types say: run again with BLOCKS_ACCEPT=1, and look at the difference"
    );
}
