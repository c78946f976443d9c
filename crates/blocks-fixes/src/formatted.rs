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
        if let Some((file, line)) = rustfmt_head(line) {
            hunks.push(Hunk { file, line, lines: Vec::new() });
        } else if let (Some(hunk), Some((sign, rest))) = (hunks.last_mut(), line.split_first()) {
            hunk.lines.push((*sign, rest.strip_suffix(b"\r").unwrap_or(rest).to_vec()));
        }
    }
    changes(draft, sources, (stage, root), &hunks, Cut::Split)
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
