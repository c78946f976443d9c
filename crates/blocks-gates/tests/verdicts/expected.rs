//! The list of expected records, which other programs write.

use blocks_gates::Expected;
use blocks_stages::Table;
use proptest::prelude::*;

#[test]
fn a_list_is_read_to_the_letter() {
    let expected =
        Expected::parse(r#"{"schema": 1, "stages": {"test": {"b": null, "a": "nix-1"}}}"#).unwrap();
    let table = Table::embedded();
    for (stage, units) in [("test", 2), ("coverage", 2), ("fmt", 0)] {
        let found: Vec<_> = expected.units(table.stage(stage).unwrap()).collect();
        assert_eq!(found, &[("a", Some("nix-1")), ("b", None)][..units], "{stage}");
    }
    insta::assert_snapshot!(expected.to_json(), @r#"
    {
      "schema": 1,
      "stages": {
        "test": {
          "a": "nix-1",
          "b": null
        }
      }
    }
    "#);
}

#[test]
fn what_is_no_list_is_refused_in_words() {
    let refusal = |text: &str| Expected::parse(text).unwrap_err().to_string();
    let form = r#"it has the form {"schema": 1, "stages": {"fmt": {"package": "sources, or null for any"}}}"#;
    for (text, what) in [
        ("{", "EOF while parsing an object at line 1 column 1"),
        ("{}", "missing field `schema` at line 1 column 2"),
        (
            r#"{"schema": 1, "stages": {}, "more": 1}"#,
            "unknown field `more`, expected `schema` or `stages` at line 1 column 34",
        ),
        (
            r#"{"schema": 1, "stages": {"fmt": ["a"]}}"#,
            "invalid type: sequence, expected a map at line 1 column 32",
        ),
    ] {
        assert_eq!(refusal(text), format!("not a list of expected records: {what}; {form}"));
    }
    assert_eq!(
        refusal(r#"{"schema": 2, "stages": {}, "more": 1}"#),
        "the list has schema 2, this program reads schema 1: update cargo-blocks"
    );
    assert_eq!(
        refusal(r#"{"schema": 1, "stages": {"fmt": {"../a": null}}}"#),
        "`../a` is no name of a stage or unit: it must be a single name of a path"
    );
    for name in ["", ".", "..", "a/b"] {
        let text = format!(r#"{{"schema": 1, "stages": {{"{name}": {{"a": null}}}}}}"#);
        assert!(refusal(&text).contains("is no name of a stage or unit"), "{name}");
    }
}

#[test]
fn the_sources_of_all_are_known_where_they_are_the_same() {
    let stages = &Table::embedded().stages;
    let mut expected = Expected::workspace(stages, Some("nix-1"));
    assert_eq!(expected.sources(), Some("nix-1"));
    for stage in stages {
        assert_eq!(expected.units(stage).collect::<Vec<_>>(), [("workspace", Some("nix-1"))]);
    }
    expected.insert("fmt", "a", Some("nix-2"));
    assert_eq!(expected.sources(), None);
    assert_eq!(Expected::workspace(stages, None).sources(), None);
    assert_eq!(Expected::default().sources(), None);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(units in prop::collection::vec(
        ("[a-z]{1,5}", "[A-Za-z0-9_-]{1,9}", prop::option::of(".{0,9}")), 0..9)) {
        let mut expected = Expected::default();
        for (stage, unit, sources) in units {
            expected.insert(&stage, &unit, sources.as_deref());
        }
        prop_assert_eq!(Expected::parse(&expected.to_json()), Ok(expected));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = Expected::parse(&text);
    }
}
