//! What is read from a corpus of files, and what is said about those that are refused.
//!
//! - `corpus/valid` holds block YAML of the plain kind. A second reader, in Nix, is compared with
//!   `corpus/valid.json`, which says what each file means.
//! - `corpus/valid-wide` holds what this reader takes beyond that.
//! - `corpus/invalid` and `corpus/notify/invalid` hold files that are refused; the snapshots show how.

#![expect(clippy::unwrap_used, reason = "these are tests, their helpers included")]

use blocks_config::{ConfigFile, Loaded, NotifyConfig, PipelineConfig};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The files of a folder with their names, in alphabetical order.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut found: Vec<_> = fs::read_dir(corpus(folder))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{folder} has no files");
    found
}

fn meanings<T: ConfigFile + Serialize>(folder: &str) -> String {
    let read = |(name, text): (String, String)| match Loaded::<T>::parse(&text, &name) {
        Ok(loaded) => (name, serde_json::to_value(loaded.config).unwrap()),
        Err(error) => panic!("{error}"),
    };
    let all: Map<String, Value> = files(folder).into_iter().map(read).collect();
    serde_json::to_string_pretty(&all).unwrap() + "\n"
}

fn refusals<T: ConfigFile>(folder: &str) -> String {
    let mut out = String::new();
    for (name, text) in files(folder) {
        match Loaded::<T>::parse(&text, &name) {
            Ok(_) => panic!("{name} is taken"),
            Err(error) => writeln!(out, "{error}\n").unwrap(),
        }
    }
    out
}

#[test]
fn plain_block_yaml_means_what_the_shared_list_says() {
    let path = corpus("valid.json");
    let meanings = meanings::<PipelineConfig>("valid");
    if std::env::var_os("BLOCKS_ACCEPT").is_some_and(|value| value == "1") {
        fs::write(&path, meanings).unwrap();
        panic!("valid.json is written: run again without BLOCKS_ACCEPT");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == meanings,
        "valid.json is not what is read: run again with BLOCKS_ACCEPT=1, and look at the difference"
    );
}

#[test]
fn yaml_beyond_the_plain_kind_is_read_as_well() {
    insta::assert_snapshot!("valid_wide", meanings::<PipelineConfig>("valid-wide"));
}

#[test]
fn the_notify_file_means_what_it_says() {
    insta::assert_snapshot!("notify_valid", meanings::<NotifyConfig>("notify/valid"));
}

#[test]
fn a_refused_pipeline_file_shows_the_line_and_what_to_do() {
    insta::assert_snapshot!("invalid", refusals::<PipelineConfig>("invalid"));
}

#[test]
fn a_refused_notify_file_shows_the_line_and_what_to_do() {
    insta::assert_snapshot!("notify_invalid", refusals::<NotifyConfig>("notify/invalid"));
}
