//! Reports of `AddressSanitizer`, of the `LeakSanitizer` inside it and of `ThreadSanitizer`, from what a program printed
//! to standard error.
//!
//! The form is that of LLVM's compiler-rt: a line `==PID==ERROR: AddressSanitizer: KIND on address …` or
//! `WARNING: ThreadSanitizer: KIND (pid=PID)`, stacks whose frames have `FILE:LINE:COLUMN` where the program has debug
//! information, and a line `SUMMARY: …`.

use crate::bounds::{DETAIL, MESSAGE, NAME, bounded};

/// The most frames whose places are kept.
const FRAMES: usize = 64;

/// What `ThreadSanitizer` tells of beside threads.
const CRASHES: [&str; 4] = ["heap-use-after-free", "SEGV", "stack-overflow", "BUS"];

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportKind {
    /// Memory that is used wrongly.
    Memory,
    /// Memory that is lost.
    Leak,
    /// Threads that use memory or locks without an order between them.
    Race,
    /// Another rule of the language that is broken.
    Undefined,
    /// Threads that wait for each other for ever.
    Deadlock,
    /// Nothing that the test did wrong: the tool cannot do what it asks for.
    Unsupported,
}

/// What a sanitizer, or an interpreter, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SanitizerReport {
    /// What it is about.
    pub kind: ReportKind,
    /// What it is, without addresses, which differ from run to run: `heap-use-after-free`.
    pub what: String,
    /// Files and lines of the stacks, the innermost frame first.
    pub frames: Vec<(String, u32)>,
    /// The report itself.
    pub text: String,
}

/// The first report in a text.
pub fn find_sanitizer_report(text: &str) -> Option<SanitizerReport> {
    let (start, sanitizer, said) = lines(text).find_map(|(at, line)| {
        let (sanitizer, said) = head(line)?;
        Some((at, sanitizer, said))
    })?;
    let report = &text[start..];
    let (kind, what) = match sanitizer {
        "LeakSanitizer" => (ReportKind::Leak, leaked(report).unwrap_or(said)),
        "ThreadSanitizer" if !CRASHES.iter().any(|it| said.starts_with(it)) => {
            (ReportKind::Race, without_addresses(said))
        }
        _ => (ReportKind::Memory, without_addresses(said)),
    };
    Some(SanitizerReport {
        kind,
        what: bounded(what, MESSAGE),
        frames: report.lines().filter_map(place).take(FRAMES).collect(),
        text: bounded(report.trim_end(), DETAIL),
    })
}

/// The lines of a text, each with where it begins.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\r', '\n']))
    })
}

/// The sanitizer and its words, from the first line of a report.
fn head(line: &str) -> Option<(&str, &str)> {
    if let Some(said) = line.strip_prefix("WARNING: ThreadSanitizer: ") {
        return Some(("ThreadSanitizer", said));
    }
    let (process, rest) = line.strip_prefix("==")?.split_once("==ERROR: ")?;
    let (sanitizer, said) = rest.split_once(": ")?;
    let is_one = matches!(sanitizer, "AddressSanitizer" | "LeakSanitizer" | "ThreadSanitizer");
    let is_process = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    (is_one && is_process).then_some((sanitizer, said))
}

fn without_addresses(said: &str) -> &str {
    let end = [" on ", " 0x", ": 0x", " (pid="].iter().filter_map(|it| said.find(it)).min();
    &said[..end.unwrap_or(said.len())]
}

/// The sum of a report of leaks.
fn leaked(report: &str) -> Option<&str> {
    let sum = report.lines().find_map(|line| line.strip_prefix("SUMMARY: AddressSanitizer: "))?;
    Some(sum.trim_end().trim_end_matches('.'))
}

