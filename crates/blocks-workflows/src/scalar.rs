//! Texts as scalars of YAML.

use std::fmt::Write as _;

/// Words that some readers of YAML take for something else than a text.
const TAKEN: [&str; 12] =
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "none"];

/// A text as a scalar on one line: as it is where no reader could take it for anything else, and in double quotes otherwise.
/// Nothing is given for a text in which the service would evaluate something.
pub fn scalar(text: &str) -> Option<String> {
    (!text.contains("${{")).then(|| if is_plain(text) { text.to_owned() } else { quoted(text) })
}

fn is_plain(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"._/-".contains(&b);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(is_sign)
        && !TAKEN.contains(&text.to_ascii_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            // What is not seen, or seen as something else, is spelt out; so is all that is no ASCII.
            c if u32::from(c) <= 0xffff => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
