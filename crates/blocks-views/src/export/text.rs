//! Texts of other programs, of a length that viewers take.

use blocks_evidence::printable;

/// A text with nothing in it that hides, reorders or commands ([`printable`]), of at most so many bytes and an ellipsis.
pub(super) fn shown(text: &str, most: usize) -> String {
    let mut text = printable(text);
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push_str("\n\u{2026}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        assert_eq!(shown("a\u{e9}b", 4), "a\u{e9}b");
        assert_eq!(shown("a\u{e9}b", 2), "a\n\u{2026}");
        assert_eq!(shown("a\u{1b}[31mb\u{202e}", 99), "ab\\u{202e}");
    }
}
