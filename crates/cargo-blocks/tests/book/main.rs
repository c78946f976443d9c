//! The book in `docs/`: chapters that are written by what they are of, and whether the others are right.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

mod commands;
mod configuration;
mod links;
mod markdown;
mod messages;
mod options;
mod shown;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The book's chapters, by their names in `docs/`, and the text of each.
fn chapters() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("docs")).expect("the book");
    let names = folder.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> =
        names.map(|name| name.into_string().expect("a name in UTF-8")).collect();
    names.sort();
    let is_page = |name: &String| Path::new(name).extension().is_some_and(|it| it == "md");
    let pages = names.into_iter().filter(is_page);
    let chapters: Vec<_> =
        pages.map(|name| (name.clone(), read(&format!("docs/{name}")))).collect();
    assert!(chapters.len() > 5, "{chapters:?}");
    chapters
}

/// Compares a chapter with the committed one. With `BLOCKS_ACCEPT=1` it is written, and the test fails all the same: a run
/// that accepts proves nothing.
fn committed(name: &str, expected: &str) {
    let path = root().join("docs").join(name);
    if std::env::var_os("BLOCKS_ACCEPT").is_some_and(|value| value == "1") {
        std::fs::write(&path, expected).expect("written");
        panic!("docs/{name} is written: run again without BLOCKS_ACCEPT");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/{name} is not what it is made of says: run again with BLOCKS_ACCEPT=1, and look at the difference"
    );
}

/// What the program does with these words, in a folder that is no workspace.
fn program(words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cargo-blocks"));
    program.args(words).current_dir(std::env::temp_dir());
    // Help is as wide as a terminal, and shows the values of variables that options are taken from.
    program.env_remove("COLUMNS");
    for name in ["BLOCKS_ADVISORY_DB", "BLOCKS_NIX"] {
        program.env_remove(name);
    }
    program.output().expect("the program")
}

/// The help of a command, 100 columns wide.
fn help(words: &[&str]) -> String {
    let output = program(&[words, &["--help"]].concat());
    assert!(output.status.success(), "{words:?}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}
