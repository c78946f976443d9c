//! `docs/configuration.md`: all keys of the two files, from the table that the reader has.

use std::{collections::BTreeMap, fmt::Write as _};

use blocks_config::{ConfigFile, Key, Loaded, NotifyConfig, Origin, PipelineConfig};
use serde_json::Value;

use crate::{committed, markdown::escaped, read};

/// A file: what it is for, its schema, and an example with all keys.
struct File {
    path: &'static str,
    keys: &'static [Key],
    schema: &'static str,
    example: &'static str,
}

const FILES: [fn() -> File; 2] = [
    || File {
        path: PipelineConfig::FILE,
        keys: PipelineConfig::keys(),
        schema: "schemas/pipeline-config.schema.json",
        example: include_str!("pipeline-config.yml"),
    },
    || File {
        path: NotifyConfig::FILE,
        keys: NotifyConfig::keys(),
        schema: "schemas/notify-config.schema.json",
        example: include_str!("notify-config.yml"),
    },
];

/// The first word of a key: the part of the file that it is in.
fn section_of(key: &Key) -> &'static str {
    key.path.split(['.', '[']).next().unwrap_or_default()
}

/// The parts of an example, each under the key that it begins with.
fn pieces(example: &str) -> BTreeMap<&str, String> {
    let mut pieces: BTreeMap<&str, String> = BTreeMap::new();
    let mut section = "";
    for line in example.lines() {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            section = line.split(':').next().unwrap_or_default();
        }
        let piece = pieces.entry(section).or_default();
        let _ = writeln!(piece, "{line}");
    }
    pieces
}

fn entry(key: &Key) -> String {
    let default = key.default_value();
    let default = if default.is_empty() { "nothing".to_owned() } else { format!("`{default}`") };
    let unit = if key.unit.is_empty() { String::new() } else { format!("- Unit: {}\n", key.unit) };
    format!(
        "#### {}\n\n{}\n\n- Takes: {}\n- Default: {default}\n{unit}\n",
        escaped(key.path),
        escaped(key.meaning),
        escaped(&key.accepts()),
    )
}

fn chapter_of(file: &File) -> String {
    let schema: Value = serde_json::from_str(&read(file.schema)).expect("JSON");
    let examples = pieces(file.example);
    let mut text = format!("## {}\n\n", file.path);
    let mut section = "";
    for key in file.keys {
        if section_of(key) != section {
            section = section_of(key);
            let about = schema["properties"][section]["description"].as_str().expect("a text");
            let example =
                examples.get(section).unwrap_or_else(|| panic!("no example of {section}"));
            let _ = write!(text, "### {section}\n\n{}\n\n", escaped(&about.replace('\n', " ")));
            let _ = write!(text, "```yaml\n{}\n```\n\n", example.trim_end());
        }
        text += &entry(key);
    }
    text
}

#[test]
fn the_chapter_of_the_configuration_has_all_keys() {
    let mut text = "# Configuration\n
Written from the table that the reader of these files has. Both files are optional, and so is every key. An unknown key, a
wrong type or a value out of range is an error that shows the line. `cargo blocks explain KEY` says what holds in a
workspace, and which line says so; the JSON schemas in `schemas/` of the repository are for editors.\n
`<id>` stands for the id of a stage or the name of a package, and `[]` for each entry of a list. The examples show all
keys, and most of their values are not the defaults.\n\n"
        .to_owned();
    for file in FILES {
        text += &chapter_of(&file());
    }
    committed("configuration.md", &format!("{}\n", text.trim_end()));
}

/// The keys that an example does not set.
fn missing<T: ConfigFile>(file: &File) -> Vec<&'static str> {
    let loaded: Loaded<T> =
        Loaded::parse(file.example, file.path).expect("an example that is read");
    let pieces = pieces(file.example);
    let is_missing = |key: &&Key| {
        let last = key.path.rsplit('.').next().unwrap_or_default();
        let written = pieces.get(section_of(key)).is_some_and(|piece| {
            piece
                .lines()
                .any(|line| line.trim_start_matches([' ', '-']).starts_with(&format!("{last}:")))
        });
        let origin = loaded.effective(key.path).map(|effective| effective.origin);
        !written || !matches!(origin, Some(Origin::File { .. }))
    };
    file.keys.iter().filter(is_missing).map(|key| key.path).collect()
}

#[test]
fn the_examples_of_the_configuration_have_all_keys() {
    let [pipeline, notify] = FILES;
    assert_eq!(missing::<PipelineConfig>(&pipeline()), Vec::<&str>::new());
    assert_eq!(missing::<NotifyConfig>(&notify()), Vec::<&str>::new());
}
