//! What the book shows is so: its commands exist, with these words, and its settings are read.

use blocks_config::{Loaded, NotifyConfig, PipelineConfig};
use blocks_stages::Table;

use crate::{chapters, markdown, program};

/// The lines of shell in which the program is called, and the words of each behind `cargo blocks`.
fn calls() -> Vec<(String, Vec<String>)> {
    let mut calls = Vec::new();
    for (page, text) in chapters() {
        for block in markdown::blocks(&text).iter().filter(|block| block.info == "sh") {
            for line in block.text.lines() {
                let command = line.split(" # ").next().unwrap_or_default().trim();
                if let Some(words) = command.strip_prefix("cargo blocks") {
                    let words = words.split_whitespace().map(|word| word.trim_matches('"'));
                    calls.push((format!("{page}: {command}"), words.map(str::to_owned).collect()));
                }
            }
        }
    }
    calls
}

#[test]
fn the_program_knows_each_command_that_the_book_shows() {
    let calls = calls();
    assert!(calls.len() > 30, "only {} commands were found", calls.len());
    for (line, words) in &calls {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        // The help comes where all words before it are known.
        words.push("--help");
        let output = program(&words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {said}");
    }
}

/// The stages and groups that a call names: the words behind the subcommand that are no options and no values of one.
fn named(words: &[String]) -> Vec<&str> {
    let asked = ["check", "gate", "fix", "explain", "show", "bisect"];
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    if !asked.contains(&first.as_str()) {
        return Vec::new();
    }
    let until_options = rest.iter().take_while(|word| !word.starts_with('-'));
    until_options.map(String::as_str).collect()
}

#[test]
fn each_stage_that_a_command_of_the_book_names_is_there() {
    let table = Table::embedded();
    let mut count = 0;
    for (line, words) in calls() {
        for name in named(&words) {
            count += 1;
            // The rest are settings, sets, records of a member, tests, and stages that are the reader's own.
            let is_known = table.stage(name).is_some()
                || table.group(name).is_some()
                || ["quick", "full", "proofs", "generated"].contains(&name)
                || name.contains(['.', '/', ':']);
            assert!(is_known, "{line}: there is no `{name}`");
        }
    }
    assert!(count > 5, "only {count} names were found");
}

#[test]
fn each_piece_of_configuration_that_the_book_shows_is_read() {
    let mut count = 0;
    for (page, text) in chapters() {
        for block in markdown::blocks(&text).iter().filter(|block| block.info == "yaml") {
            count += 1;
            let of_notify = ["notifications:", "issues:", "email:", "webhook:"];
            let is_notify = of_notify.iter().any(|key| block.text.starts_with(key));
            let read = if is_notify {
                Loaded::<NotifyConfig>::parse(&block.text, &page).map(drop)
            } else {
                Loaded::<PipelineConfig>::parse(&block.text, &page).map(drop)
            };
            if let Err(error) = read {
                panic!("{error}");
            }
        }
    }
    assert!(count > 10, "only {count} pieces were found");
}
