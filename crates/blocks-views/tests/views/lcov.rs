use blocks_evidence::{FileCounts, LineCounts, read_lcov, read_llvm_cov, read_llvm_cov_counts};
use blocks_views::lcov;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use std::fmt::Write as _;

fn counts(files: &[(&str, &[(u32, u64)])]) -> LineCounts {
    let of = |(file, lines): &(&str, &[(u32, u64)])| FileCounts {
        file: (*file).to_owned(),
        lines: lines.to_vec(),
    };
    files.iter().map(of).collect()
}

#[test]
fn each_file_is_a_record() {
    let shown = lcov(&counts(&[("b.rs", &[(3, 0), (9, 12)]), ("a.rs", &[])]));
    insta::assert_snapshot!(shown, @r"
    TN:
    SF:a.rs
    LF:0
    LH:0
    end_of_record
    TN:
    SF:b.rs
    DA:3,0
    DA:9,12
    LF:2
    LH:1
    end_of_record
    ");
}

#[test]
fn a_name_cannot_leave_its_line() {
    let shown = lcov(&counts(&[("a\nend_of_record\rDA:1,1", &[(1, 0)])]));
    let back = read_lcov(shown.as_bytes()).expect("whole");
    assert_eq!(back.files[0].file, "a\\nend_of_record\\u{d}DA:1,1");
    assert_eq!(back.files[0].lines, [(1, 0)]);
}

/// A file and its regions: how many lines there are before each, how many it has, and its count.
type Ran = (String, Vec<(u32, u32, u64)>);

/// An export of llvm-cov of these regions.
fn export(files: &[Ran]) -> String {
    let mut text = String::new();
    for (name, regions) in files {
        let mut segments = Vec::new();
        let mut line = 1;
        for (before, lines, count) in regions {
            segments.push(format!("[{},1,{count},true,true,false]", line + before));
            line += before + lines;
            segments.push(format!("[{line},9,0,false,false,false]"));
        }
        let comma = if text.is_empty() { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"filename":"{name}","segments":[{}],"summary":{{"lines":{{"count":0,"covered":0}}}}}}"#,
            segments.join(",")
        );
    }
    format!(
        r#"{{"data":[{{"files":[{text}],"totals":{{"lines":{{"count":0,"covered":0}}}}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}}"#
    )
}

proptest! {
    #[test]
    fn what_is_written_says_the_same_as_the_export(
        files in btree_map("[a-z/]{1,8}[.]rs", vec((0_u32..4, 0_u32..6, 0_u64..4), 0..9), 1..4),
    ) {
        let text = export(&files.into_iter().collect::<Vec<_>>());
        let counts = read_llvm_cov_counts(text.as_bytes()).expect("an export");
        let back = read_lcov(lcov(&counts).as_bytes()).expect("whole");
        prop_assert_eq!(&back, &counts);
        prop_assert_eq!(back.coverage(), read_llvm_cov(text.as_bytes()).expect("an export"));
    }
}
