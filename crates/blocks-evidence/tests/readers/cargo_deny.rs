use blocks_evidence::{DenyReport, EvidenceError, read_cargo_deny};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/deny.jsonl");

const ADVISORIES: &str = include_str!("../samples/advisories.jsonl");

fn read(text: &str) -> Result<DenyReport, EvidenceError> {
    read_cargo_deny(text.as_bytes())
}

#[test]
fn findings_have_their_crates_and_who_needs_these() {
    insta::assert_debug_snapshot!(read(SAMPLE).unwrap());
}

#[test]
fn advisories_have_a_name_and_the_versions_that_are_mended() {
    insta::assert_debug_snapshot!(read(ADVISORIES).unwrap());
}

#[test]
fn what_the_tool_gave_up_on_is_told_where_the_end_is_not_there() {
    let log = r#"{"fields":{"level":"ERROR","message":"failed to load advisory database","timestamp":"2026-11-26T19:29:01Z"},"type":"log"}"#;
    let error = read(&format!("{log}\n")).unwrap_err().to_string();
    assert!(error.ends_with("are not there: failed to load advisory database"), "{error}");
}

#[test]
fn what_is_not_whole_or_does_not_add_up_is_refused() {
    let (first, _) = SAMPLE.split_once('\n').unwrap();
    let last = SAMPLE.trim_end().lines().last().unwrap();
    for (text, why) in [
        (String::new(), "its end: the numbers of findings are not there"),
        (format!("{first}\n"), "its end: the numbers of findings are not there"),
        (format!("{last}\n"), "errors are counted, and 0 are told"),
        (format!("{SAMPLE}{first}\n"), "nothing follows the numbers"),
        ("garbage\n".to_owned(), "line 1"),
        ("{\"type\":\"other\",\"fields\":{}}\n".to_owned(), "line 1"),
    ] {
        let error = read(&text).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_cargo_deny(&bytes);
    }
}
