//! Reports of Miri, from what it printed to standard error while it interpreted a test.
//!
//! The form is that of the compiler's own errors: a line `error: Undefined Behavior: …`, and lines ` --> FILE:LINE:COLUMN`
//! of the place and of those who called it
//! (<https://github.com/rust-lang/miri/blob/master/src/diagnostics.rs>).

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded};
use crate::sanitizer_text::{ReportKind, SanitizerReport, lines};

/// The most places that are kept.
const PLACES: usize = 64;

/// What an error begins with, and what it is about.
const HEADS: [(&str, ReportKind); 7] = [
    ("error: Undefined Behavior: Data race detected", ReportKind::Race),
    ("error: Undefined Behavior: Race condition detected", ReportKind::Race),
    ("error: Undefined Behavior: ", ReportKind::Undefined),
    ("error: memory leaked: ", ReportKind::Leak),
    ("error: the evaluated program deadlocked", ReportKind::Deadlock),
    ("error: deadlock: ", ReportKind::Deadlock),
    ("error: unsupported operation: ", ReportKind::Unsupported),
];

/// The first report in a text.
pub fn find_miri_report(text: &str) -> Option<SanitizerReport> {
    let (start, line, kind) = lines(text).find_map(|(at, line)| Some((at, line, head(line)?)))?;
    let report = &text[start..];
    let said = line.trim_start_matches("error: ").trim_start_matches("Undefined Behavior: ");
    let said = said.trim_end_matches(", allocated here:");
    Some(SanitizerReport {
        kind,
        what: bounded(&without_numbers(said), MESSAGE),
        frames: report.lines().filter_map(place).take(PLACES).collect(),
        text: bounded(report.trim_end(), DETAIL),
    })
}

fn head(line: &str) -> Option<ReportKind> {
    HEADS.iter().find(|(words, _)| line.starts_with(words)).map(|(_, kind)| *kind)
}

/// A message without the numbers of allocations and of their tags, by which the same error would look new.
fn without_numbers(said: &str) -> String {
    let word = |word: &str| {
        let is_tag =
            word.starts_with('<') && word.ends_with('>') && is_number(&word[1..word.len() - 1]);
        match word.strip_prefix("alloc") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("alloc{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            _ if is_tag => "<tag>".to_owned(),
            _ => word.to_owned(),
        }
    };
    said.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The place of a line ` --> src/lib.rs:5:9`, or of one of a stack: `at src/lib.rs:5:9: 5:20`, and of an older one
/// `= note: inside `f` at src/lib.rs:5:9: 5:20`.
fn place(line: &str) -> Option<(String, u32)> {
    let line = line.trim_start();
    let place = match line.strip_prefix("--> ").or_else(|| line.strip_prefix("at ")) {
        Some(place) => place,
        None => line.strip_prefix("= note: inside ")?.rsplit_once(" at ")?.1,
    };
    let mut parts = place.split(':');
    let file = parts.next().filter(|file| !file.is_empty())?;
    let line = parts.next()?.parse().ok()?;
    Some((bounded(file, NAME), line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DANGLING: &str = "\
error: Undefined Behavior: memory access failed: alloc2348 has been freed, so this pointer is dangling
 --> src/lib.rs:5:14
  |
5 |     unsafe { *pointer }
  |              ^^^^^^^^ Undefined Behavior occurred here
  |
  = help: this indicates a bug in the program: it performed an invalid operation, and caused Undefined Behavior
  = help: see https://doc.rust-lang.org/nightly/reference/behavior-considered-undefined.html for further information
  = note: this is on thread `tests::reads`
  = note: stack backtrace:
          0: a::dangling
              at src/lib.rs:5:14: 5:22

note: some details are omitted, run with `MIRIFLAGS=-Zmiri-backtrace=full` for a verbose backtrace

error: aborting due to 1 previous error
";
    const RACE: &str = "\
error: Undefined Behavior: Data race detected between (1) non-atomic write on thread `unnamed-54` and (2) non-atomic read on thread `unnamed-53` at alloc1352+0x30. (2) just happened here
   --> /toolchain/lib/rustlib/src/rust/library/core/src/option.rs:711:15
    |
help: and (1) occurred earlier here
   --> src/frame/mod.rs:208:13
    = note: BACKTRACE (of the first span) on thread `unnamed-53`:
    = note: inside `frame::first` at src/frame/mod.rs:240:9: 240:20
";

    fn told(text: &str) -> Option<(ReportKind, String)> {
        find_miri_report(text).map(|report| (report.kind, report.what))
    }

    #[test]
    fn undefined_behaviour_has_its_words_and_its_place() {
        let report = find_miri_report(&format!("warning: one\n{DANGLING}")).unwrap();
        assert_eq!(report.kind, ReportKind::Undefined);
        assert_eq!(
            report.what,
            "memory access failed: alloc has been freed, so this pointer is dangling"
        );
        assert_eq!(report.frames, vec![("src/lib.rs".to_owned(), 5); 2]);
        assert!(report.text.starts_with("error: Undefined"), "without what came before it");
    }

    #[test]
    fn a_data_race_has_the_places_of_both_threads() {
        let report = find_miri_report(RACE).unwrap();
        assert_eq!(report.kind, ReportKind::Race);
        assert!(report.what.contains("at alloc+0x30."), "{}", report.what);
        let lines: Vec<_> = report.frames.iter().map(|(_, line)| *line).collect();
        assert_eq!(lines, [711, 208, 240]);
    }

    #[test]
    fn leaks_deadlocks_and_what_is_not_supported_are_told_apart() {
        for (text, kind, what) in [
            (
                "error: memory leaked: alloc76 (Rust heap, size: 4, align: 4), allocated here:\n",
                ReportKind::Leak,
                "memory leaked: alloc (Rust heap, size: 4, align: 4)",
            ),
            (
                "error: deadlock: the evaluated program deadlocked\n",
                ReportKind::Deadlock,
                "deadlock: the evaluated program deadlocked",
            ),
            (
                "error: the evaluated program deadlocked\n",
                ReportKind::Deadlock,
                "the evaluated program deadlocked",
            ),
            (
                "error: unsupported operation: `getcwd` not available when isolation is enabled\n",
                ReportKind::Unsupported,
                "unsupported operation: `getcwd` not available when isolation is enabled",
            ),
            (
                "error: Undefined Behavior: trying to retag from <256158> for Unique permission at alloc107[0x8]\n",
                ReportKind::Undefined,
                "trying to retag from <tag> for Unique permission at alloc[0x8]",
            ),
        ] {
            assert_eq!(told(text), Some((kind, what.to_owned())));
        }
    }

    #[test]
    fn words_like_those_of_a_report_are_none() {
        for text in [
            "",
            "Undefined Behavior: x",
            "a message: error: Undefined Behavior: x",
            "error: aborting due to 1 previous error",
            "error[E0080]: memory leaked: x",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_after_the_head_is_a_bounded_report(said in ".{0,80}", rest in "(.{0,60}\n){0,9}") {
            let report = find_miri_report(&format!("x\nerror: Undefined Behavior: {said}\n{rest}")).unwrap();
            prop_assert!(report.text.len() <= DETAIL + 64);
            prop_assert!(report.frames.len() <= PLACES);
        }
    }
}
