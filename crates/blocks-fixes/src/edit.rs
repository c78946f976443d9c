//! Changes of files, in the places of the files as they were recorded.
//!
//! All places are those of the original file, whoever finds them: so what several tools want can be put together without
//! an order in which their places would move.

use std::ops::Range;

/// Bytes of a file in the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file, relative to the workspace's root.
    pub file: String,
    /// The bytes of the original file that it replaces.
    pub range: Range<usize>,
    /// What is there after it.
    pub text: Vec<u8>,
}

/// Edits that belong together: all of them are made, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it does, in a line.
    pub what: String,
    /// The edits, of one file or of several.
    pub edits: Vec<Edit>,
}

impl Edit {
    /// Whether both cannot be made: they want different texts at one place.
    pub(crate) fn conflicts_with(&self, other: &Self) -> bool {
        let (one, two) = (&self.range, &other.range);
        let is_same_place = one == two;
        let overlaps = one.start < two.end && two.start < one.end;
        self.file == other.file && self != other && (is_same_place || overlaps)
    }
}

impl Change {
    /// The files that it touches, each once.
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<_> = self.edits.iter().map(|edit| edit.file.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

/// The original with edits that do not conflict. The same edit twice is made once.
pub(crate) fn apply<'a>(original: &[u8], edits: impl Iterator<Item = &'a Edit>) -> Vec<u8> {
    let mut edits: Vec<_> = edits.collect();
    // What is put in at a place stands before what replaces the bytes there.
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits.dedup();
    let mut made = Vec::with_capacity(original.len());
    let mut at = 0;
    for edit in edits {
        made.extend_from_slice(original.get(at..edit.range.start).unwrap_or_default());
        made.extend_from_slice(&edit.text);
        at = edit.range.end;
    }
    made.extend_from_slice(original.get(at..).unwrap_or_default());
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, text: &str) -> Edit {
        Edit { file: "a".to_owned(), range, text: text.into() }
    }

    #[test]
    fn edits_are_made_in_the_places_of_the_original() {
        let edits = [edit(4..5, "!"), edit(0..0, "> "), edit(1..3, ""), edit(4..5, "!")];
        assert_eq!(apply(b"abcde", edits.iter()), b"> ad!");
    }

    #[test]
    fn what_touches_is_no_conflict_and_what_overlaps_is_one() {
        assert!(!edit(0..2, "x").conflicts_with(&edit(2..3, "y")));
        assert!(!edit(2..2, "x").conflicts_with(&edit(2..3, "y")));
        assert!(!edit(0..2, "x").conflicts_with(&edit(0..2, "x")));
        assert!(edit(0..2, "x").conflicts_with(&edit(0..2, "y")));
        assert!(edit(1..1, "x").conflicts_with(&edit(1..1, "y")));
        assert!(edit(0..3, "x").conflicts_with(&edit(1..1, "y")));
        assert!(edit(0..3, "x").conflicts_with(&edit(2..4, "y")));
    }
}
