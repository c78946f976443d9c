//! Which causes are one, and which are two.

use blocks_failures::failures;
use blocks_gates::{Cause, Code};

use crate::fixture::{cause, failure, signature, verdict};

type Said = (&'static str, Code, &'static str);

const fn said(stage: &'static str, code: Code, message: &'static str) -> Said {
    (stage, code, message)
}

/// These are one.
const ONE: [[Said; 2]; 27] = [
    // A compile error in each stage that compiles, in each member, set of features and version.
    [
        said("test", Code::CompileError, "mismatched types (E0308)"),
        said("clippy", Code::CompileError, "mismatched types (E0308)"),
    ],
    [
        said("docs", Code::CompileError, "cannot find value `x` in this scope (E0425)"),
        said(
            "features",
            Code::FeatureError,
            "a with --features x and 2 more: cannot find value `x` in this scope (E0425)",
        ),
    ],
    [
        said("build", Code::CompileError, "mismatched types (E0308)"),
        said("msrv", Code::MsrvBroken, "shapes by Rust 1.70.0: mismatched types (E0308)"),
    ],
    [
        said("features", Code::FeatureError, "a with --features x: mismatched types (E0308)"),
        said(
            "features",
            Code::FeatureError,
            "b with --no-default-features: mismatched types (E0308)",
        ),
    ],
    // A lint that is denied has its name in cargo's messages, and none in a text for people.
    [
        said("clippy", Code::Lint, "unused variable: `x` (unused_variables)"),
        said("test", Code::CompileError, "unused variable: `x`"),
    ],
    [
        said(
            "docs",
            Code::DocWarning,
            "unresolved link to `Foo` (rustdoc::broken_intra_doc_links)",
        ),
        said("doc-coverage", Code::CompileError, "unresolved link to `Foo`"),
    ],
    [
        said(
            "clippy",
            Code::Lint,
            "this function has too many lines (120/100) (clippy::too_many_lines)",
        ),
        said(
            "clippy",
            Code::Lint,
            "this function has too many lines (131/100) (clippy::too_many_lines)",
        ),
    ],
    [
        said(
            "test",
            Code::CompileError,
            "couldn't read `/build/source/a/src/x.txt`: No such file or directory (os error 2)",
        ),
        said(
            "clippy",
            Code::CompileError,
            "couldn't read `/home/me/ws/a/src/x.txt`: No such file or directory (os error 2)",
        ),
    ],
    [
        said(
            "test",
            Code::CompileError,
            "expected a closure, found `{closure@a/src/lib.rs:3:5: 3:8}`",
        ),
        said(
            "test",
            Code::CompileError,
            "expected a closure, found `{closure@a/src/lib.rs:13:5: 13:8}`",
        ),
    ],
    // A test, with what another run prints in the place of numbers, paths and addresses.
    [
        said(
            "test",
            Code::TestFailed,
            "smp tests::fails: thread 'tests::fails' (28218) panicked at src/lib.rs:31:18",
        ),
        said(
            "test",
            Code::TestFailed,
            "smp tests::fails: thread 'tests::fails' (28241) panicked at src/lib.rs:33:18",
        ),
    ],
    [
        said("test", Code::TestFailed, "a t: took 1.2s, and 500ms are allowed"),
        said("test", Code::TestFailed, "a t: took 998ms, and 500ms are allowed"),
    ],
    [
        said("test", Code::TestFailed, "a t: cannot open \"/tmp/.tmpAb12Cd/x.txt\": gone"),
        said("test", Code::TestFailed, "a t: cannot open \"/build/.tmpZZZZZZ/x.txt\": gone"),
    ],
    [
        said("test", Code::TestFailed, "a t: cannot open \"/tmp/.tmpAb12Cd/x.txt\": gone"),
        said(
            "test",
            Code::TestFailed,
            "a t: cannot open \"C:\\Users\\x\\AppData\\Local\\Temp\\y\\x.txt\": gone",
        ),
    ],
    [
        said(
            "test",
            Code::TestFailed,
            "a t: ThreadId(3) at 0x7ffd5e8a has 67e55044-10b1-426f-9247-bb680e5fe0c8",
        ),
        said(
            "test",
            Code::TestFailed,
            "a t: ThreadId(12) at 0x55c0 has 00000000-10b1-426f-9247-bb680e5fe0c8",
        ),
    ],
    [
        said(
            "test",
            Code::TestFailed,
            "a t: no answer of 127.0.0.1:41234 at 2026-11-28T00:13:23.123Z",
        ),
        said("test", Code::TestFailed, "a t: no answer of 127.0.0.1:9 at 2025-01-02T10:00:00Z"),
    ],
    [
        said("test", Code::TestFailed, "a t: \u{1b}[31mleft\u{1b}[0m is not right"),
        said("test", Code::TestFailed, "a t: left is not right"),
    ],
    [
        said("doctest", Code::DoctestFailed, "src/lib.rs - two (line 25): mismatched types"),
        said("doctest", Code::DoctestFailed, "src/lib.rs - two (line 31): mismatched types"),
    ],
    [
        said(
            "miri",
            Code::UndefinedBehavior,
            "a t: constructing invalid value at 0x1234: a null reference",
        ),
        said(
            "miri",
            Code::UndefinedBehavior,
            "a t: constructing invalid value at 0xabcd: a null reference",
        ),
    ],
    // What is measured, by whatever it misses.
    [
        said(
            "coverage",
            Code::CoverageBelowThreshold,
            "tests run 40 of 50 lines (95 % of each file wanted)",
        ),
        said(
            "coverage",
            Code::CoverageBelowThreshold,
            "tests run 41 of 51 lines (95 % of each file wanted)",
        ),
    ],
    [
        said(
            "instructions",
            Code::InstructionsGrew,
            "a: the benchmark fib/20 takes 120 instructions, 20 more than the 100",
        ),
        said(
            "instructions",
            Code::InstructionsGrew,
            "a: the benchmark fib/20 takes 140 instructions, 40 more than the 100",
        ),
    ],
    // A machine that has no disk fails whatever runs on it.
    [
        said("test", Code::NoAnswer, "a tool failed: the disk is full"),
        said(
            "docs",
            Code::NoAnswer,
            "error: cannot write x: No space left on device (os error 28)",
        ),
    ],
    [
        said("advisories", Code::NoAnswer, "failed to download `a v1.0.0`"),
        said("deny", Code::NoAnswer, "failed to get `b` as a dependency of package `c v2.0.0`"),
    ],
    [
        said(
            "deny",
            Code::NoAnswer,
            "a tool is missing: cargo-deny is not on this machine: `cargo blocks doctor` says how to add it",
        ),
        said(
            "advisories",
            Code::NoAnswer,
            "a tool is missing: cargo-deny is not on this machine: `cargo blocks doctor` says how to add it",
        ),
    ],
    [
        said(
            "test",
            Code::NoAnswer,
            "it ran out of time: not done after 1800s, the limit of resources.timeout_minutes",
        ),
        said(
            "test",
            Code::NoAnswer,
            "it ran out of time: not done after 60s, the limit of resources.timeout_minutes",
        ),
    ],
    [
        said(
            "docs",
            Code::RecordAbsent,
            "there is no record at /home/a/target/blocks/records/docs/workspace",
        ),
        said(
            "docs",
            Code::RecordAbsent,
            "there is no record at /home/b/x/target/blocks/records/docs/workspace",
        ),
    ],
    [
        said("own", Code::CommandFailed, "`make check -j4` ended with status 2"),
        said("own", Code::CommandFailed, "`make check -j4` ended with status 2"),
    ],
    [
        said("fmt", Code::Unformatted, "the file is not formatted"),
        said("fmt", Code::Unformatted, "the file is not formatted"),
    ],
];

