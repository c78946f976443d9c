//! What nixfmt says of files, by either of the programs of this name.

use blocks_evidence::{FormatterError, FormatterReport, read_nixfmt_runs};
use proptest::prelude::*;

/// Of nixfmt-rs.
const SAMPLE: &str = include_str!("../samples/nixfmt.txt");

fn read(text: &str) -> FormatterReport {
    read_nixfmt_runs(text.as_bytes()).unwrap()
}

fn reason(text: &str) -> String {
    read_nixfmt_runs(text.as_bytes()).unwrap_err().to_string()
}

/// A run of a file that ended with 1.
fn run(said: &str) -> String {
    format!("=== 1 files\n=== a.nix ended with 1 in {} lines\n{said}", said.lines().count())
}

fn error(file: &str, line: impl Into<Option<u32>>, message: &str) -> FormatterError {
    let (message, file) = (message.to_owned(), Some(file.to_owned()));
    FormatterError { message, file, line: line.into() }
}

#[test]
fn files_are_counted_and_what_is_no_nix_has_its_place() {
    let end = "expected one of identifier, number, string, set, list, path, found 'end of file'";
    let report = read(SAMPLE);
    assert_eq!(report.files, 7);
    assert!(report.failures.is_empty(), "{report:?}");
    let expected = [
        error("empty.nix", 1, end),
        error("latin.nix", None, "stream did not contain valid UTF-8"),
        error("nix/bad.nix", 2, "expected ';', found '='"),
        error("open.nix", 2, "unclosed string literal (missing closing '\"')"),
    ];
    assert_eq!(report.errors, expected);
    assert_eq!(read("=== 0 files\n").files, 0);
}

#[test]
fn the_other_program_of_this_name_is_understood() {
    let said = "is.nix:12:7:\n   |\n12 |   a = 1\n   |       ^\nunexpected '='\nexpecting ';'\n\n";
    assert_eq!(read(&run(said)).errors, [error("a.nix", 12, "unexpected '=', expecting ';'")]);
    let coloured = format!("\u{1b}[33m{}\u{1b}[39m\n", "is.nix:1:1:");
    assert_eq!(read(&run(&coloured)).errors, [error("a.nix", 1, "no Nix")]);
    let bytes = "nixfmt: is.nix: hGetContents: invalid argument (cannot decode byte sequence starting from 255)\n";
    let errors = read(&run(bytes)).errors;
    assert_eq!((errors.len(), errors[0].line), (1, None), "{errors:?}");
}

#[test]
fn what_the_tool_could_not_do_is_no_error_of_a_file() {
    let of = |said: &str| {
        let report = read(&run(said));
        assert!(report.errors.is_empty(), "{report:?}");
        report.failures
    };
    let full = "is.nix: No space left on device (os error 28)\n";
    assert_eq!(of(full), ["a.nix: No space left on device (os error 28)"]);
    assert_eq!(of(""), ["a.nix: nothing is said"]);
    // It is no place that is shown.
    assert_eq!(of("time: 12:7\n"), ["a.nix: time: 12:7"]);
}

#[test]
fn what_a_file_is_called_or_holds_is_no_other_run() {
    let name = "=== 1 files\n=== a ended with 1 in 3 lines ended with 0 in 0 lines\n";
    assert_eq!((read(name).files, read(name).errors.len()), (1, 0));
    let said = "=== b.nix ended with 0 in 0 lines\n";
    assert_eq!(read(&run(said)).files, 1);
}

#[test]
fn what_is_cut_or_no_run_is_refused() {
    let of = |runs: &str| reason(&format!("=== 1 files\n{runs}"));
    assert!(of("garbage\n").contains("line 2: no run of the tool"));
    assert!(of("=== a.nix ended with 1\n").contains("line 2: no run of the tool"));
    assert!(of("=== a.nix ended with 101 in 0 lines\n").contains("line 2: a status"));
    assert!(of("=== a.nix ended with 1 in 2 lines\nx\n").contains("is cut"));
    assert!(of("").contains("0 of 1 files are there"));
    assert!(reason("=== a.nix ended with 0 in 0 lines\n").contains("line 1: no number of files"));
    assert!(reason("").contains("the last line does not end"));
    assert!(reason(SAMPLE.trim_end()).contains("the last line does not end"));
}

proptest! {
    #[test]
    fn no_runs_make_the_reader_panic(
        text in "=== [0-9] files\n(=== a ended with [0-2] in [0-9]{1,20} lines\n|is.nix:[0-9]{1,12}:1:\n| ┌─ a:[0-9]:1\n|: \n){0,12}",
    ) {
        let _ = read_nixfmt_runs(text.as_bytes());
    }
}
