//! The README says what the program says.

use std::{path::Path, process::Command};

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    std::fs::read_to_string(path).expect("the README")
}

/// The cells of the table between two markers, without its head.
fn table(name: &str) -> Vec<Vec<String>> {
    let text = readme();
    let (_, rest) = text.split_once(&format!("<!-- {name} -->")).expect("a marker");
    let (inner, _) = rest.split_once(&format!("<!-- /{name} -->")).expect("a marker");
    let rows = inner.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| {
        let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', ""));
        cells.collect()
    };
    rows.map(cells).collect()
}

fn program(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-blocks"))
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .output()
        .expect("the program");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_stages_of_the_readme_are_those_of_the_table() {
    let stages: serde_json::Value =
        serde_json::from_str(&program(&["stages", "--json"])).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let rows: Vec<Vec<String>> = stages
        .as_array()
        .expect("a list")
        .iter()
        .map(|stage| {
            let mut row = ["id", "title", "why", "repeat"].map(|key| text(&stage[key])).to_vec();
            if stage["opt_in"] == true {
                row[1] += " (opt-in)";
            }
            row
        })
        .collect();
    assert_eq!(table("stages"), rows);
}

#[test]
fn the_settings_of_the_readme_are_those_of_the_reader() {
    let rows: Vec<(String, String, String)> = table("settings")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[2].replace(" \\*", "")))
        .collect();
    let known: Vec<(String, String, String)> = blocks_config::keys()
        .iter()
        .map(|key| {
            let default = key.default_value().replace(['[', ']'], "");
            (key.path.to_owned(), default, key.meaning.replace('`', ""))
        })
        .collect();
    assert_eq!(rows, known);
}

#[test]
fn the_program_knows_the_words_that_the_readme_says_to_compare_results() {
    let text = readme();
    let commands: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("cargo blocks verify-performance"))
        .collect();
    assert!(commands.len() >= 2, "{commands:?}");
    for words in commands {
        let words = words.split('#').next().unwrap_or_default().split_whitespace();
        // The help comes where all words before it are known.
        let all: Vec<_> =
            ["verify-performance"].into_iter().chain(words).chain(["--help"]).collect();
        assert!(program(&all).contains("--saved <NAME>"));
    }
}

#[test]
fn the_exit_statuses_of_the_readme_are_those_of_the_help() {
    let help = program(&["--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = readme();
    let (_, rest) = text.split_once("## Exit status").expect("a section");
    let rows = rest.lines().filter(|line| line.starts_with("| ")).skip(2);
    let statuses: Vec<&str> =
        rows.map_while(|row| row.split('|').nth(1).map(str::trim)).take(6).collect();
    assert_eq!(statuses, ["0", "1", "2", "3", "4", "130"]);
    for status in statuses {
        assert!(help.contains(&format!(" {status} ")), "{status}: {help}");
    }
}

#[test]
fn the_catalogue_is_that_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stages.md");
    let page = program(&["stages", "--markdown"]);
    if std::env::var_os("BLOCKS_ACCEPT").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    assert_eq!(std::fs::read_to_string(path).expect("the page"), page);
}
