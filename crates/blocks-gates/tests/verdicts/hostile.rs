//! Names and messages that try to be more than text.

use crate::evidence::{COVERAGE_LOW, JUNIT_FAILED};
use crate::fixture::Fixture;
use blocks_evidence::{printable, printable_line};
use blocks_gates::Outcome;

/// As they stand in XML.
const HOSTILE: [&str; 7] = [
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "a | b ` c ` ](http://example.org)",
    "::error::pwned",
    "##[command]pwned",
    "\u{202e}txet desrever\u{2066}",
    "\u{1b}[32mok\u{1b}[0m\u{9b}2J",
    "&apos;; touch /tmp/pwned; &apos;",
];

#[test]
fn hostile_names_and_messages_stay_text() {
    for text in HOSTILE {
        let junit = JUNIT_FAILED.replace("tests::bad", text).replace("left == right", text);
        let verdict =
            Fixture::new("test", 100, &[("junit.xml", &junit), ("coverage.json", COVERAGE_LOW)])
                .judge();
        assert_eq!(verdict.outcome, Outcome::Fail, "{text}");
        assert_eq!(verdict.causes.len(), 2);
        for cause in &verdict.causes {
            let line = printable_line(&cause.message);
            assert!(!line.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\n']), "{line}");
            let detail = printable(cause.detail.as_deref().unwrap());
            assert!(!detail.lines().any(|line| line.trim_start().starts_with("::")), "{detail}");
            let repeat = cause.repeat.as_deref().unwrap();
            assert!(!repeat.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{repeat}");
            let words = repeat.replace(r"'\''", "");
            assert_eq!(words.matches('\'').count(), 2, "one quoted word: {repeat}");
        }
    }
}

#[test]
fn very_long_texts_are_bounded() {
    let long = "x".repeat(1_000_000);
    let junit = JUNIT_FAILED
        .replace("tests::bad", &format!("{long}name"))
        .replace("left == right", &format!("{long}message"))
        .replace("<system-out>hi", &format!("<system-out>{long}"));
    let verdict =
        Fixture::new("test", 100, &[("junit.xml", &junit), ("coverage.json", COVERAGE_LOW)])
            .judge();
    let size: usize = verdict.causes.iter().map(|cause| format!("{cause:?}").len()).sum();
    assert!(size < 64 * 1024, "{size}");
    assert!(
        verdict.causes.iter().any(|cause| cause.repeat.is_none()),
        "a name that was cut is not repeated"
    );
}
