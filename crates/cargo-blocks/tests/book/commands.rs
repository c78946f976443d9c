//! `docs/commands.md`: the help of each command.

use std::fmt::Write as _;

use crate::{committed, help, markdown::escaped};

/// Where the text of options and arguments begins in long help.
const TEXT: usize = 10;

/// A part of help, such as `Options:`, with its lines.
struct Part<'a> {
    name: &'a str,
    lines: Vec<&'a str>,
}

/// Help as what stands before the first part, and its parts.
fn parts(help: &str) -> (Vec<&str>, Vec<Part<'_>>) {
    let mut about = Vec::new();
    let mut parts: Vec<Part<'_>> = Vec::new();
    for line in help.lines() {
        let name = ["Usage:", "Commands:", "Arguments:", "Options:"]
            .into_iter()
            .find(|name| line.starts_with(name));
        if let Some(name) = name {
            parts.push(Part { name, lines: vec![line[name.len()..].trim()] });
        } else if let Some(part) = parts.last_mut() {
            part.lines.push(line);
        } else {
            about.push(line);
        }
    }
    (about, parts)
}

fn part<'a>(parts: &'a [Part<'_>], name: &str) -> &'a [&'a str] {
    parts.iter().find(|part| part.name == name).map_or(&[], |part| &part.lines)
}

/// Lines as paragraphs with a blank line before each, and as lists where they begin with a hyphen.
fn paragraphs(lines: &[&str], indent: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines.iter().map(|line| line.trim()) {
        match out.last_mut().filter(|_| goes_on && !line.is_empty() && !line.starts_with("- ")) {
            Some(last) => *last = format!("{last} {}", escaped(line)),
            None if line.is_empty() => {}
            None => out.push(format!("{indent}{}", escaped(line))),
        }
        goes_on = !line.is_empty();
    }
    let (mut text, mut is_item) = (String::new(), false);
    for line in out {
        let is_next = line.trim_start().starts_with("- ");
        text += if is_next && is_item { "" } else { "\n" };
        let _ = writeln!(text, "{line}");
        is_item = is_next;
    }
    text
}

/// The entries of `Options:` and `Arguments:`: how each is written, and the lines about it.
fn entries<'a>(lines: &[&'a str]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        if !line.trim().is_empty() && indent < TEXT {
            // Short ones have their text beside them, two blanks behind.
            let (how, text) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
            entries.push((how, vec![text.trim()]));
        } else if let Some((_, text)) = entries.last_mut() {
            text.push(line);
        }
    }
    entries
}

fn listed(lines: &[&str], left_out: &[&str]) -> String {
    let entries = entries(lines).into_iter().filter(|(how, _)| !left_out.contains(how));
    let items = entries.map(|(how, text)| {
        let text = paragraphs(&text, "  ").replace("=\\]", "\\]");
        format!("- `{how}`: {}", text.trim_start())
    });
    items.collect()
}

/// The section of a command, and those of its own commands.
fn section(words: &[&str], of_all: &[&str]) -> String {
    let help = help(words);
    let (about, parts) = parts(&help);
    let mut text = format!("## {}\n{}", words.join(" "), paragraphs(&about, ""));
    let usage = part(&parts, "Usage:");
    let _ = write!(text, "\n```text\n{}\n```\n", usage.join("\n").trim());
    for name in ["Arguments:", "Options:"] {
        let list = listed(part(&parts, name), of_all);
        if !list.is_empty() {
            let _ = write!(text, "\n{list}");
        }
    }
    text += "\n";
    for own in commands(&parts) {
        text += &section(&[words, &[own.as_str()]].concat(), of_all);
    }
    text
}

fn commands(parts: &[Part<'_>]) -> Vec<String> {
    let names = entries(part(parts, "Commands:")).into_iter().map(|(name, _)| name.to_owned());
    names.filter(|name| name != "help" && !name.is_empty()).collect()
}

#[test]
fn the_chapter_of_commands_is_the_help_of_all_of_them() {
    let help = help(&[]);
    let (about, parts) = parts(&help);
    let options = part(&parts, "Options:");
    let mut of_all: Vec<&str> = entries(options).into_iter().map(|(how, _)| how).collect();
    let own = ["-h, --help", "-V, --version"];
    let mut text = format!(
        "# Commands\n\nWritten from the program's own help, `cargo blocks COMMAND --help`.\n{}\nEach command takes these, too:\n\n{}\n",
        paragraphs(&about, ""),
        listed(options, &own),
    );
    of_all.extend(own);
    let commands = commands(&parts);
    assert!(commands.iter().any(|name| name == "check"), "{commands:?}");
    for command in &commands {
        text += &section(&[command], &of_all);
    }
    committed("commands.md", &format!("{}\n", text.trim_end()));
}
