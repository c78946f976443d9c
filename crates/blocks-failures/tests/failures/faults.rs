//! What is the machine's fault, and what the code's.

use blocks_failures::{Fault, Kind};
use blocks_gates::{Cause, Code};
use blocks_stages::Table;

use crate::fixture::{cause, failure};

fn of(code: Code, message: &str) -> (Kind, Option<Fault>) {
    let failure = failure("test", cause(code, message));
    (failure.kind, failure.fault)
}

const MACHINE: [(Code, &str, Option<Fault>); 18] = [
    (Code::NoAnswer, "a signal ended it: `cargo` was ended by signal 9", Some(Fault::Killed)),
    (Code::NoAnswer, "a signal ended it: `cargo` was ended by signal 15", Some(Fault::Killed)),
    // A tool that breaks down by itself: nobody knows why.
    (Code::NoAnswer, "a signal ended it: `cargo` was ended by signal 11", None),
    (
        Code::NoAnswer,
        "a signal ended it: `x` ended with exit status 137, which is no answer of it",
        Some(Fault::Killed),
    ),
    (
        Code::NoAnswer,
        "process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)",
        Some(Fault::Killed),
    ),
    (
        Code::NoAnswer,
        "process didn't exit successfully: `rustc` (signal: 11, SIGSEGV: invalid memory reference)",
        None,
    ),
    (
        Code::NoAnswer,
        "it ran out of time: not done after 60s, the limit of resources.timeout_minutes",
        Some(Fault::TimedOut),
    ),
    (
        Code::NoAnswer,
        "a tool is missing: `cargo-deny` is not on this machine",
        Some(Fault::ToolMissing),
    ),
    (
        Code::NoAnswer,
        "error: failed to write x: No space left on device (os error 28)",
        Some(Fault::OutOfDisk),
    ),
    (Code::NoAnswer, "rustc-LLVM ERROR: out of memory", Some(Fault::OutOfMemory)),
    (Code::NoAnswer, "error: failed to download `a v1.0.0`", Some(Fault::Network)),
    (
        Code::NoAnswer,
        "a tool failed: `cargo x` ended with status 3, which is no answer: see its log",
        None,
    ),
    (Code::NoAnswer, "it was interrupted: interrupted", None),
    (Code::EvidenceChanged, "junit.xml was changed", Some(Fault::Evidence)),
    (Code::EvidenceMalformed, "junit.xml: not XML", Some(Fault::Evidence)),
    // It is absent for what the tools said, which is told of elsewhere.
    (Code::EvidenceAbsent, "coverage.json is absent: the tools ended with status 101", None),
    (Code::RecordAbsent, "there is no record at x", None),
    (Code::TestFailed, "a t: process aborted with signal 9 (SIGKILL)", Some(Fault::Killed)),
];

#[test]
fn what_is_known_of_the_machine_is_said_and_no_more() {
    for (code, message, fault) in MACHINE {
        assert_eq!(of(code, message), (Kind::Machine, fault), "{message}");
    }
}

#[test]
fn what_a_test_does_is_the_codes() {
    let said = [
        "a t: process aborted with signal 11 (SIGSEGV)",
        "a t: process aborted with signal 6 (SIGABRT)",
        "a t: process aborted with signal 90",
        "a t: No space left on device (os error 28)",
        "process aborted with signal 9: process aborted",
        "a t: assertion failed: process aborted with signal 9 (SIGKILL)",
        "a t: process aborted with signal 9 is what I say",
    ];
    for message in said {
        assert_eq!(of(Code::TestFailed, message), (Kind::Code, None), "{message}");
    }
    // It fails by itself, and has a place.
    let panics = Cause {
        file: Some("a.rs".to_owned()),
        ..cause(Code::TestFailed, "a t: process aborted with signal 9 (SIGKILL)")
    };
    assert_eq!(failure("test", panics).kind, Kind::Code);
    assert_eq!(of(Code::CompileError, "failed to download `a`"), (Kind::Code, None));
}

#[test]
fn each_row_of_the_table_is_of_a_known_fault() {
    let faults = &Table::embedded().faults;
    assert!(!faults.is_empty());
    for row in faults {
        let (_, fault) = of(Code::NoAnswer, &format!("it ended: {}", row.reason));
        let wanted = if row.ended == "killed" { Fault::Killed } else { Fault::OutOfDisk };
        assert_eq!(fault, Some(wanted), "{}", row.reason);
        // A gate shows the line itself where it reads the log.
        let (_, fault) = of(Code::NoAnswer, &format!("{}x{}", row.begins, row.holds));
        assert_eq!(fault, Some(wanted), "{}", row.begins);
    }
}
