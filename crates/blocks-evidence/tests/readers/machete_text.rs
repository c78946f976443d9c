use blocks_evidence::{UnusedDependencies, read_machete_text};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../samples/unused.txt");
const NONE: &str =
    "cargo-machete didn't find any unused dependencies in this directory. Good job!\n";

fn reason(text: &str) -> String {
    read_machete_text(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn each_package_has_its_manifest_and_what_it_does_not_use() {
    let mut found = read_machete_text(SAMPLE.as_bytes()).unwrap();
    found.sort_by(|a, b| a.package.cmp(&b.package));
    let of = |package: &str, dependencies: &[&str]| UnusedDependencies {
        package: package.to_owned(),
        manifest: format!("./crates/{package}/Cargo.toml"),
        dependencies: dependencies.iter().map(|&it| it.to_owned()).collect(),
    };
    assert_eq!(found, [of("a", &["bitflags", "old"]), of("b", &["bitflags"])]);
    assert!(read_machete_text(NONE.as_bytes()).unwrap().is_empty());
}

#[test]
fn what_is_cut_or_says_nothing_is_refused() {
    assert!(reason("").contains("line 1: it does not say whether something was found"));
    let (list, _) = SAMPLE.split_once("\n\n").unwrap();
    assert!(reason(list).contains("the list does not end"));
    let (first, _) = list.rsplit_once('\n').unwrap();
    assert!(reason(first).contains("the list does not end"));
    assert!(reason(&format!("{NONE}a -- b:\n")).contains("line 2: nothing was found"));
    let head = SAMPLE.lines().next().unwrap();
    assert!(reason(&format!("{head}\n\tx\n\n")).contains("line 2: this is of no package"));
    assert!(reason(&format!("{head}\nx\n\n")).contains("line 2: this is no package"));
    assert!(
        reason(&format!("{head}\nx -- y:\n\n")).contains("line 3: a package has no dependency")
    );
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_machete_text(&bytes);
    }
}
