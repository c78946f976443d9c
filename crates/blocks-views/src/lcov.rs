use blocks_evidence::{FileCounts, LineCounts, printable_line};
use std::fmt::Write as _;

/// Which lines ran how often, as LCOV: what editors and services that show coverage read.
///
/// ```text
/// TN:                 no name of a test
/// SF:src/lib.rs       a file; control characters in its name are shown, so that it stays on its line
/// DA:3,12             a line of code, and how often it ran
/// LF:1                how many lines there are
/// LH:1                how many of them ran
/// end_of_record
/// ```
///
/// Files are in the order of their names, and lines in that of their numbers.
pub fn lcov(counts: &LineCounts) -> String {
    let lines: usize = counts.files.iter().map(|file| file.lines.len()).sum();
    let mut out = String::with_capacity(lines * 12);
    counts.files.iter().for_each(|file| push_file(&mut out, file));
    out
}

fn push_file(out: &mut String, file: &FileCounts) {
    let _ = writeln!(out, "TN:\nSF:{}", printable_line(&file.file));
    for (line, count) in &file.lines {
        let _ = writeln!(out, "DA:{line},{count}");
    }
    let hit = file.lines.iter().filter(|(_, count)| *count > 0).count();
    let _ = writeln!(out, "LF:{}\nLH:{hit}\nend_of_record", file.lines.len());
}
