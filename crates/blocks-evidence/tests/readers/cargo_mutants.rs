use blocks_evidence::{MutantEnd, read_cargo_mutants};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/mutants.json");

fn reason(text: &str) -> String {
    read_cargo_mutants(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_mutant_has_its_place_its_change_and_its_end() {
    let report = read_cargo_mutants(SAMPLE.as_bytes()).unwrap();
    let told: Vec<_> = report
        .mutants
        .iter()
        .map(|it| format!("{} {}:{} {:?}: {}", it.package, it.file, it.line, it.end, it.change))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(report.count(MutantEnd::Missed), 2);
}

#[test]
fn what_does_not_agree_with_itself_is_refused() {
    let sums = "its sums: they are not those of its list";
    for (from, to, why) in [
        ("\"missed\": 2", "\"missed\": 0", sums),
        ("\"total_mutants\": ", "\"total_mutants\": 1", sums),
        ("\"summary\": \"MissedMutant\"", "\"summary\": \"CaughtMutant\"", sums),
        ("\"summary\": \"MissedMutant\"", "\"summary\": \"Lost\"", "its end is not known"),
        ("\"summary\": \"Success\"", "\"summary\": \"Failure\"", "did not pass without a mutant"),
    ] {
        let text = SAMPLE.replacen(from, to, 1);
        assert_ne!(text, SAMPLE, "{from}");
        assert!(reason(&text).contains(why), "{from}: {}", reason(&text));
    }
    let none =
        r#"{"outcomes":[],"total_mutants":0,"missed":0,"caught":0,"timeout":0,"unviable":0}"#;
    assert!(reason(none).contains("nothing was tested without a mutant"));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_cargo_mutants(&bytes);
    }
}
