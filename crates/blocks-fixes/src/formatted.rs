//! What formatters would write, as their differences say.

use crate::lines::{edits_between, lines};
use crate::{Change, Draft, Left, Sources};

/// A place that differs.
#[derive(Debug, Default)]
struct Hunk {
    file: String,
    /// The number of its first line, from 1.
    line: usize,
    /// Lines behind their sign.
    lines: Vec<(u8, Vec<u8>)>,
}

/// How a text is cut into what differences are of.
#[derive(Clone, Copy)]
enum Cut {
    /// Lines without their ends; behind the last end is one more, which is empty. rustfmt compares so.
    Split,
    /// Lines with their ends.
    Inclusive,
}

/// The changes of what `rustfmt --check` printed.
pub(crate) fn by_rustfmt(
    draft: &mut Draft,
    sources: &Sources,
    (stage, root): (&str, &str),
    text: &[u8],
) -> Vec<Change> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for line in text.split(|byte| *byte == b'\n') {
        let line = uncoloured(line);
        if let Some((file, line)) = rustfmt_head(line) {
            hunks.push(Hunk { file, line, lines: Vec::new() });
        } else if let (Some(hunk), Some((sign, rest))) = (hunks.last_mut(), line.split_first()) {
            hunk.lines.push((*sign, rest.strip_suffix(b"\r").unwrap_or(rest).to_vec()));
        }
    }
    changes(draft, sources, (stage, root), &hunks, Cut::Split)
}

/// A line without the colours before its sign: rustfmt paints lines whoever reads them. What is behind the sign is of the
/// file, and stays.
fn uncoloured(mut line: &[u8]) -> &[u8] {
    loop {
        line = match line {
            [b'\x1b', b'[', rest @ ..] => {
                let Some(end) = rest.iter().position(|byte| *byte == b'm') else { return line };
                &rest[end + 1..]
            }
            [b'\x1b', b'(', _, rest @ ..] | [b'\x0f', rest @ ..] => rest,
            _ => return line,
        };
    }
}

fn rustfmt_head(line: &[u8]) -> Option<(String, usize)> {
    let place = std::str::from_utf8(line).ok()?.strip_prefix("Diff in ")?;
    let place = place.trim_end().strip_suffix(':')?;
    let (file, number) = place.rsplit_once(" at line ").or_else(|| place.rsplit_once(':'))?;
    Some((file.to_owned(), number.parse().ok()?))
}

/// The changes of what `diff -u` printed of several files, each behind `=== FILE`.
pub(crate) fn by_diffs(
    draft: &mut Draft,
    sources: &Sources,
    (stage, root): (&str, &str),
    text: &[u8],
) -> Vec<Change> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut file = String::new();
    for line in lines(text) {
        let left = hunks.last().is_some_and(|it| !it.lines.is_empty());
        if let Some(name) = line.strip_prefix(b"=== ") {
            file = String::from_utf8_lossy(name.trim_ascii_end()).into_owned();
        } else if let Some(at) = line.strip_prefix(b"@@ -") {
            let at = String::from_utf8_lossy(at);
            let (first, count) = at
                .split([' ', '+'])
                .next()
                .unwrap_or_default()
                .split_once(',')
                .unwrap_or((&at, "1"));
            let number = first.chars().take_while(char::is_ascii_digit).collect::<String>();
            let line = number.parse().unwrap_or(0) + usize::from(count == "0");
            hunks.push(Hunk { file: file.clone(), line, lines: Vec::new() });
        } else if line.starts_with(b"\\") && left {
            if let Some((_, text)) = hunks.last_mut().and_then(|it| it.lines.last_mut()) {
                text.pop();
            }
        } else if let (Some(hunk), Some((sign, rest))) = (hunks.last_mut(), line.split_first()) {
            // Some editors cut the blank of an empty line.
            let is_cut = *sign == b'\n';
            let sign = if is_cut { b' ' } else { *sign };
            hunk.lines.push((sign, if is_cut { line.to_vec() } else { rest.to_vec() }));
        }
    }
    changes(draft, sources, (stage, root), &hunks, Cut::Inclusive)
}

/// A change for each place of the files, since each is right without the others.
fn changes(
    draft: &mut Draft,
    sources: &Sources,
    (stage, root): (&str, &str),
    hunks: &[Hunk],
    cut: Cut,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for of_file in hunks.chunk_by(|one, two| one.file == two.file) {
        let name = &of_file[0].file;
        let made = match draft.original(sources, root, name) {
            Ok((file, old)) => match formatted(old, of_file, cut) {
                Some(new) => Ok(edits_between(&file, old, &new)),
                None => Err("the difference that is recorded is not of this file".to_owned()),
            },
            Err(unfit) => Err(unfit.to_string()),
        };
        match made {
            Ok(edits) => changes.extend(edits.into_iter().map(|edit| Change {
                what: format!("the format of {}", edit.file),
                edits: vec![edit],
            })),
            Err(why) => draft.left.push(Left {
                stage: stage.to_owned(),
                what: format!("the format of {name}"),
                why,
            }),
        }
    }
    changes
}

