use blocks_evidence::{
    DocCounts, DocCoverage, EvidenceError, read_compiler_text, read_doc_coverage,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const SAMPLE: &str = include_str!("../samples/doc-coverage.jsonl");

fn read(text: &str) -> Result<DocCoverage, EvidenceError> {
    read_doc_coverage(text.as_bytes())
}

fn counts([items, documented, example_items, with_examples]: [u64; 4]) -> DocCounts {
    DocCounts { items, documented, example_items, with_examples }
}

#[test]
fn each_crate_has_files_with_counts() {
    let found = read(SAMPLE).unwrap();
    let files = [
        ("crates/shapes/src/area.rs", [4, 2, 3, 0]),
        ("crates/shapes/src/lib.rs", [5, 5, 4, 2]),
        ("crates/survey/src/lib.rs", [3, 3, 2, 1]),
    ];
    let files: BTreeMap<_, _> =
        files.into_iter().map(|(file, it)| (file.to_owned(), counts(it))).collect();
    assert_eq!(found, DocCoverage { crates: 2, files });
}

#[test]
fn a_file_of_two_crates_counts_for_both() {
    let line = r#"{"src/a.rs":{"total":2,"with_docs":1,"total_examples":1,"with_examples":1}}"#;
    let found = read(&format!("{line}\n\n{line}\n")).unwrap();
    assert_eq!(found.crates, 2);
    assert_eq!(found.files["src/a.rs"], counts([4, 2, 2, 2]));
}

#[test]
fn no_text_is_no_crate() {
    assert_eq!(read("").unwrap(), DocCoverage::default());
    assert_eq!(read("{}\n").unwrap(), DocCoverage { crates: 1, ..DocCoverage::default() });
}

#[test]
fn what_is_not_whole_or_cannot_be_is_refused_with_its_line() {
    let cut = &SAMPLE.trim_end()[..SAMPLE.trim_end().len() - 1];
    for (text, place) in [
        (cut, "line 2"),
        ("garbage", "line 1"),
        (r#"{"a.rs":{"total":1,"with_docs":2,"total_examples":0,"with_examples":0}}"#, "line 1"),
        (r#"{"a.rs":{"total":1,"with_docs":1,"total_examples":0,"with_examples":1}}"#, "line 1"),
        (r#"{"a.rs":{"total":-1,"with_docs":0,"total_examples":0,"with_examples":0}}"#, "line 1"),
        (r#"{"a.rs":{"total":1,"with_docs":1,"total_examples":0}}"#, "line 1"),
        ("{}\n{}{}\n", "line 2"),
        (r#"{"reason":"build-finished","success":true}"#, "line 1"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(place), "{text}: {error}");
    }
    assert!(read_doc_coverage(b"{}\n\xff").is_err());
}

#[test]
fn cargo_announces_the_packages_and_where_they_are() {
    let text = concat!(
        " Documenting a v0.1.0 (/work (old)/a)\n",
        " Documenting a v0.1.0 (/work (old)/a)\n",
        "\u{1b}[1m\u{1b}[32m Documenting\u{1b}[0m b v2.0.0-rc.1\n",
        "note: Documenting nothing (here)\n",
    );
    let text = read_compiler_text(text.as_bytes()).unwrap();
    let found: Vec<_> =
        text.documented.iter().map(|it| (it.name.as_str(), it.folder.as_str())).collect();
    assert_eq!(found, [("a", "/work (old)/a"), ("b", "")]);
    assert!(!text.has_pages);
    let sample = include_bytes!("../samples/doc-coverage.stderr");
    assert_eq!(read_compiler_text(sample).unwrap().documented.len(), 2);
    let pages = b"   Generated /workspace/target/doc/a/index.html and 1 other file\n";
    assert!(read_compiler_text(pages).unwrap().has_pages);
}

proptest! {
    #[test]
    fn written_counts_are_read_back(
        files in prop::collection::btree_map("[a-z/\"\\\\]{1,9}", (0_u64..9, 0_u64..9, 0_u64..9, 0_u64..9), 0..6)
    ) {
        let given: BTreeMap<String, DocCounts> = files
            .into_iter()
            .map(|(file, (a, b, c, d))| (file, counts([a + b, b, c + d, d])))
            .collect();
        let json = |it: &DocCounts| {
            serde_json::json!({
                "total": it.items,
                "with_docs": it.documented,
                "total_examples": it.example_items,
                "with_examples": it.with_examples,
            })
        };
        let line: serde_json::Map<_, _> =
            given.iter().map(|(file, it)| (file.clone(), json(it))).collect();
        let found = read(&serde_json::Value::from(line).to_string()).unwrap();
        prop_assert_eq!(found, DocCoverage { crates: 1, files: given });
    }
}
