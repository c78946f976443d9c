//! Differences of files as `git apply` takes them.

use std::ops::Range;

use similar::{DiffOp, group_diff_ops};

use crate::lines::{lines, operations};

/// How many lines stand around what differs, as git has it.
const CONTEXT: usize = 3;

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file, relative to the workspace's root, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub before: Vec<u8>,
    /// What is in it after.
    pub after: Vec<u8>,
}

/// The patch that makes these changes, in their order: a file may come more than once, as it is after the one before.
///
/// Its bytes are those of the files, and may hold anything: for a terminal they are made harmless line by line.
pub fn patch(files: &[FileChange]) -> Vec<u8> {
    let mut text = Vec::new();
    for file in files {
        one(&mut text, file);
    }
    text
}

fn one(text: &mut Vec<u8>, file: &FileChange) {
    let (old, new) = (lines(&file.before), lines(&file.after));
    let groups = group_diff_ops(operations(&old, &new), CONTEXT);
    if groups.is_empty() {
        return;
    }
    let (before, after) = (name("a/", &file.path), name("b/", &file.path));
    let head = format!("diff --git {before} {after}\n--- {before}\n+++ {after}\n");
    text.extend_from_slice(head.as_bytes());
    for group in groups {
        hunk(text, &group, &old, &new);
    }
}

fn hunk(text: &mut Vec<u8>, group: &[DiffOp], old: &[&[u8]], new: &[&[u8]]) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let all_old = first.old_range().start..last.old_range().end;
    let all_new = first.new_range().start..last.new_range().end;
    let head = format!("@@ -{} +{} @@\n", place(&all_old), place(&all_new));
    text.extend_from_slice(head.as_bytes());
    for op in group {
        if matches!(op, DiffOp::Equal { .. }) {
            old[op.old_range()].iter().for_each(|it| line(text, b' ', it));
        } else {
            old[op.old_range()].iter().for_each(|it| line(text, b'-', it));
            new[op.new_range()].iter().for_each(|it| line(text, b'+', it));
        }
    }
}

/// The first line and how many there are; of none, the line before.
fn place(range: &Range<usize>) -> String {
    let first = if range.is_empty() { range.start } else { range.start + 1 };
    format!("{first},{}", range.len())
}

fn line(text: &mut Vec<u8>, sign: u8, line: &[u8]) {
    text.push(sign);
    text.extend_from_slice(line);
    if !line.ends_with(b"\n") {
        text.extend_from_slice(b"\n\\ No newline at end of file\n");
    }
}

/// A name as git reads it. One with anything but plain letters stands in quotes, its other bytes as octal numbers: so no
/// name ends a line or says more than itself.
fn name(prefix: &str, path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+@".contains(&byte);
    if path.bytes().all(is_plain) {
        return format!("{prefix}{path}");
    }
    let quoted = path.bytes().map(|byte| match byte {
        byte if is_plain(byte) || byte == b' ' => char::from(byte).to_string(),
        byte => format!("\\{byte:03o}"),
    });
    format!("\"{prefix}{}\"", quoted.collect::<String>())
}
