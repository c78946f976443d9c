use blocks_evidence::{
    Bump, Comparison, EvidenceError, SemverLibrary, SemverReport, read_semver_text,
};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/semver.txt");

fn read(text: &str) -> Result<SemverReport, EvidenceError> {
    read_semver_text(text.as_bytes())
}

fn compared(text: &str) -> Comparison {
    match read(text).unwrap().libraries.remove(0) {
        (_, SemverLibrary::Compared(found)) => found,
        (name, SemverLibrary::New) => panic!("{name} is new"),
    }
}

#[test]
fn each_library_has_what_was_found() {
    let report = read(SAMPLE).unwrap();
    let names: Vec<_> = report.libraries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["broken", "kept", "young"]);
    assert!(report.is_broken());
    assert_eq!(report.libraries[2].1, SemverLibrary::New);
    let SemverLibrary::Compared(kept) = &report.libraries[1].1 else { panic!("{report:?}") };
    assert!(kept.broken.is_empty() && kept.checks > 100, "{kept:?}");
    assert_eq!((kept.before.to_string(), kept.now.to_string()), ("1.2.0".into(), "1.2.0".into()));
}

#[test]
fn a_broken_rule_has_its_items_with_their_places() {
    insta::assert_debug_snapshot!(compared(SAMPLE));
}

#[test]
fn a_broken_rule_says_how_much_the_version_has_to_grow() {
    let found = compared(SAMPLE);
    assert_eq!((found.before.to_string(), found.now.to_string()), ("1.2.0".into(), "2.0.0".into()));
    let needs: Vec<_> = found.broken.iter().map(|rule| rule.needs).collect();
    assert_eq!(needs, [Bump::Major, Bump::Minor, Bump::Major]);
}

#[test]
fn no_text_is_no_library() {
    assert_eq!(read("").unwrap(), SemverReport::default());
    assert!(!read("").unwrap().is_broken());
}

#[test]
fn features_that_one_side_does_not_have_are_told() {
    let report = read("=== feature a-b/plot is new\n=== feature is new\n").unwrap();
    assert_eq!(report.new_features, [("a-b".to_owned(), "plot".to_owned())]);
    let names: Vec<_> = report.libraries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["feature"], "of which there may be a library");
}

#[test]
fn what_is_not_whole_or_does_not_agree_is_refused() {
    let begun = "=== a\n    Checking a v1.0.0 -> v1.0.0 (assume patch change)\n     Checked [   0.019s] 202 checks: 202 pass, 58 skip\n";
    for (text, why) in [
        ("garbage".to_owned(), "line 1: this is of no library"),
        (begun.to_owned(), "its end: a has begun, and has not ended"),
        (format!("{begun}=== b is new\n"), "line 4: a has begun, and has not ended"),
        (format!("{begun}=== b ended with 0\n"), "line 4: a has begun, and has not ended"),
        (
            format!("{begun}=== a ended with 100\n"),
            "0 rules are broken, and the tool ended with 100",
        ),
        ("=== a\n=== a ended with 0\n".to_owned(), "line 2: a was not checked"),
        (
            "=== a\n     Checked [   0.019s] 2 checks: 2 pass\n=== a ended with 0\n".to_owned(),
            "line 3: the versions of a are not told",
        ),
        ("=== a\n    Checking a v1.0.0 -> vunknown (x)\n".to_owned(), "this tells no two versions"),
        (SAMPLE.replace("FAIL [", "PASS ["), "it is not told which version constructible_struct_"),
        (SAMPLE.replace("       major  ", "       grand  "), "this does not say what a rule needs"),
        (
            SAMPLE.replacen("        FAIL", "        FAIL [ 1s] major x\n        FAIL", 1),
            "3 rules are broken, and 3 are told, of 4 that found something",
        ),
        ("=== a ended with 0\n".to_owned(), "line 1: a has not begun"),
        ("=== a is new\n=== a is new\n".to_owned(), "line 2: a is there twice"),
        ("=== \n".to_owned(), "line 1: this is no name of a crate"),
        ("=== feature plot is new\n".to_owned(), "line 1: this is no name of a crate"),
        ("=== a b\n".to_owned(), "line 1: this is no name of a crate"),
        (SAMPLE.replace("--- failure ", "--- warning "), "rules are broken, and 0 are told"),
        (SAMPLE.replace("checks: ", "cheques: "), "this is no count of checks"),
    ] {
        let error = read(&text).unwrap_err().to_string();
        assert!(error.starts_with("not a whole semver-checks-text file: "), "{error}");
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn a_text_that_is_cut_anywhere_is_no_other_report() {
    let whole = read(SAMPLE).unwrap();
    for (end, _) in SAMPLE.char_indices() {
        if let Ok(found) = read(&SAMPLE[..end]) {
            // Between libraries nothing shows that there were more: the gate knows which there have to be.
            assert!(
                whole.libraries.starts_with(&found.libraries) || end + 1 >= SAMPLE.len(),
                "{end}"
            );
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(=== a\n|=== a ended with 0\n|--- failure a: b ---\n|Failed in:\n|  x in y:1\n|.{0,9}\n){0,9}") {
        let _ = read(&text);
    }
}
