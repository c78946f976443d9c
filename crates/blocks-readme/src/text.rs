//! Texts of others, and places in a text.

use std::fmt::Write as _;

use blocks_evidence::strip_ansi;

/// The most bytes of what a program prints about itself.
pub(crate) const MOST_HELP: usize = 256 << 10;

/// The line of a place, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let lines = before.split(|byte| *byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// What a program printed, without escape sequences, control characters, and blanks and lines at the end that nobody
/// sees; none where nothing is left, or where it is too much.
pub(crate) fn printed(text: &str) -> Option<String> {
    if text.len() > MOST_HELP {
        return None;
    }
    let text = strip_ansi(text);
    let line = |line: &str| {
        let kept: String = line.chars().filter(|c| *c == '\t' || !is_unseen(*c)).collect();
        kept.trim_end().to_owned()
    };
    let lines: Vec<_> = text.lines().map(line).collect();
    let text = lines.join("\n");
    let text = text.trim_end().trim_start_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Characters that are not seen, or that change the order of those that are.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text as a block of code: the fence is longer than each run of backticks in it, so that no text ends it.
pub(crate) fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// A text as a cell of a table, in one line, in which nothing means anything to Markdown.
pub(crate) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if "\\`*_[]<>~&|!$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// A path as the target of a link.
pub(crate) fn target(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._~-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A file from the folder of another, both of them from the workspace's root.
pub(crate) fn relative(file: &str, from: &str) -> String {
    let mut folder: Vec<_> = from.split('/').collect();
    folder.pop();
    let to: Vec<_> = file.split('/').collect();
    let folders = &to[..to.len().saturating_sub(1)];
    let common = folder.iter().zip(folders).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
