use blocks_evidence::{Lines, read_llvm_cov, read_llvm_cov_counts};

const COVERAGE: &str = include_str!("../samples/coverage.json");

fn reason(text: &str) -> String {
    read_llvm_cov(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn lines_are_those_that_llvm_cov_shows() {
    let coverage = read_llvm_cov(COVERAGE.as_bytes()).unwrap();
    assert_eq!(coverage.lines(), Lines { covered: 13, count: 19 });
    let [file] = coverage.files.as_slice() else { panic!("one file") };
    assert_eq!(file.file, "/workspace/b/src/lib.rs");
    assert_eq!(file.lines(), coverage.lines());
    assert_eq!(file.covered, [2, 3, 5, 6, 7, 8, 9, 15, 19, 20, 21, 22, 25]);
    // `cargo llvm-cov report --show-missing-lines` printed these for the same run.
    assert_eq!(file.uncovered, [4, 11, 13, 23, 28, 30]);
}

#[test]
fn counts_are_those_of_the_same_lines() {
    let counts = read_llvm_cov_counts(COVERAGE.as_bytes()).unwrap();
    assert_eq!(counts.coverage(), read_llvm_cov(COVERAGE.as_bytes()).unwrap());
    assert_eq!(counts.files[0].lines[..4], [(2, 2), (3, 2), (4, 0), (5, 2)]);
    let cut = COVERAGE.replace("\"covered\":13", "\"covered\":12");
    assert_eq!(read_llvm_cov_counts(cut.as_bytes()).err(), read_llvm_cov(cut.as_bytes()).err());
}

#[test]
fn sums_that_do_not_add_up_are_malformed() {
    let (files, totals) = COVERAGE.split_at(COVERAGE.find("\"totals\"").unwrap());
    let changed = format!(
        "{files}{}",
        totals.replace("\"count\":19,\"covered\":13", "\"count\":19,\"covered\":19")
    );
    insta::assert_snapshot!(reason(&changed), @"not a whole llvm-cov file: totals: says 19 of 19 lines, the files have 13 of 19");
    let more = COVERAGE.replace("\"count\":19,\"covered\":13", "\"count\":19,\"covered\":20");
    insta::assert_snapshot!(reason(&more), @r#"not a whole llvm-cov file: file "/workspace/b/src/lib.rs": more lines are covered than there are"#);
}

#[test]
fn sums_that_are_too_large_are_malformed() {
    let file = r#"{"filename":"a","segments":[],"summary":{"lines":{"count":18446744073709551615,"covered":1}}}"#;
    let text = format!(
        r#"{{"data":[{{"files":[{file},{file}],"totals":{{"lines":{{"count":0,"covered":0}}}}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}}"#
    );
    insta::assert_snapshot!(reason(&text), @r#"not a whole llvm-cov file: file "a": too many lines"#);
}

#[test]
fn another_type_or_version_is_malformed() {
    insta::assert_snapshot!(reason(&COVERAGE.replace("llvm.coverage", "other.coverage")), @r#"not a whole llvm-cov file: type: "other.coverage.json.export" is not "llvm.coverage.json.export""#);
    insta::assert_snapshot!(reason(&COVERAGE.replace("3.1.0", "4.0.0")), @r#"not a whole llvm-cov file: version: "4.0.0" is none of the known versions 2.x and 3.x"#);
    insta::assert_snapshot!(reason(r#"{"data":[],"type":"llvm.coverage.json.export","version":"2.0.1"}"#), @"not a whole llvm-cov file: data: 0 exports, not one");
}

#[test]
fn more_lines_than_any_workspace_has_are_malformed() {
    let segments = "[1,1,0,true,true,false],[15000000,1,0,false,false,false]";
    let file = format!(
        r#"{{"filename":"a","segments":[{segments}],"summary":{{"lines":{{"count":0,"covered":0}}}}}}"#
    );
    let text = |files: &str| {
        format!(
            r#"{{"data":[{{"files":[{files}],"totals":{{"lines":{{"count":0,"covered":0}}}}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}}"#
        )
    };
    assert_eq!(read_llvm_cov(text(&file).as_bytes()).unwrap().lines().count, 15_000_000);
    insta::assert_snapshot!(reason(&text(&format!("{file},{file}"))), @r#"not a whole llvm-cov file: file "a": more than 20000000 lines in all"#);
}
