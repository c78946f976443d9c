//! What taplo says of TOML files, and where they differ from what it would write.

use blocks_evidence::{FormatterError, UnformattedFile, read_diffs, read_taplo_text};
use proptest::prelude::*;

const SAID: &str = include_str!("../samples/toml.stderr");
const DIFFS: &str = include_str!("../samples/toml.diffs");

const FOUND: &str =
    " INFO taplo:collect_files: found files total=3 excluded=1 files=[\"/w/a.toml\"] cwd=\"/w\"\n";

fn reason(text: &str) -> String {
    read_taplo_text(text.as_bytes()).unwrap_err().to_string()
}

fn no_diffs(text: &str) -> String {
    read_diffs(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn files_are_counted_and_what_is_no_toml_has_its_place() {
    let report = read_taplo_text(SAID.as_bytes()).unwrap();
    assert_eq!(report.files, 8);
    assert!(report.failures.is_empty(), "{report:?}");
    let at = |line, message: &str| FormatterError {
        message: format!("invalid TOML: {message}"),
        file: Some("bad.toml".to_owned()),
        line: Some(line),
    };
    let expected = [at(1, "unexpected token"), at(1, "expected value"), at(4, "expected new line")];
    assert_eq!(report.errors, expected);
    assert_eq!(read_taplo_text(FOUND.as_bytes()).unwrap().files, 2);
}

#[test]
fn what_the_tool_could_not_do_is_told() {
    let of = |line: &str| read_taplo_text(format!("{FOUND}{line}\n").as_bytes()).unwrap().failures;
    let warned =
        " WARN taplo:load_config: invalid configuration file error=TOML parse error at line 1";
    assert_eq!(of(warned), [warned.trim_start()]);
    assert_eq!(of("ERROR operation failed error=denied"), ["ERROR operation failed error=denied"]);
    let sum = "ERROR operation failed error=some files were not formatted due to syntax errors";
    assert!(of(sum).is_empty());
}

#[test]
fn words_without_a_number_of_files_are_refused() {
    assert!(reason("").contains("its end: the number of files is not there"));
    assert!(reason(" INFO x: found files total=1 excluded=2\n").contains("line 1: no number"));
    assert!(reason(" INFO x: found files total=1\n").contains("line 1: no number"));
}

#[test]
fn each_file_has_the_first_line_of_each_place_where_it_differs() {
    let of = |file: &str, lines: &[u32]| UnformattedFile {
        file: file.to_owned(),
        lines: lines.to_vec(),
    };
    let expected = [
        of("a/x.toml", &[2, 5, 8]),
        of("a/y [1].toml", &[2, 5, 8]),
        of("crlf.toml", &[1]),
        of("long.toml", &[5, 35]),
        of("noend.toml", &[1]),
    ];
    assert_eq!(read_diffs(DIFFS.as_bytes()).unwrap(), expected);
    assert!(read_diffs(b"").unwrap().is_empty());
    // Something is added to an empty file, and of another nobody could tell a difference.
    let text = "=== a\n@@ -0,0 +1 @@\n+\n=== b\n";
    let lines: Vec<_> =
        read_diffs(text.as_bytes()).unwrap().into_iter().map(|file| file.lines).collect();
    assert_eq!(lines, [vec![1], vec![]]);
}

#[test]
fn differences_that_are_cut_or_of_no_file_are_refused() {
    assert!(no_diffs("garbage\n").contains("line 1: no part of a difference"));
    assert!(no_diffs("@@ -1 +1 @@\n-a\n+b\n").contains("line 1: no part of a difference"));
    assert!(no_diffs("=== a\n-a\n").contains("line 2: no part of a difference"));
    assert!(no_diffs("=== a\n@@ -x +1 @@\n").contains("line 2: no part of a difference"));
    assert!(no_diffs("=== a\n@@ -1 +1 @@\n-a\n").contains("a difference is cut"));
    assert!(no_diffs("=== a\n@@ -1 +1 @@\n-a\n=== b\n").contains("line 4: a difference is cut"));
    assert!(
        no_diffs("=== a\n@@ -1 +1 @@\n-a\n+b\n+c\n").contains("line 5: no part of a difference")
    );
    assert!(no_diffs(DIFFS.trim_end()).contains("the last line does not end"));
}

proptest! {
    #[test]
    fn no_difference_makes_the_reader_panic(
        text in "(=== a\n|@@ -[0-9]{1,11}(,[0-9]{1,2})? \\+[0-9]{1,2}(,[0-9]{1,2})? @@\n|[-+ \\\\]x\n){0,12}",
    ) {
        let _ = read_diffs(text.as_bytes());
    }
}
