//! What of a message stays the same from run to run.

mod number;
mod path;

use blocks_evidence::strip_ansi;

/// How much of a message is looked at, in bytes: what tells one failure from another stands at its beginning.
const LIMIT: usize = 64 * 1024;

/// What numbers mean in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// They are a part of what is said: a compiler that expects three arguments says so as long as the code is as it is.
    Mean,
    /// Those that stand by themselves were measured; others belong to names (`fib/20`).
    Measured,
    /// They are of one run, as are addresses, hashes, times and dates. Digits of a word (`u32`, `case_1`) are a part of it,
    /// those between backticks are code, and an exit status, a signal or an error of the system is what happened.
    OfRun,
}

/// The text without what another run, or another machine, would write in its place: sequences for terminals, the folders of
/// absolute paths and of targets, lines and columns, white space; and numbers, where these mean nothing. The same again of
/// what it gives.
pub(crate) fn normal(text: &str, numbers: Numbers) -> String {
    let text = &text[..text.floor_char_boundary(LIMIT)];
    let text = strip_ansi(text);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Scan { text: &words.join(" "), at: 0, out: String::new(), numbers, is_code: false }.all()
}

/// A text that is gone through once.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    out: String,
    numbers: Numbers,
    /// Whether it is between backticks.
    is_code: bool,
}

impl Scan<'_> {
    fn all(mut self) -> String {
        while let Some(c) = self.rest().chars().next() {
            if !(self.path() || self.place() || self.number()) {
                self.is_code = c == '`' && (!self.is_code && self.rest()[1..].contains('`'))
                    || c != '`' && self.is_code;
                self.out.push(c);
                self.at += c.len_utf8();
            }
        }
        self.out
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Whether a word could begin here.
    fn begins_word(&self) -> bool {
        !self.before().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Takes so many bytes, and writes this for them.
    fn replace(&mut self, bytes: usize, with: &str) -> bool {
        self.at += bytes;
        self.out.push_str(with);
        true
    }
}

#[cfg(test)]
mod tests;