/// These are two.
const TWO: [[Said; 2]; 27] = [
    [
        said("test", Code::CompileError, "mismatched types (E0308)"),
        said("test", Code::CompileError, "cannot find value `x` in this scope (E0425)"),
    ],
    [
        said("test", Code::CompileError, "expected `u32`, found `u64`"),
        said("test", Code::CompileError, "expected `u64`, found `u32`"),
    ],
    [
        said("test", Code::CompileError, "expected u32"),
        said("test", Code::CompileError, "expected u64"),
    ],
    [
        said(
            "test",
            Code::CompileError,
            "this function takes 3 arguments but 2 arguments were supplied (E0061)",
        ),
        said(
            "test",
            Code::CompileError,
            "this function takes 3 arguments but 4 arguments were supplied (E0061)",
        ),
    ],
    [
        said("test", Code::CompileError, "cannot find value `x1` in this scope (E0425)"),
        said("test", Code::CompileError, "cannot find value `x2` in this scope (E0425)"),
    ],
    [
        said(
            "test",
            Code::CompileError,
            "expected an array with a size of 3, found one with a size of 4",
        ),
        said(
            "test",
            Code::CompileError,
            "expected an array with a size of 3, found one with a size of 5",
        ),
    ],
    [
        said("test", Code::CompileError, "couldn't read `/build/source/a/src/x1.txt`"),
        said("test", Code::CompileError, "couldn't read `/build/source/a/src/x2.txt`"),
    ],
    [
        said("clippy", Code::Lint, "long literal lacking separators (clippy::unreadable_literal)"),
        said(
            "clippy",
            Code::Lint,
            "mistyped literal suffix: did you mean `_i32` (clippy::mistyped_literal_suffixes)",
        ),
    ],
    [
        said(
            "clippy",
            Code::Lint,
            "casting `u64` to `f32` causes a loss of precision (clippy::cast_precision_loss)",
        ),
        said(
            "clippy",
            Code::Lint,
            "casting `u64` to `f64` causes a loss of precision (clippy::cast_precision_loss)",
        ),
    ],
    // What is in brackets is a name of a lint, or it is a part of what is said.
    [said("clippy", Code::Lint, "unused (a)"), said("clippy", Code::Lint, "unused (b)")],
    [
        said("clippy", Code::CompileError, "no method `x` (in left 1.0.0)"),
        said("clippy", Code::CompileError, "no method `x` (in right 1.0.0)"),
    ],
    // Tests are told apart by their names, whatever they say.
    [
        said("test", Code::TestFailed, "a case_1: assertion failed"),
        said("test", Code::TestFailed, "a case_2: assertion failed"),
    ],
    [
        said("test", Code::TestFailed, "a sizes::16: assertion failed"),
        said("test", Code::TestFailed, "a sizes::32: assertion failed"),
    ],
    [
        said("test", Code::TestFailed, "a::x t: assertion failed"),
        said("test", Code::TestFailed, "a::y t: assertion failed"),
    ],
    [
        said("test", Code::TestFailed, "a t: assertion failed"),
        said("test", Code::TestFlaky, "a t: assertion failed"),
    ],
    [
        said("test", Code::TestFailed, "a t: process aborted with signal 11 (SIGSEGV)"),
        said("test", Code::TestFailed, "a t: process aborted with signal 6 (SIGABRT)"),
    ],
    [
        said("test", Code::TestFailed, "a t: exit status: 1"),
        said("test", Code::TestFailed, "a t: exit status: 101"),
    ],
    [
        said("test", Code::TestFailed, "a t: Os { code: 2, kind: NotFound }"),
        said("test", Code::TestFailed, "a t: Os { code: 13, kind: PermissionDenied }"),
    ],
    [
        said("test", Code::TestFailed, "a t: no field `x1`"),
        said("test", Code::TestFailed, "a t: no field `x2`"),
    ],
    [
        said("doctest", Code::DoctestFailed, "src/lib.rs - one (line 25): mismatched types"),
        said("doctest", Code::DoctestFailed, "src/lib.rs - two (line 25): mismatched types"),
    ],
    [
        said("test", Code::TestFailed, "a t: assertion failed"),
        said("memory", Code::MemoryError, "a t: assertion failed"),
    ],
    [
        said(
            "instructions",
            Code::InstructionsGrew,
            "a: the benchmark fib/20 takes 120 instructions",
        ),
        said(
            "instructions",
            Code::InstructionsGrew,
            "a: the benchmark fib/30 takes 120 instructions",
        ),
    ],
    [
        said("advisories", Code::AdvisoryVulnerability, "time 0.1.43: a title (RUSTSEC-2020-0071)"),
        said("advisories", Code::AdvisoryVulnerability, "time 0.1.43: a title (RUSTSEC-2020-0072)"),
    ],
    [
        said("semver", Code::SemverBreak, "a: function moved: `f1` (function_missing)"),
        said("semver", Code::SemverBreak, "a: function moved: `f2` (function_missing)"),
    ],
    [
        said("mutants", Code::MutantMissed, "replace f -> u8 with 0"),
        said("mutants", Code::MutantMissed, "replace f -> u8 with 1"),
    ],
    // What stopped a stage may be that stage's own.
    [
        said("test", Code::NoAnswer, "it ran out of time: not done after 60s"),
        said("docs", Code::NoAnswer, "it ran out of time: not done after 60s"),
    ],
    [
        said("deny", Code::NoAnswer, "a tool is missing: cargo-deny is not on this machine"),
        said("deny", Code::NoAnswer, "a tool is missing: cargo-nextest is not on this machine"),
    ],
];

