use std::fmt::Write as _;

use blocks_evidence::strip_ansi;

use crate::label::shown;

/// The longest text of another program, in characters.
const TEXT: usize = 240;

/// A text that means nothing to Markdown, in one line.
///
/// Characters with a meaning become numeric references, which have none
/// (`CommonMark` 0.31.2, section 2.5: they "cannot be used in place of symbols indicating
/// structure"). GitHub looks for mentions, issues and addresses after that, so that a character of
/// no width keeps these apart.
pub(crate) fn escaped(text: &str) -> String {
    let text = shown(&strip_ansi(text), TEXT);
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let before = &text[..index];
        match c {
            '@' | '#' => {
                push_reference(&mut out, c);
                out.push_str("&#8203;");
            }
            // A text that begins like an item of a list.
            '-' | '+' | '=' if before.is_empty() => push_reference(&mut out, c),
            '.' | ')' if is_number(before) => push_reference(&mut out, c),
            '/' if before.ends_with(':') => out.push_str("&#8203;/"),
            '.' if before.ends_with("www") || before.ends_with("WWW") => out.push_str("&#8203;."),
            '-' if is_issue(before, &text[index + 1..]) => out.push_str("&#8203;-"),
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '$' => {
                push_reference(&mut out, c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn push_reference(out: &mut String, c: char) {
    let _ = write!(out, "&#{};", u32::from(c));
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what is around a hyphen makes it `GH-12`, which is an issue to GitHub.
fn is_issue(before: &str, after: &str) -> bool {
    let mut before = before.chars().rev().map(|c| c.to_ascii_lowercase());
    let is_word = before.next() == Some('h') && before.next() == Some('g');
    is_word
        && !before.next().is_some_and(char::is_alphanumeric)
        && after.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_text_means_nothing_to_markdown() {
        assert_eq!(
            escaped("a|b `c` <d> *e*\n[f](g) \u{1b}[31m~h~ $i$ \\ &amp;"),
            "a&#124;b &#96;c&#96; &#60;d&#62; &#42;e&#42; &#91;f&#93;(g) \
             &#126;h&#126; &#36;i&#36; &#92; &#38;amp;"
        );
    }

    #[test]
    fn a_text_begins_no_list() {
        assert_eq!(
            ["- a", "+ a", "12. a", "1) a", "---", "a-b.c)"].map(escaped),
            ["&#45; a", "&#43; a", "12&#46; a", "1&#41; a", "&#45;--", "a-b.c)"]
        );
    }

    #[test]
    fn a_text_mentions_nobody_and_links_nowhere() {
        assert_eq!(
            escaped("@all #1 https://a www.b view.rs GH-1 gh-2 high-3 gh-pages"),
            "&#64;&#8203;all &#35;&#8203;1 https:&#8203;//a www&#8203;.b view.rs GH&#8203;-1 gh&#8203;-2 high-3 gh-pages"
        );
    }
}
