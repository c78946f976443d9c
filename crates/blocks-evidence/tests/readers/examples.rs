use blocks_evidence::{DETAIL, ExampleEnd, ExampleKind, Examples, read_examples};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/examples.json");

/// The sample with another text in the place of one that it has.
fn with(text: &str, other: &str) -> String {
    assert!(SAMPLE.contains(text), "{text}");
    SAMPLE.replacen(text, other, 1)
}

#[test]
fn each_example_has_its_end() {
    let found = read_examples(SAMPLE.as_bytes()).unwrap();
    assert_eq!((found.documents, found.passed(), found.failed()), (3, 2, 1));
    let kinds: Vec<_> = found.examples.iter().map(|it| (it.kind, it.line)).collect();
    assert_eq!(
        kinds,
        [
            (ExampleKind::Program, None),
            (ExampleKind::Program, None),
            (ExampleKind::Code, Some(12)),
            (ExampleKind::Command, Some(31)),
            (ExampleKind::Command, Some(35)),
        ]
    );
    let ExampleEnd::Failed { wanted, .. } = &found.examples[3].end else { panic!() };
    assert_eq!(wanted.as_deref(), Some("square 4\ncircle [..]\n"));
}

#[test]
fn what_is_written_is_read() {
    let found = read_examples(SAMPLE.as_bytes()).unwrap();
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(text, SAMPLE.trim_end());
    assert_eq!(read_examples(text.as_bytes()).unwrap(), found);
}

#[test]
fn what_is_not_whole_is_no_answer() {
    for (text, other, why) in [
        ("\"schema\":1", "\"schema\":2", "its schema is not 1"),
        ("\"documents\":3", "\"documents\":0", "none was looked into"),
        ("\"line\":12", "\"line\":0", "not that of its kind"),
        ("\"line\":12", "\"line\":null", "not that of its kind"),
        ("\"line\":null", "\"line\":4", "not that of its kind"),
        (
            "served\",\"file\":\"crates/shapes/examples/served.rs",
            "areas\",\"file\":\"crates/shapes/examples/areas.rs",
            "twice",
        ),
        ("\"passed\"", "\"fine\"", "unknown variant"),
        ("\"why\":", "\"more\":1,\"why\":", "unknown field"),
        ("\"member\":", "\"owner\":", "unknown field"),
    ] {
        let said = read_examples(with(text, other).as_bytes()).unwrap_err().to_string();
        assert!(said.contains(why), "{text}: {said}");
    }
}

#[test]
fn long_texts_are_cut() {
    let long = "x".repeat(100_000);
    let text = with("it prints something else", &long).replace("square 5\\n", &long);
    let found = read_examples(text.as_bytes()).unwrap();
    let ExampleEnd::Failed { why, printed, .. } = &found.examples[3].end else { panic!() };
    assert!(why.len() < 10_000 && printed.len() < 20_000);
    // What this program writes is short enough to be read as it is.
    let end = ExampleEnd::failed(&long, Some(&long), &long);
    let ExampleEnd::Failed { wanted, printed, .. } = &end else { panic!() };
    assert!(wanted.as_ref().unwrap().len() < DETAIL + 100 && printed.ends_with("bytes cut)"));
    let ExampleEnd::Failed { printed, .. } = ExampleEnd::failed("a", None, &format!("{long}end"))
    else {
        panic!()
    };
    assert!(printed.ends_with("xend"));
}

proptest! {
    #[test]
    fn a_part_of_it_is_no_answer(at in 0..SAMPLE.trim_end().len()) {
        prop_assert!(SAMPLE.is_char_boundary(at));
        prop_assert!(read_examples(&SAMPLE.as_bytes()[..at]).is_err());
    }

    #[test]
    fn no_bytes_are_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _: Result<Examples, _> = read_examples(&bytes);
    }
}
