use blocks_evidence::{SourceFile, read_sources};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/sources.txt");

#[test]
fn each_file_is_there_as_it_was() {
    let found = read_sources(SAMPLE.as_bytes()).unwrap();
    let names: Vec<_> = found.iter().map(|it| it.file.as_str()).collect();
    let [shapes, survey, empty] = names.as_slice() else { panic!("three files: {names:?}") };
    assert_eq!(*shapes, "/workspace/crates/shapes/src/lib.rs");
    assert_eq!(*survey, "/workspace/crates/survey/src/lib.rs");
    assert_eq!(*empty, "/workspace/crates/survey/src/empty.rs");
    assert!(found[0].text.starts_with(b"//! Shapes.\n") && found[0].text.ends_with(b"}\n"));
    assert!(found[1].text.ends_with(b"=== /workspace/other.rs has none\npub fn total() {}"));
    assert_eq!(found[2].text, b"");
}

#[test]
fn where_no_line_was_counted_there_is_no_file() {
    assert_eq!(read_sources(b""), Ok(Vec::new()));
}

#[test]
fn bytes_that_are_no_text_are_kept() {
    let found = read_sources(b"=== a.rs has 3 bytes\n\xff\n\0\n").unwrap();
    assert_eq!(found, [SourceFile { file: "a.rs".to_owned(), text: b"\xff\n\0".to_vec() }]);
}

#[test]
fn what_is_not_whole_is_refused_with_its_place() {
    for (text, why) in [
        ("garbage\n", "byte 0: this is no source file"),
        ("=== a.rs has 5 bytes\nabc", "byte 0: it is cut off"),
        ("=== a.rs has 3 bytes\nabc", "byte 0: it has no end"),
        ("=== a.rs has none\n", "a.rs: there is no such file"),
        (
            "=== a has 0 bytes\n\n=== a has 0 bytes\n\n",
            "byte 19: the source file of a is there twice",
        ),
    ] {
        let error = read_sources(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(error, format!("not a whole sources file: {why}"), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(texts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..5)) {
        let mut written = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            written.extend(format!("=== f{number} has {} bytes\n", text.len()).into_bytes());
            written.extend(text);
            written.push(b'\n');
        }
        let found: Vec<_> = read_sources(&written).unwrap().into_iter().map(|it| it.text).collect();
        prop_assert_eq!(found, texts);
    }
}
