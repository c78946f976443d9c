//! Lengths of the texts that readers keep.

/// The longest name of a test, file or item that is kept, in bytes.
pub const NAME: usize = 2 * 1024;
/// The longest message that is kept, in bytes.
pub const MESSAGE: usize = 2 * 1024;
/// The longest output or rendered diagnostic that is kept, in bytes.
pub const DETAIL: usize = 8 * 1024;

/// The beginning of a text: at most `max` bytes and a note of how many were cut, so that a text
/// that was cut is never taken for a whole one.
pub fn bounded(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(max);
    format!("{}… ({} bytes cut)", &text[..end], text.len() - end)
}

/// The end of a text, like [`bounded`]: of a test's output, the last lines say why it failed.
pub fn bounded_tail(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let start = text.ceil_char_boundary(text.len() - max);
    format!("({start} bytes cut) …{}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_is_kept_whole() {
        assert_eq!(bounded("äö", 4), "äö");
        assert_eq!(bounded_tail("äö", 4), "äö");
    }

    #[test]
    fn a_long_text_is_cut_between_characters_and_says_so() {
        assert_eq!(bounded("äöü", 3), "ä… (4 bytes cut)");
        assert_eq!(bounded_tail("äöü", 3), "(4 bytes cut) …ü");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_a_beginning_or_an_end(text in ".*", max in 0_usize..20) {
            let head = bounded(&text, max);
            let kept = head.split('…').next().unwrap_or_default();
            prop_assert!(text.contains('…') || text.starts_with(kept));
            let tail = bounded_tail(&text, max);
            let kept = tail.rsplit('…').next().unwrap_or_default();
            prop_assert!(text.contains('…') || text.ends_with(kept));
        }
    }
}
