use blocks_evidence::{LibtestOutcome, LibtestRun, read_libtest_text};
use proptest::prelude::*;
use std::fmt::Write as _;

const FAILED: &str = include_str!("../samples/doctest-failed.txt");

fn read(text: &str) -> LibtestRun {
    read_libtest_text(text.as_bytes()).unwrap()
}

fn reason(text: &str) -> String {
    read_libtest_text(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn tests_of_two_libraries_are_read_with_what_failed() {
    let run = read(FAILED);
    let shown: Vec<_> = run
        .tests
        .iter()
        .map(|test| {
            format!(
                "{:?} {:?} {}",
                test.outcome,
                test.place.as_ref().map(|p| (&p.file, p.line, &p.item)),
                test.message
            )
        })
        .collect();
    insta::assert_debug_snapshot!(shown, @r#"
    [
        "Passed Some((\"a/src/lib.rs\", 13, \"one\")) ",
        "Ignored Some((\"a/src/lib.rs\", 16, \"one\")) ",
        "Passed Some((\"a/src/lib.rs\", 4, \"one\")) ",
        "Passed Some((\"a/src/lib.rs\", 7, \"one\")) ",
        "Passed Some((\"a/src/lib.rs\", 10, \"one\")) ",
        "Failed Some((\"a/src/lib.rs\", 25, \"two\")) error[E0308]: mismatched types",
        "Failed Some((\"a/src/lib.rs\", 21, \"two\")) assertion `left == right` failed\n  left: 1\n right: 2",
        "Passed Some((\"b/src/lib.rs\", 6, \"\")) ",
        "Failed Some((\"b/src/lib.rs\", 1, \"\")) assertion `left == right` failed\n  left: 1\n right: 2",
    ]
    "#);
    assert_eq!((run.sections, run.other_lines), (2, 0));
    assert_eq!(run.count(LibtestOutcome::Failed), 3);
    assert!(run.tests[6].output.starts_with("Test executable failed"));
    assert!(run.tests[5].output.ends_with("Couldn't compile the test."));
}

#[test]
fn no_tests_is_an_answer() {
    assert_eq!(read("").tests, []);
    let run = read(
        "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n",
    );
    assert_eq!((run.tests.len(), run.sections), (0, 1));
}

const OK: &str =
    "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
const NO: &str = "test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";

#[test]
fn counts_that_differ_are_malformed() {
    insta::assert_snapshot!(reason(&format!("running 2 tests\ntest a ... ok\n{OK}")), @"not a whole libtest-text file: line 3: 2 tests were announced, 1 are listed");
    insta::assert_snapshot!(reason(&format!("running 1 test\ntest a ... FAILED\n{OK}")), @"not a whole libtest-text file: line 3: the result says [1, 0, 0], the tests are [0, 1, 0] (passed, failed, ignored)");
    insta::assert_snapshot!(reason(&format!("running 1 test\ntest a ... ok\n{}", OK.replace("ok.", "FAILED."))), @"not a whole libtest-text file: line 3: the result says [1, 0, 0], the tests are [1, 0, 0] (passed, failed, ignored)");
    insta::assert_snapshot!(reason("running 2 tests\ntest a ... FAILED\nfailures:\n"), @"not a whole libtest-text file: line 3: 2 tests were announced, 1 are listed");
    for line in [
        "test result: good. 1 passed",
        "test result: ok. x passed; 0 failed",
        &OK.replace("0 measured", "1 measured"),
    ] {
        assert!(
            reason(&format!("running 1 test\ntest a ... ok\n{line}\n")).contains("line 3"),
            "{line}"
        );
    }
}

#[test]
fn a_text_that_ends_early_or_goes_on_is_malformed() {
    insta::assert_snapshot!(reason("running 1 test\ntest a ... ok\n"), @"not a whole libtest-text file: end: no result line");
    insta::assert_snapshot!(reason(&format!("running 1 test\ntest a ... ok\n{OK}\nmore\n")), @"not a whole libtest-text file: line 4: text after the last result");
    insta::assert_snapshot!(reason(OK), @"not a whole libtest-text file: line 1: a result without its tests");
    insta::assert_snapshot!(reason("garbage"), @"not a whole libtest-text file: line 1: text after the last result");
}

#[test]
fn what_a_macro_prints_before_and_in_a_section_is_counted() {
    let run = read(&format!(
        "hello\nrunning 1 test\nwarn\ntest a ... ok\n{OK}\nrunning x tests\nrunning 1 test\ntest b ... ok\n{OK}\n"
    ));
    assert_eq!((run.tests.len(), run.other_lines), (2, 3));
}

#[test]
fn output_that_looks_like_a_result_stays_output() {
    let fake = format!(
        "running 1 test\ntest a ... ok\n\nfailures:\n    b\n\n{OK}\n{NO}\n---- b stdout ----\n"
    );
    let text = format!(
        "running 1 test\ntest a ... FAILED\n\nfailures:\n\n---- a stdout ----\n{fake}\n\nfailures:\n    a\n\n{NO}\n"
    );
    let run = read(&text);
    assert_eq!((run.tests.len(), run.tests[0].outcome), (1, LibtestOutcome::Failed));
    assert_eq!(run.tests[0].output, fake.trim());
}

#[test]
fn a_perfect_imitation_leaves_the_failure_or_no_answer() {
    let fake = format!("failures:\n    a\n\n{NO}\nrunning 1 test\ntest a ... ok\n{OK}");
    let text = format!(
        "running 1 test\ntest a ... FAILED\n\nfailures:\n\n---- a stdout ----\n{fake}\n\nfailures:\n    a\n\n{NO}\n"
    );
    let run = read_libtest_text(text.as_bytes());
    assert!(run.is_err(), "{run:?}");
}

#[test]
fn a_failure_without_output_is_a_failure() {
    let run =
        read(&format!("running 1 test\ntest a ... FAILED\nfailures:\n\nfailures:\n    a\n\n{NO}"));
    assert_eq!((run.tests[0].outcome, run.tests[0].message.as_str()), (LibtestOutcome::Failed, ""));
    let run = read(&format!("running 1 test\ntest a ... FAILED\n{NO}"));
    assert_eq!((run.tests[0].outcome, run.tests[0].output.as_str()), (LibtestOutcome::Failed, ""));
}

proptest! {
    #[test]
    fn written_tests_are_read_back_whatever_they_print(
        outcomes in prop::collection::vec(0_usize..3, 0..6),
        output in "(\\PC|\n|failures:|test result: ok|running 1 test|---- t0 stdout ----){0,20}",
    ) {
        let words = ["ok", "FAILED", "ignored"];
        let count = |kind| outcomes.iter().filter(|one| **one == kind).count();
        let mut text = format!("running {} tests\n", outcomes.len());
        for (index, outcome) in outcomes.iter().enumerate() {
            writeln!(text, "test t{index} ... {}", words[*outcome]).unwrap();
        }
        let failed: Vec<usize> = (0..outcomes.len()).filter(|index| outcomes[*index] == 1).collect();
        if !failed.is_empty() {
            text += "\nfailures:\n\n";
            for index in &failed { writeln!(text, "---- t{index} stdout ----\n{output}").unwrap(); }
            text += "\nfailures:\n";
            for index in &failed { writeln!(text, "    t{index}").unwrap(); }
        }
        let word = if failed.is_empty() { "ok" } else { "FAILED" };
        writeln!(text, "\ntest result: {word}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; finished in 0.00s", count(0), count(1), count(2)).unwrap();
        let run = read(&text);
        prop_assert_eq!(run.count(LibtestOutcome::Failed), count(1));
        prop_assert_eq!(run.count(LibtestOutcome::Passed), count(0));
        prop_assert_eq!(run.count(LibtestOutcome::Ignored), count(2));
    }
}
