//! What differs between two texts, line by line.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};

use crate::Edit;

/// The most comparisons that finding the shortest difference may take. Beyond, all between the first and the last line
/// that differ is one difference: a patch need not be the shortest.
const MOST: usize = 400_000_000;

/// The lines of a text, each with its end.
pub(crate) fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// How to come from the old lines to the new ones. The same lines give the same way: it takes no time limit.
pub(crate) fn operations(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    let same = |(one, two): &(&&[u8], &&[u8])| one == two;
    let head = old.iter().zip(new).take_while(same).count();
    let rest = (&old[head..], &new[head..]);
    let tail = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(same).count();
    let (old_len, new_len) = (rest.0.len() - tail, rest.1.len() - tail);
    if old_len.saturating_mul(new_len) <= MOST {
        // Not `capture_diff_slices`, which moves differences to where they read better, and loses lines where many are alike.
        let mut found = Replace::new(Capture::new());
        let Ok(()) = myers::diff(&mut found, old, 0..old.len(), new, 0..new.len());
        return found.into_inner().into_ops();
    }
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    let replaced = DiffOp::Replace { old_index: head, old_len, new_index: head, new_len };
    let all = [equal(0, 0, head), replaced, equal(head + old_len, head + new_len, tail)];
    all.into_iter().filter(|op| !op.old_range().is_empty() || !op.new_range().is_empty()).collect()
}

/// The edits that make of one text another, whole lines each.
pub(crate) fn edits_between(file: &str, old: &[u8], new: &[u8]) -> Vec<Edit> {
    let (old, new) = (lines(old), lines(new));
    let bytes = |lines: &[&[u8]], range: Range<usize>| -> Range<usize> {
        let start = lines[..range.start].iter().map(|line| line.len()).sum();
        let len: usize = lines[range].iter().map(|line| line.len()).sum();
        start..start + len
    };
    let differs = |op: &DiffOp| !matches!(op, DiffOp::Equal { .. });
    let edit = |op: DiffOp| Edit {
        file: file.to_owned(),
        range: bytes(&old, op.old_range()),
        text: new[op.new_range()].concat(),
    };
    operations(&old, &new).into_iter().filter(differs).map(edit).collect()
}
