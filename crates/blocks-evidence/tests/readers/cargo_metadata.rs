use blocks_evidence::{EvidenceError, MetadataPackage, read_cargo_metadata};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/metadata.json");

fn read(text: &str) -> Result<Vec<MetadataPackage>, EvidenceError> {
    read_cargo_metadata(text.as_bytes())
}

#[test]
fn packages_have_a_library_and_may_be_for_others() {
    let found = read(SAMPLE).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|it| (&*it.name, &*it.version, it.is_publishable, it.library.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("in-house", "0.3.0", false, Some("in_house")),
            ("macros", "1.2.0", true, Some("macros")),
            ("shapes", "1.2.0", true, Some("renamed")),
            ("tool", "0.1.0", true, None),
        ]
    );
}

#[test]
fn what_is_not_whole_or_of_another_version_is_refused() {
    let cut = &SAMPLE[..SAMPLE.len() / 2];
    for text in ["", "{}", "[]", cut, &SAMPLE.replace("\"version\":1,", "\"version\":2,")] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.starts_with("not a whole cargo-metadata file: "), "{error}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_cargo_metadata(&bytes);
    }
}
