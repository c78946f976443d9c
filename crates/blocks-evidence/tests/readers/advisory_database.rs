use blocks_evidence::{AdvisoryDatabase, EvidenceError, Format, read_advisory_database};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/database.txt");

fn read(text: &str) -> Result<AdvisoryDatabase, EvidenceError> {
    read_advisory_database(text.as_bytes())
}

#[test]
fn a_database_has_a_name_a_date_and_advisories() {
    let name = "0123456789abcdef0123456789abcdef01234567".to_owned();
    let whole = AdvisoryDatabase { name, date: Some(1_784_984_400), advisories: 3 };
    assert_eq!(read(SAMPLE), Ok(whole.clone()));
    let undated = AdvisoryDatabase { date: None, ..whole };
    assert_eq!(read(&SAMPLE.replace("1784984400", "")), Ok(undated));
}

#[test]
fn any_other_form_is_refused_with_its_line() {
    for (text, why) in [
        (String::new(), "line 1: it does not begin with `name `"),
        ("name x\n".to_owned(), "line 2: it does not begin with `date `"),
        ("date 1\nname x\nadvisories 3\n".to_owned(), "line 1"),
        (SAMPLE.replace("1784984400", "soon"), "line 2: it holds no number"),
        (SAMPLE.replace("1784984400", "-1"), "line 2: it holds no number"),
        (SAMPLE.replace("1784984400", "+1"), "line 2: it holds no number"),
        (SAMPLE.replace("1784984400", "99999999999999999999"), "line 2: it holds no number"),
        (SAMPLE.replace("advisories 3", "advisories"), "line 3: it does not begin"),
        (SAMPLE.replace("advisories 3", "advisories "), "line 3: it holds no number"),
        (SAMPLE.trim_end().to_owned(), "its end"),
        (format!("{SAMPLE}more\n"), "its end"),
        (format!("{SAMPLE}\n"), "its end"),
    ] {
        let error = read(&text).unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let text = format!("{SAMPLE}{}", " ".repeat(Format::AdvisoryDatabase.limit()));
    assert!(matches!(read(&text), Err(EvidenceError::TooLarge { .. })));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_advisory_database(&bytes);
    }
}
