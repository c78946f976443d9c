//! Texts of others as Markdown that shows them and does nothing else.

/// The characters that mean something within a line.
const MARKS: &str = "\\*_[]<>~&|!";

/// A line of text. What stands between two backquotes stays code.
pub(crate) fn line(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let is_paired = parts.len() % 2 == 1 && !text.contains("``");
    let mut out = String::with_capacity(text.len());
    for (at, part) in parts.iter().enumerate() {
        let is_code = is_paired && at % 2 == 1;
        if at > 0 {
            out.push_str(if is_paired { "`" } else { "\\`" });
        }
        if is_code { out.push_str(part) } else { escape(&mut out, part) }
    }
    begun(out)
}

/// Several lines below an entry of a list, each indented so that it stays a part of it. Empty ones are left out.
pub(crate) fn below(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.map(|it| format!("  {}", line(it))).collect::<Vec<_>>().join("\n")
}

fn escape(out: &mut String, text: &str) {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    for (at, c) in chars.iter().enumerate() {
        let is_word = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|c: &char| c.is_alphanumeric())
        };
        let is_inside = is_word(at.checked_sub(1)) && is_word(Some(at + 1));
        // Within a word an underscore is one.
        if MARKS.contains(*c) && !(*c == '_' && is_inside) {
            out.push('\\');
        }
        out.push(*c);
    }
}

/// Lets what a line begins with begin nothing: no heading, no list.
fn begun(text: String) -> String {
    if text.starts_with(['#', '-', '+', '=']) {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser};

    /// The text that a reader sees, and whether there is anything else than a list of one entry.
    fn shown(markdown: &str) -> (String, bool) {
        let mut text = String::new();
        let mut others = 0;
        for event in Parser::new(markdown) {
            match event {
                Event::Text(it) | Event::Code(it) => text.push_str(&it),
                Event::SoftBreak => text.push('\n'),
                _ => others += 1,
            }
        }
        (text, others > 4)
    }

    #[test]
    fn a_text_says_what_it_said() {
        for (text, expected) in [
            ("plain snake_case", "plain snake_case"),
            ("use `a_b<T>` now", "use `a_b<T>` now"),
            ("an odd ` one", "an odd \\` one"),
            ("# no heading", "\\# no heading"),
            ("1. no list", "1\\. no list"),
            ("<script>", "\\<script\\>"),
            ("[a](b)", "\\[a\\](b)"),
        ] {
            assert_eq!(line(text), expected);
        }
        assert_eq!(below("a\n\n# b\n"), "  a\n  \\# b");
    }

    proptest! {
        #[test]
        fn no_text_is_anything_but_a_text(text in "[-a-z0-9#*_<>\\[\\]()!&;~|.+= \\\\\n]{1,40}") {
            let flat: String = text.chars().filter(|c| *c != '\n').collect();
            if flat.trim().is_empty() { return Ok(()) }
            let (seen, has_more) = shown(&format!("- {}\n", line(flat.trim())));
            prop_assert_eq!(seen, flat.trim());
            prop_assert!(!has_more);
        }

        #[test]
        fn code_cannot_end_an_entry(text in "[-a#`<>\\[\\]! \n]{1,40}") {
            let entry = format!("- x\n{}\n", below(&text));
            let headings = Parser::new(&entry)
                .filter(|it| matches!(it, Event::Start(pulldown_cmark::Tag::Heading { .. }) | Event::Html(_) | Event::InlineHtml(_)));
            prop_assert_eq!(headings.count(), 0);
        }
    }
}
