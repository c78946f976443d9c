//! Texts of others, made harmless for one line.

use blocks_evidence::{printable_line, strip_ansi};

/// The text in one line that moves no cursor and reorders nothing, with at most this many characters.
pub(crate) fn line(text: &str, longest: usize) -> String {
    // What is far too long is cut before it is looked at.
    let text: String = text.chars().take(longest.saturating_mul(8)).collect();
    let text = strip_ansi(&text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(&printable_line(&words), longest)
}

/// The first characters; an ellipsis is the last of them where there are more.
pub(crate) fn bounded(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_text_of_others_is_one_harmless_line() {
        assert_eq!(line("a\r\nBcc: b\u{1b}[31m\u{202e}c\t d", 40), "a Bcc: b\\u{202e}c d");
    }

    #[test]
    fn a_text_is_cut_with_an_ellipsis_only_where_it_is_too_long() {
        assert_eq!(
            ["abcd", "abcde", "ab de"].map(|it| line(it, 4)),
            ["abcd", "abc\u{2026}", "ab\u{2026}"]
        );
    }
}
