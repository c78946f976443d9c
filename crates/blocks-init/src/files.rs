//! What the files hold.

use std::fmt::Write as _;

use blocks_config::{Loaded, PipelineConfig};

use crate::{Choices, Facts, InitError};

pub(crate) const FLAKE: &str = "flake.nix";
pub(crate) const ENVRC: &str = ".envrc";
pub(crate) const CONFIG: &str = ".github/pipeline-config.yml";
pub(crate) const NOTIFY: &str = ".github/notify-config.yml";
pub(crate) const GITIGNORE: &str = ".gitignore";
pub(crate) const README: &str = "README.md";

/// What a flake that adopted Blocks has.
pub(crate) const MK_FLAKE: &str = "blocks.lib.mkFlake";
pub(crate) const MK_PIPELINE: &str = "blocks.lib.mkPipeline";

/// All files that a plan may have.
pub(crate) const ALL: [&str; 6] = [FLAKE, ENVRC, CONFIG, NOTIFY, GITIGNORE, README];

/// What direnv does: that of this project is the same file.
const ENTERS: &str = include_str!("envrc");

/// The branch that workflows take for the first one.
const MAIN: &str = "main";

/// What stands for whoever hosts Blocks, where nobody said it.
const OWNER: &str = "github:OWNER/blocks";

/// What tools leave beside the sources, and the lines by which a `.gitignore` may say so.
const IGNORED: &[(&str, &[&str])] = &[
    (
        "/target/",
        &["target", "/target", "target/", "/target/", "**/target", "**/target/", "target/**"],
    ),
    ("/result", &["result", "/result", "result*", "/result*", "result-*"]),
    ("/result-*", &["result-*", "/result-*", "result*", "/result*"]),
    ("/.direnv/", &[".direnv", "/.direnv", ".direnv/", "/.direnv/"]),
];

/// Five lines, and more where crates want something of the machine.
pub(crate) fn flake(facts: &Facts, choices: &Choices) -> Result<String, InitError> {
    let url = choices.blocks.as_deref().unwrap_or(OWNER);
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-._~:/?=&%+@#".contains(it);
    if url.is_empty() || !url.chars().all(is_plain) {
        return Err(InitError::Flake(url.to_owned()));
    }
    let mut text = format!("{{\n  inputs.blocks.url = \"{url}\";\n\n");
    if facts.needs.is_empty() {
        text += "  outputs = { blocks, ... }: blocks.lib.mkFlake { src = ./.; };\n}\n";
        return Ok(text);
    }
    text += "  outputs =\n    { blocks, ... }:\n    blocks.lib.mkFlake {\n      src = ./.;\n";
    let crates: Vec<_> = facts.needs.iter().map(|it| it.krate).collect();
    let _ = writeln!(
        text,
        "      # What crates of Cargo.lock want of the machine: {}.",
        crates.join(", ")
    );
    text += "      pipeline = pkgs: {\n";
    text += &packages("nativeBuildInputs", facts.needs.iter().flat_map(|it| it.programs));
    text += &packages("buildInputs", facts.needs.iter().flat_map(|it| it.libraries));
    text += "      };\n    };\n}\n";
    Ok(text)
}

fn packages<'a>(name: &str, packages: impl Iterator<Item = &'a &'static str>) -> String {
    let packages: std::collections::BTreeSet<_> = packages.collect();
    let mut text = String::new();
    let mut lines = packages.iter();
    match (lines.next(), packages.len()) {
        (None, _) => {}
        // As nixfmt has it.
        (Some(one), 1) => {
            let _ = writeln!(text, "        {name} = [ pkgs.{one} ];");
        }
        _ => {
            let _ = writeln!(text, "        {name} = [");
            for package in &packages {
                let _ = writeln!(text, "          pkgs.{package}");
            }
            text += "        ];\n";
        }
    }
    text
}

