//! Fixes as a terminal shows them.

use std::fmt::Write as _;

use blocks_evidence::printable_line;
use blocks_fixes::{Fixes, Part, Suggestion, is_absent, patch};

/// The most lines of a list.
const LINES: usize = 20;

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const CYAN: &str = "36";

/// A part and its difference. The lines of files do nothing to the terminal.
pub(crate) fn part_text(part: &Part, colour: bool) -> String {
    let Part { stage, title, changes, files, unchecked, .. } = part;
    let mut text = painted(&format!("{title} ({stage})"), BOLD, colour) + "\n";
    list(&mut text, changes.iter().map(|change| printable_line(change)));
    if let Some(why) = unchecked {
        let _ = writeln!(text, "  not checked by building: {}", printable_line(why));
    }
    text.push('\n');
    let patch = patch(files);
    for line in String::from_utf8_lossy(&patch).split_terminator('\n') {
        let shown = shown(line);
        let code = match line.as_bytes() {
            [b'd', ..] | [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => BOLD,
            [b'-', ..] => RED,
            [b'+', ..] => GREEN,
            [b'@', ..] => CYAN,
            _ => "",
        };
        text.push_str(&painted(&shown, code, colour && !code.is_empty()));
        text.push('\n');
    }
    text.push('\n');
    text
}

/// A line of a patch. Tabs stay, as they are in the file; the sign keeps a line from being more than a line.
fn shown(line: &str) -> String {
    line.split('\t').map(printable_line).collect::<Vec<_>>().join("\t")
}

fn painted(text: &str, code: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// What is no patch, or none that can be applied.
pub(crate) fn rest_text(fixes: &Fixes, colour: bool) -> String {
    let mut text = String::new();
    let mut titled = |title: &str, all: Vec<String>| {
        if !all.is_empty() {
            text.push_str(&painted(title, BOLD, colour));
            text.push('\n');
            list(&mut text, all.into_iter());
            text.push('\n');
        }
    };
    let left = fixes.left.iter();
    let left = left.map(|it| printable_line(&format!("{}: {}: {}", it.stage, it.what, it.why)));
    titled("Left out", left.collect());
    let mut words: Vec<_> = fixes.suggestions.iter().map(suggestion).collect();
    words.extend(
        (fixes.more_suggestions > 0).then(|| format!("and {} more", fixes.more_suggestions)),
    );
    titled("For you to do", words);
    let refused = fixes.refused.iter().filter(|it| !is_absent(it));
    let refused = refused.map(|it| printable_line(&format!("{}: {}", it.stage, it.why)));
    titled("Records that cannot be used (cargo blocks check makes them again)", refused.collect());
    let is_nothing = fixes.is_empty() && text.is_empty();
    if is_nothing { "there is nothing to mend in what was recorded\n".to_owned() } else { text }
}

fn suggestion(one: &Suggestion) -> String {
    let place = match (&one.file, one.line) {
        (Some(file), Some(line)) => format!("{file}:{line}: "),
        (Some(file), None) => format!("{file}: "),
        _ => String::new(),
    };
    let mut text = printable_line(&format!("{}: {place}{}", one.stage, one.what));
    let lines = [("", &one.why), ("setting: ", &one.setting), ("", &one.command)];
    for (name, value) in lines {
        if let Some(value) = value {
            let _ = write!(text, "\n    {}", printable_line(&format!("{name}{value}")));
        }
    }
    text
}

fn list(text: &mut String, all: impl Iterator<Item = String>) {
    let all: Vec<_> = all.collect();
    for line in all.iter().take(LINES) {
        let _ = writeln!(text, "  {line}");
    }
    if let Some(more) = all.len().checked_sub(LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more");
    }
}
