use blocks_evidence::{UnformattedFile, read_rustfmt_diff};
use proptest::prelude::*;
use std::fmt::Write as _;

fn read(text: &str) -> Vec<UnformattedFile> {
    read_rustfmt_diff(text.as_bytes()).unwrap()
}

fn file(file: &str, lines: &[u32]) -> UnformattedFile {
    UnformattedFile { file: file.to_owned(), lines: lines.to_vec() }
}

#[test]
fn a_coloured_difference_is_read() {
    let text = include_str!("../samples/fmt.diff");
    assert!(text.contains('\u{1b}'));
    assert_eq!(read(text), [file("/workspace/a/src/lib.rs", &[19])]);
}

#[test]
fn places_of_one_file_come_together() {
    let text = "Diff in /a b:c.rs:1:\n-x\n+y\nDiff in /a b:c.rs:9:\n-x\n\nDiff in /d.rs at line 3:\n z\n-y\nDiff in /a b:c.rs:8:\n x\n+y\n";
    assert_eq!(read(text), [file("/a b:c.rs", &[1, 9]), file("/d.rs", &[4])]);
}

#[test]
fn other_line_ends_are_a_difference_without_a_line() {
    assert_eq!(read("Incorrect newline style in /a.rs\n"), [file("/a.rs", &[])]);
}

#[test]
fn no_text_is_no_difference() {
    assert_eq!(read(""), []);
    assert_eq!(read("\n"), []);
}

#[test]
fn another_tools_text_is_malformed() {
    for text in [
        "garbage",
        " indented",
        "Diff in /a.rs:1:\n-x\ngarbage",
        "Diff in /a.rs:x:\n",
        "Diff in /a.rs:1:",
        "Diff in /a.rs:1:\n context\n",
        "Diff in /a.rs:1:\n context\nDiff in /a.rs:9:\n-x\n",
        "Incorrect newline style in /a.rs\n-x",
    ] {
        assert!(read_rustfmt_diff(text.as_bytes()).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn written_differences_are_read_back(places in prop::collection::btree_map("/[a-z /:.-]{0,9}[a-z]", prop::collection::btree_set(1..u32::MAX, 1..4), 0..5)) {
        let mut text = String::new();
        for (file, lines) in &places {
            for line in lines {
                writeln!(text, "Diff in {file}:{line}:\n context\n-old\n+new").unwrap();
            }
        }
        let expected: Vec<_> = places.into_iter().map(|(f, lines)| UnformattedFile { file: f, lines: lines.into_iter().map(|line| line + 1).collect() }).collect();
        prop_assert_eq!(read(&text), expected);
    }
}
