use blocks_evidence::{CompilerText, Level, TextDiagnostic, read_compiler_text};

fn read(text: &str) -> CompilerText {
    read_compiler_text(text.as_bytes()).unwrap()
}

fn errors(text: &str) -> Vec<TextDiagnostic> {
    read(text).errors().cloned().collect()
}

#[test]
fn an_error_has_code_message_and_place() {
    let text = include_str!("../samples/doctest-compile-error.stderr");
    insta::assert_debug_snapshot!(errors(text), @r#"
    [
        TextDiagnostic {
            level: Error,
            code: Some(
                "E0308",
            ),
            message: "mismatched types",
            place: Some(
                (
                    "b/src/lib.rs",
                    2,
                ),
            ),
            is_consequence: false,
        },
    ]
    "#);
    let text = include_str!("../samples/fmt-syntax.stderr");
    assert_eq!(errors(text)[0].place, Some(("/workspace/b/src/lib.rs".into(), 1)));
}

#[test]
fn the_packages_that_do_not_compile_are_named_once() {
    let text = "error: could not compile `b` (lib) due to 1 previous error\n\
                error: could not compile `a` (lib test) due to 2 previous errors\n\
                error: could not compile `b` (lib test) due to 1 previous error; 1 warning emitted\n";
    assert_eq!(read(text).failed_packages(), ["b", "a"]);
    assert!(read("error: mismatched types\n").failed_packages().is_empty());
}

#[test]
fn failed_doctests_are_consequences_of_what_libtest_prints() {
    let text = read(include_str!("../samples/doctest-failed.stderr"));
    assert_eq!(text.errors().count(), 0);
    assert_eq!(text.diagnostics.len(), 3);
    assert_eq!(text.doc_tests, ["a", "b"]);
    assert!(!text.has_no_library && text.fault.is_none());
}

#[test]
fn a_message_of_several_lines_keeps_its_place_and_only_its_first_arrow() {
    let text = "error: first\n       second\n  --> a.rs:1:2\n  --> b.rs:3:4\n\n --> c.rs:5:6\nwarning: unused\n --> a.rs:no:1\n";
    let all = read(text).diagnostics;
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].level, &all[0].place), (Level::Error, &Some(("a.rs".into(), 1))));
    assert_eq!((all[1].level, &all[1].place), (Level::Warning, &None));
}

#[test]
fn the_same_error_of_two_targets_is_read_once() {
    let one = "\u{1b}[1merror[E1]\u{1b}[0m: x\n --> a.rs:1:2\n\n";
    assert_eq!(errors(&one.repeat(2)).len(), 1);
}

#[test]
fn a_compiler_that_a_signal_ended_is_found() {
    let text = "error: could not compile `a` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)\n";
    let text = read(text);
    assert_eq!(text.errors().count(), 0);
    assert_eq!(
        text.fault.unwrap(),
        "process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)"
    );
    assert_eq!(read("error: process didn't exit successfully: `x` (exit status: 1)").fault, None);
}

#[test]
fn a_fault_of_the_machine_is_found() {
    for line in ["error: failed to download `a v1.0.0`", "  No space left on device (os error 28)"]
    {
        assert_eq!(read(line).fault.as_deref(), Some(line.trim()));
    }
}

#[test]
fn what_cargo_fmt_says_in_words_of_its_own_is_read() {
    let text = "Error writing files: failed to resolve mod `gone`: /w/src/gone.rs does not exist\n";
    assert_eq!(
        errors(text)[0].message,
        "failed to resolve mod `gone`: /w/src/gone.rs does not exist"
    );
    let text =
        "`cargo metadata` exited with an error: error: key with no value\n --> a/Cargo.toml:5:3\n";
    assert_eq!(errors(text)[0].place, Some(("a/Cargo.toml".into(), 5)));
}

#[test]
fn a_workspace_without_a_library_is_recognised() {
    assert!(read("error: no library targets found in package `a`\n").has_no_library);
    assert!(read("error: no library targets found in packages: a, b\n").has_no_library);
}

#[test]
fn ordinary_lines_are_no_diagnostics() {
    assert_eq!(read("errors: 3\nerror\nerrors\n  error: indented\nerror[E1] x\n").diagnostics, []);
}