/// What direnv does in the folder: what it did, and the dev shell.
pub(crate) fn envrc(before: Option<&str>) -> String {
    let before = before.unwrap_or_default();
    let uses =
        |line: &str| ["use flake", "use_flake"].iter().any(|it| line.trim_start().starts_with(it));
    if before.lines().any(uses) {
        return before.to_owned();
    }
    with_lines(before, &ENTERS.lines().collect::<Vec<_>>())
}

/// A text with these lines at its end, which end as its own do.
fn with_lines(before: &str, lines: &[&str]) -> String {
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = before.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text += end;
    }
    for line in lines {
        text += line;
        text += end;
    }
    text
}

/// The configuration: what differs from the defaults, and why.
pub(crate) fn config(facts: &Facts) -> String {
    let mut text = "# What Blocks checks, and with how much. A key that is left out has its default; `cargo blocks explain KEY` says\n\
                    # what it is for, and `cargo blocks stages` which stages there are.\n"
        .to_owned();
    if facts.is_on_github() {
        // What a tag or a week sets in motion is asked for by whoever wants it.
        text += "\nci:\n  # For a start. `performance`, `release`, `docs` and `update` are the others.\n  workflows:\n    - ci\n";
        let branch = facts.branch.as_deref().unwrap_or(MAIN);
        if branch != MAIN && is_nameable(branch) {
            let _ = writeln!(
                text,
                "  # The branch that the repository is shown by.\n  branch: {}",
                quoted(branch)
            );
        }
    }
    let mut is_first = true;
    for (member, outside) in &facts.outside {
        let nameable: Vec<_> = outside.iter().filter(|it| is_nameable(&it.path)).collect();
        if nameable.is_empty() {
            continue;
        }
        if is_first {
            text += "\nmembers:\n";
            is_first = false;
        }
        let _ = writeln!(text, "  {}:", quoted(member));
        text += "    # By Nix a member sees its own folder, and what is named here.\n    files:\n";
        for it in nameable {
            let _ = writeln!(text, "      # {}:{} names it.", one_line(&it.named_in), it.line);
            let _ = writeln!(text, "      - {}", quoted(&it.path));
        }
    }
    text
}

/// Whether the configuration can name a path: not each that a file system has is one for it.
fn is_nameable(path: &str) -> bool {
    parsed(&format!("members:\n  a:\n    files:\n      - {}\n", quoted(path))).is_ok()
}

/// Who hears of failures: issues only, since mail needs somebody to send it to.
pub(crate) const fn notify() -> &'static str {
    "# Who hears of a run on the default branch. Issues need a token (`BLOCKS_GITHUB_TOKEN` or `GITHUB_TOKEN`); mail needs\n\
     # `email.to` and a server as well.\n\
     notifications:\n  channels: [github_issues]\n"
}

/// The file with what it lacks at its end; none where it lacks nothing.
pub(crate) fn gitignore(before: Option<&str>) -> Option<String> {
    let before = before.unwrap_or_default();
    let lines: Vec<_> = before.lines().map(str::trim).collect();
    let lacks = |(_, others): &&(&str, &[&str])| !lines.iter().any(|line| others.contains(line));
    let lacking: Vec<_> = IGNORED.iter().filter(lacks).map(|(line, _)| *line).collect();
    if lacking.is_empty() {
        return None;
    }
    Some(with_lines(before, &lacking))
}

/// A text as YAML has it. Its letters are those that stand for themselves in quotes, or are written by number.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    let begins = text.chars().next().is_some_and(|it| it.is_ascii_alphabetic());
    // Words that YAML takes for something else.
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if begins && text.chars().all(is_plain) && !is_word.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    let mut out = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            other => out.push(other),
        }
    }
    out + "\""
}

/// A text of others in a comment: on one line, whatever it holds.
fn one_line(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { '?' } else { it }).collect()
}

/// The configuration as a program reads it: what a plan writes has to be one.
pub(crate) fn parsed(text: &str) -> Result<PipelineConfig, blocks_config::ConfigError> {
    Loaded::<PipelineConfig>::parse(text, CONFIG).map(|it| it.config)
}
