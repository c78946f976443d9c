//! Lines that no test runs, as a list that people can go through.

use crate::words::{range, runs};
use blocks_evidence::{DETAIL, FileCoverage};

/// What the line about those without room may take.
const REST: usize = 64;

/// A line a file, `not run: src/a.rs:3-5, 9`. Of those that a detail has no room for, it says how many they are.
pub(crate) fn not_run<'a>(files: impl IntoIterator<Item = &'a FileCoverage>) -> String {
    let mut text = String::new();
    let mut left = 0;
    for file in files {
        let mut begin = format!("not run: {}:", file.file);
        if !text.is_empty() {
            begin.insert(0, '\n');
        }
        for run in runs(&file.uncovered) {
            let range = range(run);
            if left > 0 || text.len() + begin.len() + range.len() + REST > DETAIL {
                left += run.len();
                continue;
            }
            text += &begin;
            text += &range;
            ", ".clone_into(&mut begin);
        }
    }
    match left {
        0 => text,
        1 => text + "\nand 1 line more",
        _ => format!("{text}\nand {left} lines more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(name: &str, uncovered: &[u32]) -> FileCoverage {
        FileCoverage { file: name.to_owned(), covered: vec![1], uncovered: uncovered.to_vec() }
    }

    #[test]
    fn each_file_has_a_line_and_runs_of_lines_are_drawn_together() {
        let files =
            [file("a.rs", &[4, 11, 13, 14, 15, u32::MAX]), file("b.rs", &[]), file("c.rs", &[2])];
        assert_eq!(not_run(&files), "not run: a.rs:4, 11, 13-15, 4294967295\nnot run: c.rs:2");
        assert_eq!(not_run(&[file("b.rs", &[])]), "");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let odd: Vec<u32> = (10_000..20_000).filter(|line| line % 2 == 1).collect();
        let text = not_run(&[file("a.rs", &odd), file("b.rs", &[7, 8])]);
        assert!(text.len() <= DETAIL, "{}", text.len());
        let (shown, rest) = text.rsplit_once('\n').unwrap();
        let shown = shown.matches(", ").count() + 1;
        assert_eq!(rest, format!("and {} lines more", odd.len() - shown + 2));
        let long = "x".repeat(DETAIL);
        assert_eq!(not_run(&[file(&long, &[3])]).trim(), "and 1 line more");
    }

    proptest! {
        #[test]
        fn no_list_is_longer_than_a_detail(
            files in prop::collection::vec(("[a-z]{1,900}", prop::collection::btree_set(0_u32..9_000, 0..900)), 0..9),
        ) {
            let files: Vec<_> = files.iter().map(|(name, lines)| file(name, &lines.iter().copied().collect::<Vec<_>>())).collect();
            prop_assert!(not_run(&files).len() <= DETAIL);
        }
    }
}
