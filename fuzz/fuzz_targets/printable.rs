//! What `printable` gives holds nothing that a terminal acts on, and is not changed by doing it again.
#![no_main]

use blocks_evidence::{printable, printable_line};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let once = printable(text);
    assert!(!once.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
    assert_eq!(printable(&once), once);
    assert!(!printable_line(text).chars().any(char::is_control));
});
