use blocks_evidence::read_file_sizes;
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/sizes.txt");

#[test]
fn each_file_has_its_size_whatever_its_name() {
    let found = read_file_sizes(SAMPLE.as_bytes()).unwrap();
    let found: Vec<_> = found.iter().map(|it| (&*it.path, it.bytes)).collect();
    assert_eq!(
        found,
        [
            ("/workspace/target/release/survey", 448_912),
            ("/workspace/target/release/with a blank", 3_145_728),
        ]
    );
    assert_eq!(read_file_sizes(b"").unwrap(), []);
}

#[test]
fn what_is_no_size_of_another_file_is_refused_with_its_line() {
    for (text, place) in [
        ("1 a", "end: its last line"),
        ("1 a\n2\n", "line 2: it names no file"),
        ("0 a\n", "line 1: it begins with no size"),
        ("-1 a\n", "line 1: it begins with no size"),
        ("+1 a\n", "line 1: it begins with no size"),
        (" a\n", "line 1: it begins with no size"),
        ("99999999999999999999 a\n", "line 1: it begins with no size"),
        ("1 \n", "line 1: it names no other file"),
        ("1 a\n2 a\n", "line 2: it names no other file"),
    ] {
        let error = read_file_sizes(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(place), "{text}: {error}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(sizes in prop::collection::btree_map("[!-~]([ -~]{0,10}[!-~])?", 1_u64.., 0..6)) {
        let lines: Vec<_> = sizes.iter().map(|(path, bytes)| format!("{bytes} {path}\n")).collect();
        let text = lines.concat();
        let found = read_file_sizes(text.as_bytes()).unwrap();
        prop_assert_eq!(found.into_iter().map(|it| (it.path, it.bytes)).collect::<std::collections::BTreeMap<_, _>>(), sizes);
    }
}
