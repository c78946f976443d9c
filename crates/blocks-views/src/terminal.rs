use blocks_evidence::printable_line;

use crate::label::bounded;

/// The longest line of another program's text that is shown, in characters.
const LINE: usize = 240;

/// A text as one line of a terminal: harmless, and of bounded length.
pub(crate) fn line(text: &str) -> String {
    bounded(&printable_line(text.trim_end()), LINE)
}

/// The longest command that is shown, in characters: one that is cut cannot be repeated.
const COMMAND: usize = 4096;

/// The same of a command, which has to be whole to be of use.
pub(crate) fn command(text: &str) -> String {
    bounded(&printable_line(text.trim_end()), COMMAND)
}

/// `text` in a colour, where colours are wanted.
pub(crate) fn painted(text: &str, style: Style, color: bool) -> String {
    if color { format!("\u{1b}[{}m{text}\u{1b}[0m", style.parameters()) } else { text.to_owned() }
}

#[derive(Clone, Copy)]
pub(crate) enum Style {
    Green,
    Red,
    Yellow,
    Dim,
    Bold,
}

impl Style {
    fn parameters(self) -> &'static str {
        match self {
            Self::Green => "32",
            Self::Red => "31",
            Self::Yellow => "33",
            Self::Dim => "2",
            Self::Bold => "1",
        }
    }

    pub(crate) fn of(outcome: blocks_gates::Outcome) -> Self {
        match outcome {
            blocks_gates::Outcome::Pass => Self::Green,
            blocks_gates::Outcome::Fail => Self::Red,
            blocks_gates::Outcome::NoVerdict => Self::Yellow,
            blocks_gates::Outcome::NotApplicable => Self::Dim,
        }
    }
}

/// The columns that a text takes in a terminal: two for the wide characters of East Asia and for
/// pictures, none for marks that combine with the character before them, and one for all others.
///
/// The ranges are the blocks of Unicode in which nearly all characters are of one kind. A rare
/// character of another kind moves what follows it in its line by a column, and harms nothing.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| if is_mark(c) { 0 } else { 1 + usize::from(is_wide(c)) }).sum()
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}')
}

fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1f9ff}'
        | '\u{1fa70}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// `text` with spaces after it, up to `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::{columns, line, padded};

    #[test]
    fn wide_characters_take_two_columns_and_marks_none() {
        assert_eq!(columns("ab\u{4e2d}\u{1f600}e\u{301}"), 7);
        assert_eq!(padded("\u{4e2d}", 4), "\u{4e2d}  ");
        assert_eq!(padded("abc", 2), "abc");
    }

    #[test]
    fn a_line_is_harmless_and_bounded() {
        assert_eq!(line("\u{1b}[31ma\nb\u{202e}\n"), "a\\nb\\u{202e}");
        assert_eq!(line(&"x".repeat(10_000)).chars().count(), super::LINE);
    }
}
