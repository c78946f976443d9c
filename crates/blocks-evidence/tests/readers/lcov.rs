use blocks_evidence::{FileCounts, read_lcov};

/// What `cargo llvm-cov --lcov` left.
const SAMPLE: &str = include_str!("../samples/lcov.info");

/// The same of a crate with a generic function, whose lines its totals have once for each form.
const GENERIC: &str = include_str!("../samples/lcov-generic.info");

/// A record of two lines, one of which ran.
const RECORD: &str = "TN:\nSF:a.rs\nDA:3,0\nDA:4,2\nLF:2\nLH:1\nend_of_record\n";

fn reason(text: &str) -> String {
    read_lcov(text.as_bytes()).unwrap_err().to_string()
}

fn file(file: &str, lines: &[(u32, u64)]) -> FileCounts {
    FileCounts { file: file.into(), lines: lines.into() }
}

#[test]
fn lines_have_the_counts_that_the_file_says() {
    let counts = read_lcov(SAMPLE.as_bytes()).unwrap();
    assert_eq!(counts.files, [file("/workspace/dc/src/lib.rs", &[(7, 1), (14, 1)])]);
}

#[test]
fn totals_that_count_lines_more_than_once_are_taken() {
    let counts = read_lcov(GENERIC.as_bytes()).unwrap();
    let lines = counts.coverage().lines();
    assert_eq!((lines.covered, lines.count), (11, 14));
    assert!(GENERIC.contains("LF:15\nLH:10\n"));
}

#[test]
fn what_other_programs_write_is_read() {
    // Checksums, comments, ends of functions, branches of expressions, other ends of lines, no totals.
    let text = "# lcov 2\nTN:name\nSF:b.rs\nVER:1\nFN:1,9,f,g\nFNDA:3,f,g\nFNL:0,1,9\nFNA:0,3,f\n\
        BRDA:4,0,a > b,-\nBRDA:4,e0,1,7\nMCDC:1,2,t,3,0,'a'\nMCF:1\nMCH:0\nDA:4,18446744073709551615,abc==\n\n\
        end_of_record\r\nSF:a.rs\nDA:2,1\nDA:1,0\nLF:2\nLH:1\nend_of_record\n";
    let counts = read_lcov(text.as_bytes()).unwrap();
    assert_eq!(counts.files, [file("a.rs", &[(1, 0), (2, 1)]), file("b.rs", &[(4, u64::MAX)])]);
}

#[test]
fn what_a_line_counts_more_than_once_is_added_up() {
    let again = RECORD.replace("DA:3,0", "DA:3,5\nDA:3,1").replace("LH:1", "LH:2");
    let counts = read_lcov(format!("{RECORD}{again}").as_bytes()).unwrap();
    assert_eq!(counts.files, [file("a.rs", &[(3, 6), (4, 4)])]);
}

#[test]
fn a_record_that_does_not_end_is_malformed() {
    let cut = RECORD.replace("end_of_record\n", "");
    insta::assert_snapshot!(reason(&cut), @"not a whole lcov file: line 6: the last record does not end");
    insta::assert_snapshot!(reason(&format!("{cut}{RECORD}")), @"not a whole lcov file: line 7: the record before it does not end");
    insta::assert_snapshot!(reason(""), @"not a whole lcov file: end: there is no record");
    insta::assert_snapshot!(reason("DA:1,1\n"), @"not a whole lcov file: line 1: it belongs to no record");
    insta::assert_snapshot!(reason("SF:\n"), @"not a whole lcov file: line 1: a record of no file");
}

#[test]
fn numbers_that_are_none_are_malformed() {
    for wrong in [
        "DA:3",
        "DA:,0",
        "DA:0,0",
        "DA:+3,0",
        "DA:3,-1",
        "DA:4294967296,1",
        "DA:3,18446744073709551616",
    ] {
        let said = reason(&RECORD.replace("DA:3,0", wrong));
        assert_eq!(said, "not a whole lcov file: line 3: DA is no number of a line and its count");
    }
    for wrong in ["FN:a,f", "FNDA:,f", "BRF:", "LF:x"] {
        let said = reason(&RECORD.replace("LF:2", wrong));
        assert_eq!(said, "not a whole lcov file: line 5: it is no number");
    }
    for wrong in ["BRDA:1,0,-", "BRDA:a,0,0,1", "BRDA:1,0,0,x", "BRDA:1"] {
        let said = reason(&RECORD.replace("LF:2", wrong));
        assert_eq!(said, "not a whole lcov file: line 5: BRDA is no branch");
    }
    for wrong in ["XX:1", "x"] {
        let said = reason(&RECORD.replace("LF:2", wrong));
        assert_eq!(said, "not a whole lcov file: line 5: it is of no known kind");
    }
}

#[test]
fn totals_that_no_lines_have_are_malformed() {
    insta::assert_snapshot!(reason(&RECORD.replace("LH:1", "LH:3")), @"not a whole lcov file: line 7: LH is more than LF");
    insta::assert_snapshot!(reason(&RECORD.replace("LH:1", "LH:1\nLH:1")), @"not a whole lcov file: line 7: the record has it already");
    insta::assert_snapshot!(reason(&RECORD.replace("LF:2", "LF:2\nLF:2")), @"not a whole lcov file: line 6: the record has it already");
}

#[test]
fn bytes_that_are_no_text_are_malformed() {
    let error = read_lcov(b"SF:\xff\n").unwrap_err().to_string();
    insta::assert_snapshot!(error, @"not a whole lcov file: text: invalid utf-8 sequence of 1 bytes from index 3");
}
