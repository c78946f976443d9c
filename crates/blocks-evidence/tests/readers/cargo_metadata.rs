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
fn what_a_registry_wants_to_know_is_there_or_not() {
    let found = read(SAMPLE).unwrap();
    let of = |name: &str| found.iter().find(|it| it.name == name).unwrap();
    assert_eq!((&of("in-house").description, of("in-house").has_license), (&None, false));
    let text = SAMPLE
        .replacen("\"publish\":[]", "\"publish\":[\"other\",\"crates-io\"]", 1)
        .replacen("\"license\":null", "\"license\":\"MIT\"", 1)
        .replacen("\"rust_version\":null", "\"rust_version\":\"1.85\"", 1)
        .replacen("\"license_file\":null,\"description\":null", "\"license_file\":\"L\",\"description\":\"D\"", 1)
        .replacen(
            "\"dependencies\":[]",
            r#""dependencies":[{"name":"a","req":"^1","kind":null,"path":"/a"},{"name":"b","req":"*","kind":"dev","path":"/b"},{"name":"c","req":"^1","kind":"dev"}]"#,
            1,
        );
    let found = read(&text).unwrap();
    let first = found.iter().find(|it| it.name == "in-house").unwrap();
    assert!(first.is_publishable && first.is_for_crates_io && first.has_license);
    assert_eq!(first.description.as_deref(), Some("D"));
    let said = [&first.license, &first.rust_version].map(Option::as_deref);
    assert_eq!(said, [Some("MIT"), Some("1.85")]);
    let local: Vec<_> = first.local.iter().map(|it| (&*it.name, it.is_published)).collect();
    assert_eq!(local, [("a", true), ("b", false)]);
    let in_house = read(&SAMPLE.replacen("\"publish\":[]", "\"publish\":[\"other\"]", 1)).unwrap();
    let first = in_house.iter().find(|it| it.name == "in-house").unwrap();
    assert!(first.is_publishable && !first.is_for_crates_io);
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
