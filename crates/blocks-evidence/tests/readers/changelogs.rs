use blocks_evidence::{Changelog, EvidenceError, read_changelogs};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/changelogs.txt");

fn read(text: &str) -> Result<Vec<Changelog>, EvidenceError> {
    read_changelogs(text.as_bytes())
}

#[test]
fn each_folder_has_its_changelog_or_none() {
    let found = read(SAMPLE).unwrap();
    let told: Vec<_> = found.iter().map(|it| (it.folder.as_str(), it.text.is_some())).collect();
    assert_eq!(told, [(".", true), ("/workspace/crates/a", false), ("/workspace/crates/b", true)]);
    assert!(found[0].text.as_deref().unwrap().starts_with("# Changelog\n"));
    assert!(found[0].text.as_deref().unwrap().ends_with("## Notes on `names`\n"));
}

#[test]
fn what_a_changelog_holds_is_never_taken_for_another_one() {
    let found = read(SAMPLE).unwrap();
    assert_eq!(found[2].text.as_deref(), Some("=== c has none"));
    assert!(!found.iter().any(|it| it.folder == "c"));
}

#[test]
fn a_folder_may_be_called_as_it_likes() {
    let found = read("=== /a has none has 0 bytes\n\n=== b has 2 bytes has none\n").unwrap();
    let folders: Vec<_> = found.iter().map(|it| it.folder.as_str()).collect();
    assert_eq!(folders, ["/a has none", "b has 2 bytes"]);
}

#[test]
fn what_is_not_whole_is_refused_with_its_place() {
    for (text, why) in [
        ("", "its begin: there is nothing"),
        ("garbage\n", "byte 0: this is no changelog"),
        ("=== a has none", "byte 0: a line has no end"),
        ("===  has none\n", "byte 0: this is no changelog"),
        ("=== a has some bytes\n", "byte 0: this is no changelog"),
        ("=== a has -1 bytes\n", "byte 0: this is no changelog"),
        ("=== a has 5 bytes\nabc", "byte 0: it is cut off"),
        ("=== a has 99999999999999999999 bytes\n", "byte 0: this is no changelog"),
        ("=== a has 3 bytes\nabc", "byte 0: it has no end"),
        ("=== a has 2 bytes\nabc\n", "byte 0: it has no end"),
        ("=== a has none\nabc\n", "byte 15: this is no changelog"),
        ("=== a has none\n=== a has none\n", "byte 15: the changelog of a is there twice"),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert_eq!(error, format!("not a whole changelogs file: {why}"), "{text}");
    }
}

#[test]
fn a_text_that_is_cut_anywhere_has_fewer_changelogs_and_no_other_ones() {
    let whole = read(SAMPLE).unwrap();
    for (end, _) in SAMPLE.char_indices() {
        if let Ok(found) = read(&SAMPLE[..end]) {
            assert!(whole.starts_with(&found) && found.len() < whole.len(), "{end}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(texts in prop::collection::vec(prop::option::of("(.|\n){0,20}"), 1..5)) {
        let one = |(number, text): (usize, &Option<String>)| match text {
            Some(text) => format!("=== f{number} has {} bytes\n{text}\n", text.len()),
            None => format!("=== f{number} has none\n"),
        };
        let written: String = texts.iter().enumerate().map(one).collect();
        let found: Vec<_> = read(&written).unwrap().into_iter().map(|it| it.text).collect();
        prop_assert_eq!(found, texts);
    }
}
