//! `fixes.md`: the same for people.

use std::fmt::Write as _;

use blocks_views::markdown_text as escaped;

use crate::form::{WHOLE, is_absent, patch_name};
use crate::{Fixes, Part, Suggestion};

/// The most lines of a list.
const LINES: usize = 50;

/// The page. No text of others means anything in it.
pub fn fixes_markdown(fixes: &Fixes) -> String {
    let mut text = "# Fixes\n\n".to_owned();
    if fixes.is_empty() {
        text.push_str("There is nothing to mend in what was recorded.\n");
    }
    if !fixes.parts.is_empty() {
        let _ = writeln!(
            text,
            "`git apply {WHOLE}` makes all of these; each part has a file of its own.\n"
        );
    }
    for (at, one) in fixes.parts.iter().enumerate() {
        part(&mut text, at, one);
    }
    let left = fixes
        .left
        .iter()
        .map(|it| format!("{}: {} ({})", it.stage, escaped(&it.what), escaped(&it.why)));
    list(&mut text, "Left out of the patch", left);
    list(&mut text, "For you to do", fixes.suggestions.iter().map(suggestion));
    let refused = fixes.refused.iter().filter(|it| !is_absent(it));
    let refused = refused.map(|it| format!("{}: {}", it.stage, escaped(&it.why)));
    list(&mut text, "Records that cannot be used", refused);
    text
}

fn part(text: &mut String, at: usize, part: &Part) {
    let Part { title, changes, files, unchecked, .. } = part;
    let _ = writeln!(text, "## {}\n", escaped(title));
    let checked = match unchecked {
        None => "What the whole patch leaves compiles.".to_owned(),
        Some(why) => format!("**Not checked by building**: {}.", escaped(why)),
    };
    let count = files.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let _ = writeln!(text, "`{}`, {files}. {checked}\n", patch_name(at, part));
    lines(text, changes.iter().map(|it| escaped(it)));
}

fn suggestion(one: &Suggestion) -> String {
    let place = match (&one.file, one.line) {
        (Some(file), Some(line)) => format!(" at {}:{line}", escaped(file)),
        (Some(file), None) => format!(" in {}", escaped(file)),
        _ => String::new(),
    };
    let mut text = format!("{}: {}{place}", one.stage, escaped(&one.what));
    let more = [("", &one.why), ("Setting: ", &one.setting), ("Command: ", &one.command)];
    for (name, value) in more {
        if let Some(value) = value {
            let _ = write!(text, ". {name}{}", escaped(value));
        }
    }
    text
}

fn list(text: &mut String, title: &str, all: impl Iterator<Item = String>) {
    let all: Vec<String> = all.collect();
    if !all.is_empty() {
        let _ = writeln!(text, "## {title}\n");
        lines(text, all.into_iter());
    }
}

fn lines(text: &mut String, all: impl Iterator<Item = String>) {
    let all: Vec<String> = all.collect();
    for line in all.iter().take(LINES) {
        let _ = writeln!(text, "- {line}");
    }
    match all.len().saturating_sub(LINES) {
        0 => {}
        more => drop(writeln!(text, "- and {more} more")),
    }
    text.push('\n');
}
