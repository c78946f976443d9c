//! The place and the message of a panic, from what the standard library's panic hook prints.

use crate::bounds::{MESSAGE, NAME, bounded};

/// A panic that a test's output tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// The source file as the compiler was given it: relative to the workspace for its members.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What the panic says, without the backtrace. Thread name and thread id are left out: the id
    /// differs from run to run, and would make the same failure look new.
    pub message: String,
}

/// The first panic in a text: `thread 'name' (id) panicked at src/lib.rs:38:9:` and the message on
/// the lines after it (`rustc` 1.73 and newer).
pub fn find_panic(text: &str) -> Option<Panic> {
    let mut lines = text.lines();
    let (file, line) = lines.by_ref().find_map(place)?;
    let is_end = |line: &&str| {
        *line == "stack backtrace:" || line.starts_with("note: run with `RUST_BACKTRACE")
    };
    let message: Vec<&str> = lines.take_while(|line| !is_end(line)).collect();
    Some(Panic {
        file: bounded(file, NAME),
        line,
        message: bounded(message.join("\n").trim_end(), MESSAGE),
    })
}

fn place(line: &str) -> Option<(&str, u32)> {
    if !line.starts_with("thread '") {
        return None;
    }
    let (_, place) = line.rsplit_once(" panicked at ")?;
    let mut parts = place.trim_end().trim_end_matches(':').rsplitn(3, ':');
    let _column: u32 = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let file = parts.next().filter(|file| !file.is_empty())?;
    Some((file, line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_panic_has_a_place_and_a_message_without_the_backtrace() {
        let text = "running\nthread 'tests::t' (28219) panicked at src/lib.rs:38:9:\nfirst\n second\nstack backtrace:\n   0: x";
        assert_eq!(
            find_panic(text),
            Some(Panic { file: "src/lib.rs".into(), line: 38, message: "first\n second".into() })
        );
    }

    #[test]
    fn a_drive_letter_and_a_thread_name_with_the_same_words_are_no_trouble() {
        let text = "thread 'x panicked at y:1:2' panicked at C:\\a.rs:3:4:\nno\nnote: run with `RUST_BACKTRACE=1`";
        let panic = find_panic(text).unwrap();
        assert_eq!(
            (panic.file.as_str(), panic.line, panic.message.as_str()),
            ("C:\\a.rs", 3, "no")
        );
    }

    #[test]
    fn text_without_a_place_has_no_panic() {
        assert_eq!(find_panic("thread 'a' panicked at nowhere"), None);
        assert_eq!(find_panic("thread 'a' panicked at :1:2:"), None);
        assert_eq!(find_panic("something panicked at a.rs:1:2:"), None);
        assert_eq!(find_panic(""), None);
    }

    proptest! {
        #[test]
        fn what_the_hook_prints_is_read_back(file in "[a-z/:.]{1,20}[a-z]", line in 1_u32.., message in "[^\n\r\t]{0,40}") {
            prop_assume!(message != "stack backtrace:" && !message.starts_with("note: run"));
            let text = format!("thread 'main' (1) panicked at {file}:{line}:5:\n{message}\nstack backtrace:\n");
            let panic = find_panic(&text).unwrap();
            prop_assert_eq!((panic.file, panic.line), (file, line));
            prop_assert_eq!(panic.message, message.trim_end());
        }
    }
}
