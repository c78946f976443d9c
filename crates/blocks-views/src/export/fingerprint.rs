//! What makes two findings of two runs the same one.

use std::collections::HashMap;

use blocks_gates::Cause;
use blocks_records::digest_of;

/// Names causes so that the same one has the same name in the next run, also when lines before it moved.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The name of a stage's cause: 32 hexadecimal digits, a colon, and its number among those that say the same of the same
    /// file.
    pub(super) fn of(&mut self, stage: &str, cause: &Cause) -> String {
        let file = cause.file.as_deref().unwrap_or_default();
        // No text of these holds a zero byte and its neighbour's text, too.
        let said = [stage, cause.code.id(), file, &without_numbers(&cause.message)].join("\0");
        let digest = digest_of(said.as_bytes()).map_or_else(|_| String::new(), |it| it.sha256);
        let name = digest.get(..32).unwrap_or_default().to_owned();
        let number = self.seen.entry(name.clone()).or_default();
        *number += 1;
        format!("{name}:{number}")
    }
}

/// A message without what changes from run to run: times, addresses, counts.
fn without_numbers(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    for c in message.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn numbers_do_not_count() {
        assert_eq!(without_numbers("after 12.5 s at 0x7f"), "after #.# s at #x#f");
    }
}
