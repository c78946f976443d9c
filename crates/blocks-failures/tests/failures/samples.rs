//! What real tools have printed is told apart, and known again.

use blocks_evidence::{Level, read_cargo_messages, read_compiler_text, read_junit};
use blocks_gates::Code;

use crate::fixture::signature;

const JUNIT: &[u8] = include_bytes!("../../../blocks-evidence/tests/samples/junit-flaky.xml");
const CLIPPY: &[u8] = include_bytes!("../../../blocks-evidence/tests/samples/clippy-errors.jsonl");
const DOCTEST: &[u8] =
    include_bytes!("../../../blocks-evidence/tests/samples/doctest-compile-error.stderr");

#[test]
fn each_try_of_a_test_has_the_signature_of_the_test() {
    let run = read_junit(JUNIT).expect("a sample");
    let mut all = Vec::new();
    for test in run.tests.iter().filter(|it| !it.message.is_empty()) {
        let said = |message: &str| {
            let first = message.lines().next().unwrap_or_default();
            let message = format!("{} {}: {first}", test.binary, test.name);
            signature("test", Code::TestFailed, &message)
        };
        let tries: Vec<_> = test.tries.iter().map(|it| said(&it.message)).collect();
        assert!(tries.iter().all(|it| *it == said(&test.message)), "{}", test.name);
        all.push((said(&test.message), tries.len()));
    }
    assert!(all.iter().map(|(_, tries)| tries).sum::<usize>() > 1, "{all:?}");
    let mut names: Vec<_> = all.iter().map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all.len(), "each test is another one");
}

#[test]
fn a_compile_error_is_the_same_in_messages_and_in_texts() {
    let messages = read_cargo_messages(CLIPPY).expect("a sample");
    let of_messages = messages.diagnostics.iter().filter(|it| it.level == Level::Error);
    let of_messages: Vec<_> = of_messages
        .map(|it| format!("{} ({})", it.message, it.code.as_deref().unwrap_or_default()))
        .map(|it| signature("clippy", Code::CompileError, &it))
        .collect();
    let text = read_compiler_text(DOCTEST).expect("a sample");
    let of_text: Vec<_> = text
        .errors()
        .map(|it| format!("{} ({})", it.message, it.code.as_deref().unwrap_or_default()))
        .map(|it| signature("doctest", Code::CompileError, &it))
        .collect();
    assert!(!of_text.is_empty());
    assert!(of_text.iter().all(|it| of_messages.contains(it)), "{of_text:?} {of_messages:?}");
}
