//! `SHA256SUMS`, in the form that `sha256sum --check` reads: a line a file, in the order of their names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many digits a sum has.
const DIGITS: usize = 64;

/// The text of sums by names.
pub(crate) fn text(sums: &BTreeMap<String, String>) -> String {
    sums.iter().fold(String::new(), |mut text, (name, sum)| {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{sum}  {name}");
        text
    })
}

/// The sums of a text, by names. Only what [`text`] writes is taken: another reading of it would check other files.
pub(crate) fn parse(bytes: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let read = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned())?;
    let mut sums = BTreeMap::new();
    for (at, line) in read.lines().enumerate() {
        let sum = line.split_once("  ").filter(|(sum, name)| is_sum(sum) && is_name(name));
        let Some((sum, name)) = sum else {
            return Err(format!("line {} is no sum and name", at + 1));
        };
        sums.insert(name.to_owned(), sum.to_owned());
    }
    if text(&sums).as_bytes() != bytes {
        return Err(
            "its lines are not sorted, stand twice, or do not end as they should".to_owned()
        );
    }
    Ok(sums)
}

fn is_sum(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a file that is carried may be called so: no other folder, no option, nothing to be escaped anywhere.
pub(crate) fn is_name(text: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.+".contains(&it);
    let is_begun = text.starts_with(|it: char| it.is_ascii_alphanumeric());
    is_begun && text.len() <= 200 && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let sums: BTreeMap<_, _> = [("b", "0"), ("a-1.0.0.tar.gz", "f")]
            .map(|(name, it)| (name.to_owned(), it.repeat(64)))
            .into();
        let written = text(&sums);
        assert_eq!(parse(written.as_bytes()).unwrap(), sums);
        let sum = "0".repeat(64);
        for bad in [
            format!("{sum} a\n"),
            format!("{sum}  a"),
            format!("{sum}  a\r\n"),
            format!("{sum}  ../a\n"),
            format!("{sum}  -a\n"),
            format!("{sum}  .a\n"),
            format!("{sum}  b\n{sum}  a\n"),
            format!("{sum}  a\n{sum}  a\n"),
            format!("{}  a\n", "F".repeat(64)),
            format!("{}  a\n", &sum[1..]),
            "\n".to_owned(),
        ] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
