use blocks_evidence::{Misspelling, read_typos};

const SAMPLE: &str = include_str!("../samples/spelling.jsonl");

fn reason(text: &str) -> String {
    read_typos(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_word_has_its_place_and_how_it_could_be_spelled() {
    let found = read_typos(SAMPLE.as_bytes()).unwrap();
    assert_eq!(found.len(), 11);
    let of = |file: &str, line, offset, word: &str, corrections: &[&str]| Misspelling {
        file: file.to_owned(),
        line,
        offset,
        word: word.to_owned(),
        corrections: corrections.iter().map(|&it| it.to_owned()).collect(),
    };
    assert_eq!(found[3], of("./README.md", Some(3), Some(25), "ths", &["the", "this"]));
    assert_eq!(
        found[4],
        of("./README.md", Some(3), Some(35), "loose", &[]),
        "a word that is not allowed"
    );
    assert_eq!(found[10], of("./teh_dir/recieve.txt", None, Some(0), "recieve", &["receive"]));
    assert!(read_typos(b"").unwrap().is_empty());
}

#[test]
fn what_was_not_looked_into_is_no_answer() {
    let text = format!("{SAMPLE}{}\n", r#"{"type":"error","path":"./a","msg":"denied"}"#);
    assert!(reason(&text).contains("line 13: the tool could not look into a file: denied"));
}

#[test]
fn lines_that_are_cut_or_of_another_kind_are_refused() {
    assert!(reason(SAMPLE.trim_end()).contains("its end: the last line does not end"));
    assert!(reason("{\"type\":\"file\",\"path\":\"a\"}\n").contains("line 1: unknown variant"));
    assert!(reason("\n").contains("line 1: "));
    let line = |line: &str, rest: &str| {
        format!("{{\"type\":\"typo\",\"path\":\"a\",{line}\"typo\":\"b\"{rest}}}\n")
    };
    assert!(reason(&line("", "")).contains("missing field `corrections`"));
    let zero = line("\"line_num\":0,", ",\"corrections\":[]");
    assert!(reason(&zero).contains("line 1: lines are counted from 1"));
    let large = line("\"line_num\":4294967296,", ",\"corrections\":[]");
    assert!(reason(&large).contains("line 1: "));
}
