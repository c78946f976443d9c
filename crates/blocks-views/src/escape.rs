use std::fmt::Write as _;

use blocks_evidence::strip_ansi;

use crate::label::{is_shapeless, shown};

/// The longest text of another program, in characters.
const TEXT: usize = 240;

/// The longest command that is shown, in bytes.
const COMMAND: usize = 8 * 1024;

/// What stands in the place of a command that cannot be shown exactly: one that is cut would be another command.
const NO_COMMAND: &str = "a command that cannot be shown here: report.json has it";

/// A text that means nothing to Markdown, in one line.
///
/// Characters with a meaning become numeric references, which have none
/// (`CommonMark` 0.31.2, section 2.5: they "cannot be used in place of symbols indicating
/// structure"). GitHub looks for mentions, issues and addresses after that, so that a character of
/// no width keeps these apart.
pub fn escaped(text: &str) -> String {
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
            ':' if is_picture(&text[index + 1..]) => out.push_str(":&#8203;"),
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

/// A command as code: exactly what is to be typed, as nothing in a code span is replaced or made a link, by GitHub neither
/// (`CommonMark` 0.31.2, section 6.1). What is too long, or has characters that are not seen, is said to be somewhere else.
pub(crate) fn command(text: &str) -> String {
    if text.trim().is_empty() || text.len() > COMMAND || text.chars().any(is_unseen) {
        return NO_COMMAND.to_owned();
    }
    // The fence is longer than each run of backticks in it; a blank at both ends is no part of it.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let is_edged = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let edge = if is_edged { " " } else { "" };
    format!("{fence}{edge}{text}{edge}{fence}")
}

/// Whether a character of a command is not seen as what it is.
fn is_unseen(c: char) -> bool {
    is_shapeless(c) || (c.is_whitespace() && c != ' ')
}

fn push_reference(out: &mut String, c: char) {
    let _ = write!(out, "&#{};", u32::from(c));
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what follows a colon makes it `:lock:`, which is a picture to GitHub; paths of Rust have such names in them.
fn is_picture(after: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
    let rest = after.trim_start_matches(is_name);
    rest.len() < after.len() && rest.starts_with(':')
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
    use super::{COMMAND, NO_COMMAND, command, escaped};

    #[test]
    fn a_command_is_code_that_says_exactly_what_to_type() {
        let shown =
            ["cargo test -E 'test(=a)'", "a ``b`", "`a", " a ", "a@b #1 https://c :d: e::f::g"]
                .map(command);
        assert_eq!(
            shown,
            [
                "`cargo test -E 'test(=a)'`",
                "``` a ``b` ```",
                "`` `a ``",
                "`  a  `",
                "`a@b #1 https://c :d: e::f::g`"
            ]
        );
        let long = "a".repeat(COMMAND + 1);
        for text in ["", " ", "a\nb", "a\u{202e}b", "a\u{1b}[1mb", "a\u{2028}b", &long] {
            assert_eq!(command(text), NO_COMMAND, "{text:?}");
        }
    }

    #[test]
    fn a_path_has_no_pictures_in_it() {
        assert_eq!(
            escaped("store::lock::tests :+1: a:b c: :d"),
            "store::&#8203;lock::tests :&#8203;+1: a:b c: :d"
        );
    }

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
