//! Text of other programs, made harmless for a terminal and for the log of a CI run.
//!
//! A test's name, a file's name and a test's output are written by whoever sends a change. Printed
//! as they are, they could move the cursor, colour a failure green, reorder a line, or give commands
//! to the CI runner that reads the log.

use std::borrow::Cow;
use std::fmt::Write as _;

const ESCAPE: char = '\u{1b}';

/// Removes terminal escape sequences (ECMA-48 and OSC). A sequence never reaches over the end of a
/// line, so that it cannot swallow the lines after it.
pub fn strip_ansi(text: &str) -> Cow<'_, str> {
    if !text.contains(ESCAPE) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(ESCAPE) {
        out.push_str(&rest[..start]);
        rest = after_sequence(&rest[start + ESCAPE.len_utf8()..]);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What follows the sequence whose escape character stands before `text`; all of `text` when that
/// is no sequence.
fn after_sequence(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or_default();
    let end = match line.as_bytes().first() {
        Some(b'[') => control_sequence(line.as_bytes(), 1, 0x30..=0x3f, 0x40..=0x7e),
        Some(b']') => return &text[operating_system_command(line)..],
        _ => control_sequence(line.as_bytes(), 0, 0x20..=0x2f, 0x30..=0x7e),
    };
    &text[end.unwrap_or(0)..]
}

fn control_sequence(
    line: &[u8],
    start: usize,
    parameters: std::ops::RangeInclusive<u8>,
    last: std::ops::RangeInclusive<u8>,
) -> Option<usize> {
    let body = line.get(start..)?;
    let is_inner = |byte: &u8| parameters.contains(byte) || (0x20..=0x2f).contains(byte);
    let length = body.iter().position(|byte| !is_inner(byte))?;
    last.contains(&body[length]).then_some(start + length + 1)
}

fn operating_system_command(line: &str) -> usize {
    let bell = line.find('\u{7}').map(|at| at + 1);
    let terminator = line.find("\u{1b}\\").map(|at| at + 2);
    match (bell, terminator) {
        (Some(a), Some(b)) => a.min(b),
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => line.len(),
    }
}

/// Makes a text of several lines harmless: escape sequences are removed; control characters,
/// characters that reorder or hide text, and carriage returns are shown as `\u{…}`; a line that a CI
/// runner would take for a command (`::error::`, `##[group]`) gets a backslash.
///
/// Line feeds and tabs stay. Applying it again changes nothing.
pub fn printable(text: &str) -> String {
    let text = strip_ansi(text).replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        push_line(&mut out, line, false);
    }
    out
}

/// Like [`printable`] for a text that has to stay on one line: line feeds and tabs are shown too.
pub fn printable_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_line(&mut out, &strip_ansi(text), true);
    out
}

fn push_line(out: &mut String, line: &str, whole: bool) {
    if line.trim_start().starts_with("::") {
        out.push('\\');
    }
    for (index, part) in line.split("##[").enumerate() {
        if index > 0 {
            out.push_str("##\\[");
        }
        part.chars().for_each(|c| push_char(out, c, whole));
    }
}

fn push_char(out: &mut String, c: char, whole: bool) {
    match c {
        '\n' if whole => out.push_str("\\n"),
        '\t' if whole => out.push_str("\\t"),
        '\n' | '\t' => out.push(c),
        _ if c.is_control() || is_invisible(c) => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        _ => out.push(c),
    }
}

/// Characters that change the order of text, take no room, or end a line for some programs
/// (Unicode's `Bidi_Control`, zero width characters, separators, annotations and tags).
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_titles_and_charset_switches_are_removed() {
        let text = "\u{1b}[1;31mred\u{1b}(B\u{1b}[m \u{1b}]0;title\u{7}a\u{1b}]8;;u\u{1b}\\b";
        assert_eq!(strip_ansi(text), "red ab");
    }

    #[test]
    fn an_unfinished_sequence_does_not_reach_the_next_line() {
        assert_eq!(strip_ansi("\u{1b}]0;title\nFAILED"), "\nFAILED");
        assert_eq!(strip_ansi("\u{1b}[31\nFAILED\u{1b}"), "[31\nFAILED");
        assert_eq!(strip_ansi("\u{1b}]a\u{7}b\u{1b}\\c"), "bc");
    }

    #[test]
    fn control_and_reordering_characters_become_visible() {
        assert_eq!(printable("a\u{7}\u{202e}b\rc\td"), "a\\u{7}\\u{202e}b\\u{d}c\td");
        assert_eq!(printable("a\r\nb"), "a\nb");
        assert_eq!(printable("\u{9b}31m"), "\\u{9b}31m");
    }

    #[test]
    fn commands_to_a_ci_runner_lose_their_meaning() {
        assert_eq!(printable("x\n  ::error::pwn"), "x\n\\  ::error::pwn");
        assert_eq!(printable("##[group]x"), "##\\[group]x");
        assert_eq!(printable("\u{1b}[1m::set-output name=a::b"), "\\::set-output name=a::b");
    }

    #[test]
    fn a_single_line_stays_a_single_line() {
        assert_eq!(printable_line("a\nb\tc\r\n"), "a\\nb\\tc\\u{d}\\n");
    }

    #[test]
    fn ordinary_text_is_not_changed() {
        let text = "assertion `left == right` failed: <b>&amp;</b> | ünï → ok\n  left: 1";
        assert_eq!(printable(text), text);
    }

    proptest! {
        #[test]
        fn printing_twice_is_printing_once(text in r"(\PC|[\x00-\x7f]|\u{1b}\[|::|##\[|\u{202e})*") {
            let once = printable(&text);
            prop_assert_eq!(&printable(&once), &once);
            prop_assert!(!once.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || is_invisible(c)));
            prop_assert!(!once.lines().any(|line| line.trim_start().starts_with("::")));
            let line = printable_line(&text);
            prop_assert!(!line.chars().any(char::is_control));
        }
    }
}
