use std::borrow::Cow;

/// A text as it can be drawn in one line: without characters that have no shape or that reorder or
/// hide their neighbours, with single spaces, and with at most `longest` characters.
pub(crate) fn shown(text: &str, longest: usize) -> String {
    drawn(text, longest).into_owned()
}

/// The same; the text itself where nothing of it changes.
pub(crate) fn drawn(text: &str, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let visible: String = spaced.chars().filter(|c| !is_shapeless(*c)).collect();
    let words = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Cow::Owned(bounded(&words, longest))
}

/// Whether a text is shown as it is: nearly all are, and to look is cheaper than to take them apart.
fn is_plain(text: &str) -> bool {
    let is_drawn = |byte: u8| matches!(byte, b' '..=b'~');
    text.bytes().all(is_drawn) && text.split(' ').all(|word| !word.is_empty())
}

/// The first `longest` characters; an ellipsis is the last of them where there are more.
pub(crate) fn bounded(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// Whether a character is a control character, or one of those that Unicode has for the direction,
/// joining or hiding of others, or that XML cannot write.
pub(crate) fn is_shapeless(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{bounded, shown};

    #[test]
    fn white_space_is_one_space_and_what_hides_text_is_left_out() {
        assert_eq!(shown(" a\t\n\u{202e}b\u{0}\u{feff}  \u{200b} c ", 9), "a b c");
        let almost = ["a b", "a  b", " a b", "a b ", ""].map(|text| shown(text, 9));
        assert_eq!(almost, ["a b", "a b", "a b", "a b", ""]);
    }

    #[test]
    fn a_text_is_cut_with_an_ellipsis_only_where_it_is_too_long() {
        assert_eq!(bounded("abcd", 4), "abcd");
        assert_eq!(bounded("abcde", 4), "abc\u{2026}");
        assert_eq!(bounded("ab de", 4), "ab\u{2026}");
        assert_eq!(bounded("", 0), "");
    }
}
