//! A section is added to any changelog once, and is found there, or nothing is changed.
#![no_main]

use blocks_release::{Entry, Links, Part, Section, has_section, with_section};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let section = Section {
        package: None,
        version: semver::Version::new(4321, 0, 7),
        day: "2026-01-31".to_owned(),
        entries: vec![Entry { part: Part::Added, text: "More.".to_owned(), known_by: Vec::new() }],
        otherwise: "Nothing.".to_owned(),
        takes_unreleased: bytes.len() % 2 == 0,
        links: (bytes.len() % 3 == 0).then(|| Links {
            unreleased: "https://example.org/compare".to_owned(),
            release: "https://example.org/release".to_owned(),
        }),
    };
    if let Some(once) = with_section(Some(&text), &section) {
        assert!(has_section(&once, None, &section.version));
        assert_eq!(with_section(Some(&once), &section).as_deref(), Some(once.as_str()));
    }
});
