//! The published schemas are what the types say.

use crate::{ConfigFile, Kind, NotifyConfig, PipelineConfig, keys};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn schema<T: JsonSchema>(file: &str) -> String {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), file.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap();
    text.push('\n');
    text
}

/// Compares a schema with the committed file. With `BLOCKS_ACCEPT=1` it writes the file, and fails all
/// the same: a run that accepts proves nothing.
fn committed(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(name);
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("BLOCKS_ACCEPT").is_some_and(|value| value == "1") {
        std::fs::write(&path, expected).unwrap();
        panic!("schemas/{name} is written: run again without BLOCKS_ACCEPT");
    }
    assert!(
        found == expected,
        "schemas/{name} is not what the types say: run again with BLOCKS_ACCEPT=1, and look at the difference"
    );
}

#[test]
fn the_committed_schema_of_the_pipeline_file_is_current() {
    committed("pipeline-config.schema.json", &schema::<PipelineConfig>(PipelineConfig::FILE));
}

#[test]
fn the_committed_schema_of_the_notify_file_is_current() {
    committed("notify-config.schema.json", &schema::<NotifyConfig>(NotifyConfig::FILE));
}

/// The schema of each key, under the path that the table of keys has for it.
fn leaves(path: &str, schema: &Value, out: &mut Vec<(String, Value)>) {
    if let Some(properties) = schema["properties"].as_object() {
        assert_eq!(schema["additionalProperties"], false, "{path} takes unknown keys");
        for (name, child) in properties {
            let dot = if path.is_empty() { "" } else { "." };
            leaves(&format!("{path}{dot}{name}"), child, out);
        }
    } else if schema["additionalProperties"].is_object() {
        leaves(&format!("{path}.<id>"), &schema["additionalProperties"], out);
    } else if schema["items"]["properties"].is_object() {
        leaves(&format!("{path}[]"), &schema["items"], out);
    } else {
        out.push((path.to_owned(), schema.clone()));
    }
}

fn all_leaves() -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for text in [schema::<PipelineConfig>(""), schema::<NotifyConfig>("")] {
        leaves("", &serde_json::from_str(&text).unwrap(), &mut out);
    }
    out
}

#[test]
fn the_schema_and_the_table_have_the_same_keys_with_the_same_words() {
    let leaves = all_leaves();
    let in_schema: BTreeSet<_> = leaves.iter().map(|(path, _)| path.as_str()).collect();
    let in_table: BTreeSet<_> = keys().iter().map(|key| key.path).collect();
    assert_eq!(in_schema, in_table);
    for key in keys() {
        let (_, schema) = leaves.iter().find(|(path, _)| path == key.path).unwrap();
        let description = schema["description"].as_str().unwrap().replace('\n', " ");
        assert_eq!(description, key.meaning, "{}", key.path);
    }
}

#[test]
fn the_schema_and_the_table_accept_the_same_values() {
    let leaves = all_leaves();
    for key in keys() {
        let (_, schema) = leaves.iter().find(|(path, _)| path == key.path).unwrap();
        let schema = if key.list { &schema["items"] } else { schema };
        let agrees = match key.kind {
            Kind::Truth => schema["type"] == "boolean",
            Kind::Whole { min, max } => {
                schema["type"] == "integer" && schema["minimum"] == min && schema["maximum"] == max
            }
            Kind::Decimal { max } => {
                schema["type"] == "number" && schema["minimum"] == 0 && schema["maximum"] == max
            }
            Kind::Text(_) => schema["type"] == "string",
            Kind::Choice(words) => {
                let consts = schema["oneOf"].as_array().unwrap().iter();
                consts.map(|one| one["const"].as_str().unwrap()).eq(words.iter().copied())
            }
            Kind::WordOrWhole { word, min, max } => {
                let number = &schema["oneOf"][1];
                schema["oneOf"][0]["const"] == word
                    && number["type"] == "integer"
                    && number["minimum"] == min
                    && number["maximum"] == max
            }
        };
        assert!(agrees, "{}: {} against {schema}", key.path, key.kind);
    }
}

#[test]
fn names_of_schemas_tell_their_ranges_apart() {
    let names: BTreeSet<_> = [
        crate::Bounded::<1, 2>::schema_name(),
        crate::Bounded::<1, 3>::schema_name(),
        crate::Percent::schema_name(),
        crate::Regression::schema_name(),
        crate::BaseUrl::schema_name(),
        crate::HostName::schema_name(),
        crate::Label::schema_name(),
        crate::MailAddress::schema_name(),
        crate::RepositoryName::schema_name(),
        crate::BadgePath::schema_name(),
        crate::BenchmarkName::schema_name(),
        crate::BranchName::schema_name(),
        crate::PublicKey::schema_name(),
        crate::StoreAddress::schema_name(),
        crate::Date::schema_name(),
        crate::InsidePath::schema_name(),
        crate::Issue::schema_name(),
        crate::MembersPerBuild::schema_name(),
        crate::TestName::schema_name(),
    ]
    .into();
    assert_eq!(names.len(), 19);
}