/// The text as the differences say that it should be; nothing where one of them is of another text.
fn formatted(old: &[u8], hunks: &[Hunk], cut: Cut) -> Option<Vec<u8>> {
    // rustfmt compares texts without the first half of such an end, and keeps to the kind that the file has.
    let has_returns = old.windows(2).any(|it| it == b"\r\n");
    let is_plain = !has_returns || matches!(cut, Cut::Inclusive);
    let text = if is_plain { old.to_vec() } else { without_returns(old) };
    let units: Vec<&[u8]> = match cut {
        Cut::Split => text.split(|byte| *byte == b'\n').collect(),
        Cut::Inclusive => lines(&text),
    };
    let mut made: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    for hunk in hunks {
        let first = hunk.line.checked_sub(1)?;
        made.extend(units.get(at..first)?);
        at = first;
        for (sign, line) in &hunk.lines {
            let is_old = matches!(sign, b' ' | b'-');
            if is_old && units.get(at) != Some(&line.as_slice()) {
                return None;
            }
            at += usize::from(is_old);
            if matches!(sign, b' ' | b'+') {
                made.push(line);
            }
        }
    }
    made.extend(units.get(at..)?);
    let new = match cut {
        Cut::Split => made.join(&b'\n'),
        Cut::Inclusive => made.concat(),
    };
    Some(if is_plain { new } else { with_returns(&new) })
}

fn without_returns(text: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = text
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .collect();
    lines.join(&b'\n')
}

fn with_returns(text: &[u8]) -> Vec<u8> {
    text.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::StageChanges;
    use std::fs;

    type Reader = fn(&mut Draft, &Sources, (&str, &str), &[u8]) -> Vec<Change>;

    /// What a file holds after the differences that are recorded; nothing where they are of another file.
    fn after(old: &str, by: Reader, text: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.rs"), old).unwrap();
        let sources = Sources::of_folder(folder.path()).unwrap();
        let mut draft = Draft::default();
        let changes = by(&mut draft, &sources, ("fmt", "/w"), text.as_bytes());
        let title = String::new();
        draft.add(StageChanges { stage: "fmt".to_owned(), title, is_format: true, changes });
        assert!(draft.left.is_empty() || draft.stages.is_empty());
        let layers = draft.layers();
        let (_, files) = layers.first()?;
        String::from_utf8(files[0].after.clone()).ok()
    }

    #[test]
    fn rustfmts_differences_are_read_with_its_colours() {
        let text = "Diff in /w/a.rs:2:\n b\n\x1b[31m-c\n\x1b(B\x1b[m\x1b[32m+\x1b[31mC\n\x1b(B\x1b[m\x1b[32m+D\n\x1b(B\x1b[m e\n";
        assert_eq!(after("a\nb\nc\ne\n", by_rustfmt, text).unwrap(), "a\nb\n\x1b[31mC\nD\ne\n");
        assert_eq!(
            after("a\r\nb\r\nc\r\ne\r\n", by_rustfmt, text).unwrap(),
            "a\r\nb\r\n\x1b[31mC\r\nD\r\ne\r\n"
        );
        assert_eq!(after("a\nb\nother\ne\n", by_rustfmt, text), None);
        assert_eq!(after("a\n", by_rustfmt, text), None);
    }

    #[test]
    fn the_end_of_a_file_is_a_line_to_rustfmt() {
        let text = "Diff in /w/a.rs:1:\n-a\n+A\n+\n";
        assert_eq!(after("a", by_rustfmt, text).unwrap(), "A\n");
        let text = "Diff in /w/a.rs:1:\n a\n-\n-\n";
        assert_eq!(after("a\n\n\n", by_rustfmt, text).unwrap(), "a\n");
    }

    #[test]
    fn differences_as_diff_prints_them_are_read_to_the_end_of_the_file() {
        let text = "=== ./a.rs\n@@ -2,2 +2,3 @@\n b\n-c\n\\ No newline at end of file\n+C\n+d\n";
        assert_eq!(after("a\nb\nc", by_diffs, text).unwrap(), "a\nb\nC\nd\n");
        assert_eq!(after("a\nb\nc\n", by_diffs, text), None);
        let text = "=== ./a.rs\n@@ -0,0 +1 @@\n+a\n";
        assert_eq!(after("", by_diffs, text).unwrap(), "a\n");
    }
}