fn of((stage, code, message): Said) -> String {
    signature(stage, code, message)
}

#[test]
fn these_are_one() {
    for [one, other] in ONE {
        assert_eq!(of(one), of(other), "{one:?} and {other:?}");
    }
}

#[test]
fn these_are_two() {
    for [one, other] in TWO {
        assert_ne!(of(one), of(other), "{one:?} and {other:?}");
    }
}

/// Signatures are kept in issues and mails: another one of the same cause is told of anew. Who changes a rule has to know.
#[test]
fn a_signature_is_the_same_for_ever() {
    let pinned = [
        (said("test", Code::CompileError, "mismatched types (E0308)"), "2128488e13b80c11"),
        (said("test", Code::TestFailed, "a t: took 1.2s at /tmp/x/y.txt"), "cb8e7739a18ad7f1"),
        (said("coverage", Code::CoverageFell, "tests run 4 of 5 lines"), "04e20608a00a4107"),
        (said("test", Code::NoAnswer, "a tool failed: the disk is full"), "aa37b55cfcb2b9c1"),
        (said("fmt", Code::Unformatted, "the file is not formatted"), "229465e3b66eea27"),
    ];
    for (said, wanted) in pinned {
        assert_eq!(of(said), wanted, "{said:?}");
    }
}

#[test]
fn a_cause_of_many_stages_and_members_is_told_once() {
    let error = |unit: &str, line| Cause {
        unit: Some(unit.to_owned()),
        file: Some("a/src/lib.rs".to_owned()),
        line: Some(line),
        ..cause(Code::CompileError, "mismatched types (E0308)")
    };
    let all = failures(&[
        verdict("test", vec![error("b", 3), error("a", 3), error("a", 9)]),
        verdict("clippy", vec![error("a", 3)]),
        verdict("docs", vec![error("a", 3), cause(Code::CompileError, "another")]),
    ]);
    let found: Vec<_> =
        all.iter().map(|it| (it.stages.join(" "), it.units.join(" "), it.count)).collect();
    let of = |stages: &str, units: &str, count| (stages.to_owned(), units.to_owned(), count);
    assert_eq!(found, [of("test clippy docs", "a b", 3), of("docs", "", 1)]);
    assert_eq!(all[0].line, Some(3));
}

#[test]
fn a_line_and_a_file_are_no_part_of_a_signature() {
    let at = |line| Cause {
        file: Some("a.rs".to_owned()),
        line: Some(line),
        ..cause(Code::TestFailed, "a t: no")
    };
    assert_eq!(failure("test", at(1)).signature, failure("test", at(2)).signature);
}
