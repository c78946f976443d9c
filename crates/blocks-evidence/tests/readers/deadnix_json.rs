//! What deadnix finds in Nix files.

use blocks_evidence::{NixFinding, read_deadnix};

const SAMPLE: &str = include_str!("../samples/deadnix.jsonl");

fn reason(text: &str) -> String {
    read_deadnix(text.as_bytes()).unwrap_err().to_string()
}

fn found(file: &str, place: Option<(u32, u32)>, message: &str) -> NixFinding {
    NixFinding { file: file.to_owned(), place, message: message.to_owned() }
}

#[test]
fn what_nothing_uses_has_its_place_and_what_is_no_nix_has_none() {
    let all = read_deadnix(SAMPLE.as_bytes()).unwrap();
    assert_eq!(all.len(), 12);
    let x = "./two words/x.nix";
    for expected in [
        found("./args.nix", Some((1, 4)), "Unused lambda argument: y"),
        found("./empty.nix", None, "unexpected end of file"),
        found("./latin.nix", None, "stream did not contain valid UTF-8"),
        found(x, Some((1, 10)), "Unused lambda pattern: unused"),
        found(x, Some((3, 5)), "Unused let binding: c"),
    ] {
        assert!(all.contains(&expected), "{expected:?}: {all:?}");
    }
    assert!(read_deadnix(b"").unwrap().is_empty());
}

#[test]
fn a_file_that_could_not_be_got_is_no_answer() {
    let denied = r#"{"file":"./a.nix","results":[{"message":"Permission denied (os error 13)"}]}"#;
    let said = reason(&format!("{denied}\n"));
    assert!(said.contains("line 1: the tool could not look into a file: Permission"), "{said}");
}

#[test]
fn what_is_cut_or_of_another_form_is_refused() {
    assert!(reason(SAMPLE.trim_end()).contains("its end: the last line does not end"));
    assert!(reason("[]\n").contains("line 1"));
    let of = |results: &str| reason(&format!("{{\"file\":\"a\",\"results\":[{results}]}}\n"));
    assert!(of("").contains("line 1: a file of which nothing is said"));
    assert!(of(r#"{"message":"m","line":1}"#).contains("line 1: half a place"));
    assert!(of(r#"{"message":"m","line":0,"column":1}"#).contains("counted from 1"));
    assert!(of(r#"{"line":1,"column":1}"#).contains("message"));
}
