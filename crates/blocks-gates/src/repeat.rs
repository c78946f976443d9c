//! Commands that ask for one failure alone, safe to paste into a shell.
//!
//! A test's name is written by whoever sends a change. It must not become a second command.

use blocks_evidence::{Example, LibtestTest, NAME, Test};
use blocks_stages::shell_word;
use std::fmt::Write as _;

/// The command that runs one test of nextest, added to the stage's own; none for a name that is too
/// long to be kept whole.
pub(crate) fn nextest(stage: &str, test: &Test) -> Option<String> {
    if test.name.len() > NAME || test.binary.len() > NAME {
        return None;
    }
    let filter = format!("binary_id(={}) & test(={})", exactly(&test.binary), exactly(&test.name));
    Some(format!("{stage} -E {}", shell_word(&filter)))
}

/// The command that runs the documentation tests of one file. rustdoc cuts its filters at blanks,
/// and the names of its tests have some, so that one test cannot be named.
pub(crate) fn doctest(stage: &str, test: &LibtestTest) -> Option<String> {
    let file = &test.place.as_ref()?.file;
    is_safe(file).then(|| format!("{stage} -- {file}"))
}

/// The command that runs one example: that of its file, and of its line where it has one.
pub(crate) fn example(stage: &str, example: &Example) -> Option<String> {
    let file = &example.file;
    let line = example.line.map(|line| format!(":{line}")).unwrap_or_default();
    is_safe(file).then(|| format!("{stage} {file}{line}"))
}

/// Whether a path is one word to a shell, and no option.
fn is_safe(file: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    !file.starts_with('-') && file.len() <= NAME && file.chars().all(is_plain)
}

/// A text that nextest's filter language compares as a whole; it has escapes for the characters
/// that end one, and for those that a terminal would act on.
fn exactly(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\/),".contains(c) {
            out.push('\\');
            out.push(c);
        } else if c.is_ascii_graphic() || c.is_alphanumeric() {
            out.push(c);
        } else {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use blocks_evidence::{LibtestOutcome, Outcome};

    fn test(name: &str) -> Test {
        Test {
            binary: "a::it".to_owned(),
            name: name.to_owned(),
            outcome: Outcome::Failed,
            flaky: false,
            tries: Vec::new(),
            kind: String::new(),
            message: String::new(),
            place: None,
            output: String::new(),
            sanitizer: None,
            seconds: None,
        }
    }

    #[test]
    fn a_test_is_named_exactly() {
        assert_eq!(
            nextest("cargo nextest run", &test("tests::bad")).unwrap(),
            "cargo nextest run -E 'binary_id(=a::it) & test(=tests::bad)'"
        );
    }

    #[test]
    fn a_hostile_name_stays_one_word() {
        assert_eq!(
            nextest("run", &test("x') ; rm -rf \u{1b}~, a/b\\")).unwrap(),
            r"run -E 'binary_id(=a::it) & test(=x'\''\)\u{20};\u{20}rm\u{20}-rf\u{20}\u{1b}~\,\u{20}a\/b\\)'"
        );
        assert_eq!(nextest("run", &test(&"x".repeat(NAME + 1))), None);
    }

    #[test]
    fn an_example_is_named_by_its_file_where_that_is_plain() {
        let mut test = LibtestTest {
            name: String::new(),
            place: Some(blocks_evidence::DocPlace {
                file: "a/src/lib.rs".into(),
                line: 1,
                item: String::new(),
            }),
            section: 0,
            outcome: LibtestOutcome::Failed,
            message: String::new(),
            output: String::new(),
        };
        assert_eq!(doctest("run", &test).unwrap(), "run -- a/src/lib.rs");
        for file in ["a b.rs", "$(x).rs", "--x.rs", "a;b.rs"] {
            test.place.as_mut().unwrap().file = file.to_owned();
            assert_eq!(doctest("run", &test), None, "{file}");
        }
        test.place = None;
        assert_eq!(doctest("run", &test), None);
    }
}