/// The place of a frame: `    #5 0x55a6f0c06e21 in name of the function /path/file.rs:116:26`, of `ThreadSanitizer`
/// `    #0 name of the function /path/file.rs:116:26 (program+0x55a6)`.
fn place(line: &str) -> Option<(String, u32)> {
    let (number, rest) = line.trim_start().strip_prefix('#')?.split_once(' ')?;
    let rest = match rest.strip_prefix("0x") {
        Some(address) => address.split_once(" in ")?.1,
        None => rest,
    };
    if number.parse::<u32>().is_err() {
        return None;
    }
    // Names of functions hold blanks, paths may; what begins with a slash after the last blank is a path.
    let at = rest.find(" /").map(|at| at + 1)?;
    let mut parts = rest[at..].split(':');
    let file = parts.next().filter(|file| !file.is_empty())?;
    let line = parts.next()?.parse().ok()?;
    Some((bounded(file, NAME), line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const USED: &str = "\
running 1 test
=================================================================
==3767==ERROR: AddressSanitizer: heap-use-after-free on address 0x7b65497e4010 at pc 0x5603d7a39acd bp 0x7b4 sp 0x7b4
READ of size 1 at 0x7b65497e4010 thread T1
    #0 0x5603d7a39acc in a::dangling /w/src/lib.rs:5:14
    #1 0x5603d7a3aa31 in <std::thread as core::ops::function::FnOnce<()>>::call_once /rustc/e50/library/core/src/ops/function.rs:250:5
    #2 0x5603d7a3aa31 in main (/w/target/debug/deps/a-15+0x152b0d) (BuildId: a6)

SUMMARY: AddressSanitizer: heap-use-after-free /w/src/lib.rs:5:14 in a::dangling
==3767==ABORTING
";
    const LEAKED: &str = "\
==3779==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 100 byte(s) in 1 object(s) allocated from:
    #0 0x5629862fe8e4 in malloc /rustc/llvm/src/asan_malloc_linux.cpp:67:3
    #1 0x562986333884 in a::leak /w/src/lib.rs:8:22

SUMMARY: AddressSanitizer: 100 byte(s) leaked in 1 allocation(s).
";

    const RACE: &str = "\
running 1 test
==================
WARNING: ThreadSanitizer: data race (pid=4321)
  Write of size 8 at 0x7b0400000010 by thread T2:
    #0 core::ptr::write<usize> /rustc/e50/library/core/src/ptr/mod.rs:9:14 (a-15+0x152b0d) (BuildId: a6)
    #1 a::count::{{closure}} /w/src/lib.rs:9:14 (a-15+0x152b0d) (BuildId: a6)

  Previous write of size 8 at 0x7b0400000010 by thread T1:
    #0 a::count::{{closure}} /w/src/lib.rs:12:14 (a-15+0x152b0d) (BuildId: a6)
    #1 main <null> (a-15+0x152b0d) (BuildId: a6)

SUMMARY: ThreadSanitizer: data race /w/src/lib.rs:9:14 in a::count::{{closure}}
==================
ThreadSanitizer: reported 1 warnings
";

    #[test]
    fn a_use_after_free_has_its_kind_and_its_frames() {
        let report = find_sanitizer_report(USED).unwrap();
        assert_eq!(
            (report.kind, report.what.as_str()),
            (ReportKind::Memory, "heap-use-after-free")
        );
        let frames: Vec<_> =
            report.frames.iter().map(|(file, line)| (file.as_str(), *line)).collect();
        assert_eq!(
            frames,
            [("/w/src/lib.rs", 5), ("/rustc/e50/library/core/src/ops/function.rs", 250)]
        );
        assert!(report.text.starts_with("==3767==ERROR"), "without what came before it");
        assert!(report.text.ends_with("==ABORTING"));
    }

    #[test]
    fn memory_that_is_used_after_it_was_freed_is_no_race_whoever_finds_it() {
        let found = "WARNING: ThreadSanitizer: heap-use-after-free (pid=30287)\n    #0 a::b /w/src/lib.rs:9:26 (a+0x2)\n";
        let report = find_sanitizer_report(found).unwrap();
        assert_eq!(
            (report.kind, report.what.as_str()),
            (ReportKind::Memory, "heap-use-after-free")
        );
        assert_eq!(report.frames, [("/w/src/lib.rs".to_owned(), 9)]);
    }

    #[test]
    fn a_leak_is_told_by_its_sum() {
        let report = find_sanitizer_report(LEAKED).unwrap();
        assert_eq!(report.kind, ReportKind::Leak);
        assert_eq!(report.what, "100 byte(s) leaked in 1 allocation(s)");
        assert_eq!(report.frames.last(), Some(&("/w/src/lib.rs".to_owned(), 8)));
    }

    #[test]
    fn a_race_has_its_kind_and_the_frames_of_both_threads() {
        let report = find_sanitizer_report(RACE).unwrap();
        assert_eq!((report.kind, report.what.as_str()), (ReportKind::Race, "data race"));
        let frames: Vec<_> =
            report.frames.iter().map(|(file, line)| (file.as_str(), *line)).collect();
        assert_eq!(
            frames,
            [
                ("/rustc/e50/library/core/src/ptr/mod.rs", 9),
                ("/w/src/lib.rs", 9),
                ("/w/src/lib.rs", 12)
            ]
        );
        assert!(report.text.ends_with("reported 1 warnings"));
    }

    #[test]
    fn other_errors_are_told_without_addresses() {
        for (line, what) in [
            ("==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 0x55)", "SEGV"),
            (
                "==1==ERROR: AddressSanitizer: attempting double-free on 0x60 in thread T1:",
                "attempting double-free",
            ),
            (
                "==1==ERROR: AddressSanitizer: alloc-dealloc-mismatch (malloc vs operator delete) on 0x6",
                "alloc-dealloc-mismatch (malloc vs operator delete)",
            ),
            ("==1==ERROR: LeakSanitizer: detected memory leaks", "detected memory leaks"),
        ] {
            assert_eq!(find_sanitizer_report(line).unwrap().what, what, "{line}");
        }
    }

    #[test]
    fn words_like_those_of_a_report_are_none() {
        for text in [
            "",
            "ERROR: AddressSanitizer: heap-use-after-free",
            "====ERROR: AddressSanitizer: x",
            "==x==ERROR: AddressSanitizer: x",
            "==1==ERROR: MySanitizer: x",
            "note: WARNING: ThreadSanitizer: data race",
            "assertion failed: ==1==ERROR: AddressSanitizer: x",
        ] {
            assert_eq!(find_sanitizer_report(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_after_the_head_is_a_bounded_report(said in ".{0,80}", rest in "(.{0,60}\n){0,9}") {
            let text = format!("before\n==7==ERROR: AddressSanitizer: {said}\n{rest}");
            let report = find_sanitizer_report(&text).unwrap();
            prop_assert!(report.text.len() <= DETAIL + 64);
            prop_assert!(report.frames.len() <= FRAMES);
        }
    }
}
