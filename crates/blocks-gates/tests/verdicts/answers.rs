//! What the gates say of whole records.

use crate::evidence::*;
use crate::fixture::Fixture;
use blocks_gates::{Code, MOST_CAUSES, Measure, Outcome, Verdict};
use blocks_stages::Table;

/// The verdict in a few lines, as a person would check it.
fn shown(verdict: &Verdict) -> String {
    let mut lines = vec![format!("{:?}: {}", verdict.outcome, verdict.summary)];
    for cause in &verdict.causes {
        let file = cause.file.as_deref().unwrap_or("-");
        let line = cause.line.map_or("-".to_owned(), |line| line.to_string());
        lines.push(format!("{file}:{line} {}: {}", cause.code, cause.message));
        lines.extend(cause.repeat.iter().map(|repeat| format!("    {repeat}")));
    }
    lines.join("\n")
}

fn of(stage: &str, exit: i32, files: &[(&str, &str)]) -> Verdict {
    Fixture::new(stage, exit, files).judge()
}

#[test]
fn every_stage_has_a_record_that_passes_and_one_that_fails() {
    for stage in Table::embedded().stage_ids() {
        let pass = Fixture::passing(stage).judge();
        assert_eq!(
            (pass.outcome, pass.causes.as_slice()),
            (Outcome::Pass, &[][..]),
            "{stage}: {pass:?}"
        );
        assert_eq!(
            (pass.stage.as_str(), pass.unit.as_str(), pass.repeat),
            (stage, "workspace", None)
        );
        let fail = Fixture::failing(stage).judge();
        assert_eq!(fail.outcome, Outcome::Fail, "{stage}: {fail:?}");
        assert!(!fail.causes.is_empty() && fail.repeat.is_some(), "{stage}: {fail:?}");
    }
}

#[test]
fn formatting_names_files_and_lines() {
    insta::assert_snapshot!(shown(&Fixture::failing("fmt").judge()), @r"
    Fail: 1 syntax error, 2 files are not formatted
    a/src/crlf.rs:- unformatted: the file is not formatted
    a/src/lib.rs:17 unformatted: the file is not formatted
    b/src/lib.rs:1 syntax-error: this file contains an unclosed delimiter
    ");
    let verdict = of("fmt", 1, &[("fmt.diff", DIFF), ("fmt.stderr", "")]);
    assert_eq!(verdict.measure, Some(Measure::Findings { count: 2 }));
    let details: Vec<_> = verdict.causes.iter().map(|cause| cause.detail.as_deref()).collect();
    assert_eq!(details, [Some("only the kind of line end differs"), Some("lines 17, 40")]);
    assert_eq!(Fixture::passing("fmt").judge().summary, "all files are formatted");
}

#[test]
fn a_module_without_its_file_fails_and_a_cargo_that_cannot_start_is_no_verdict() {
    let text =
        "Error writing files: failed to resolve mod `gone`: /workspace/gone.rs does not exist\n";
    let verdict = of("fmt", 1, &[("fmt.diff", ""), ("fmt.stderr", text)]);
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::SyntaxError));
    let verdict = of("fmt", 1, &[("fmt.diff", ""), ("fmt.stderr", "error: no such command\n")]);
    assert_eq!(verdict.outcome, Outcome::NoVerdict);
    assert_eq!(
        verdict.summary,
        "no verdict: the tools ended with status 1, but rustfmt names no file"
    );
}

#[test]
fn diagnostics_name_lints_and_errors_once_and_leave_out_warnings_of_dependencies() {
    insta::assert_snapshot!(shown(&Fixture::failing("clippy").judge()), @r"
    Fail: 3 compile errors, 1 lint
    a/src/lib.rs:2 compile-error: mismatched types (E0308)
    a/src/lib.rs:5 compile-error: expected `;`
    a/src/lib.rs:9 compile-error: too old (in registry+https://example.org/index#dep@1.0.0)
    a/src/lib.rs:23 lint: length comparison to zero (clippy::len_zero)
    ");
    insta::assert_snapshot!(shown(&Fixture::failing("docs").judge()), @r"
    Fail: 1 documentation warning
    a/src/lib.rs:28 doc-warning: unresolved link to `nope` (rustdoc::broken_intra_doc_links)
    ");
    assert_eq!(Fixture::passing("clippy").judge().summary, "no findings");
}

#[test]
fn a_denied_lint_is_a_lint() {
    let verdict = of("clippy", 101, &[("clippy.jsonl", MESSAGES_DENIED)]);
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::Lint));
    assert_eq!(verdict.causes[0].detail.as_deref(), Some("4 | x();\n  | ^"));
}

#[test]
fn tests_name_each_failure_and_how_to_repeat_it() {
    let verdict = Fixture::failing("test").judge();
    insta::assert_snapshot!(shown(&verdict), @r"
    Fail: 2 failed, 1 passed
    a/src/lib.rs:9 test-failed: a tests::bad: assertion `left == right` failed
        cargo nextest run --workspace -E 'binary_id(=a) & test(=tests::bad)'
    -:- test-failed: a tests::gone: could not start
        cargo nextest run --workspace -E 'binary_id(=a) & test(=tests::gone)'
    ");
    let detail = verdict.causes[0].detail.as_deref().unwrap();
    assert_eq!(detail, "assertion `left == right` failed\n  left: 1\n right: 2\n\nhi");
    assert_eq!(verdict.repeat.as_deref(), Some("cargo nextest run --workspace"));
    assert!((verdict.seconds - 1.5).abs() < f64::EPSILON);
    let pass = Fixture::passing("test").judge();
    assert_eq!(pass.summary, "2 passed, 1 skipped");
    let measure = Measure::Tests { passed: 2, failed: 0, flaky: 0, quarantined: 0, skipped: 1 };
    assert_eq!(pass.measure, Some(measure));
}

#[test]
fn a_panic_in_the_standard_library_has_no_place() {
    let junit =
        JUNIT_FAILED.replace("a/src/lib.rs:9", "/rustc/59807616e1/library/core/src/option.rs:9");
    let verdict = of("test", 100, &[("junit.xml", &junit), ("coverage.json", COVERAGE_LOW)]);
    assert!(verdict.causes.iter().all(|cause| cause.file.is_none()));
}

#[test]
fn tests_that_do_not_compile_fail_with_the_compilers_errors_and_have_no_coverage() {
    insta::assert_snapshot!(shown(&of("test", 101, &[("log", COMPILE_ERROR)])), @r"
    Fail: the tests do not compile: 1 error
    b/src/lib.rs:2 compile-error: mismatched types (E0308)
    ");
    insta::assert_snapshot!(shown(&of("coverage", 101, &[("log", COMPILE_ERROR)])), @r"
    NoVerdict: no verdict: coverage.json is absent: the tools ended with status 101
    -:- evidence-absent: coverage.json is absent: the tools ended with status 101
    ");
}

#[test]
fn a_build_that_the_machine_ended_is_no_verdict() {
    let killed = "error: could not compile `b` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)\n";
    for verdict in [
        of("test", 101, &[("log", killed)]),
        of("doctest", 101, &[("doctest.txt", ""), ("doctest.stderr", killed)]),
    ] {
        assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
    }
    let verdict = of("test", 101, &[("log", "nothing to see")]);
    assert_eq!(
        verdict.summary,
        "no verdict: the tools ended with status 101, but the log has no compiler error"
    );
    assert_eq!(of("test", 101, &[]).causes[0].code, Code::EvidenceAbsent);
}

#[test]
fn coverage_compares_exactly_and_shows_what_is_missing() {
    let verdict = Fixture::failing("coverage").judge();
    insta::assert_snapshot!(shown(&verdict), @r"
    Fail: 94.9 % of lines (95 % wanted)
    a.rs:400 coverage-below-threshold: tests run 399 of 400 lines
    z.rs:4 coverage-below-threshold: tests run 450 of 500 lines
    ");
    assert_eq!(verdict.causes[1].detail.as_deref(), Some("not run: z.rs:4-6, 9, 455-500"));
    assert_eq!(
        verdict.measure,
        Some(Measure::Coverage { covered: 949, count: 1000, threshold: 95.0 })
    );
    let mut fixture = Fixture::failing("coverage");
    fixture.config.test.coverage_threshold = "94.9".parse().unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Pass);
    assert_eq!(fixture.judge().summary, "94.9 % of lines (94.9 % wanted)");
    assert!(fixture.judge().seconds.abs() < f64::EPSILON, "the tests' record took the time");
    fixture.config.test.coverage_threshold = "94.900001".parse().unwrap();
    assert_eq!(fixture.judge().outcome, Outcome::Fail);
}

#[test]
fn examples_name_file_line_and_how_to_repeat_them() {
    insta::assert_snapshot!(shown(&Fixture::failing("doctest").judge()), @r"
    Fail: 1 failed, 1 passed
    a/src/lib.rs:9 doctest-failed: a/src/lib.rs - two (line 9): assertion `left == right` failed
        cargo test --workspace --doc -- a/src/lib.rs
    ");
    let pass = Fixture::passing("doctest").judge();
    assert_eq!(pass.summary, "1 passed, 1 ignored");
    let measure = Measure::Tests { passed: 1, failed: 0, flaky: 0, quarantined: 0, skipped: 1 };
    assert_eq!(pass.measure, Some(measure));
    let verdict = of("doctest", 101, &[("doctest.txt", ""), ("doctest.stderr", COMPILE_ERROR)]);
    insta::assert_snapshot!(shown(&verdict), @r"
    Fail: 1 compile error, 0 passed
    b/src/lib.rs:2 compile-error: mismatched types (E0308)
    ");
}

#[test]
fn nothing_to_ask_is_not_applicable() {
    let no_library = "error: no library targets found in package `b`\n";
    let ignored = DOCTEST_NOTHING
        .replace("running 0 tests\n", "running 1 test\ntest a ... ignored\n")
        .replace("0 ignored", "1 ignored");
    for (verdict, why) in [
        (of("clippy", 0, &[("clippy.jsonl", MESSAGES_NOTHING)]), "there is no target for this"),
        (of("test", 0, &[("junit.xml", JUNIT_NOTHING)]), "there are no tests"),
        (of("test", 0, &[("junit.xml", JUNIT_SKIPPED)]), "no test was run, 1 skipped"),
        (
            of("coverage", 0, &[("coverage.json", COVERAGE_NOTHING)]),
            "there are no lines of code that can be counted",
        ),
        (
            of(
                "doctest",
                0,
                &[("doctest.txt", DOCTEST_NOTHING), ("doctest.stderr", DOCTEST_STDERR)],
            ),
            "there are no documentation tests",
        ),
        (
            of("doctest", 0, &[("doctest.txt", &ignored), ("doctest.stderr", DOCTEST_STDERR)]),
            "no documentation test was run, 1 ignored",
        ),
        (
            of("doctest", 101, &[("doctest.txt", ""), ("doctest.stderr", no_library)]),
            "there is no library",
        ),
    ] {
        assert_eq!((verdict.outcome, verdict.summary.as_str()), (Outcome::NotApplicable, why));
    }
}

#[test]
fn a_line_that_imitates_a_missing_library_does_not_hide_a_compile_error() {
    let text = format!("error: no library targets found in package `b`\n\n{COMPILE_ERROR}");
    let verdict = of("doctest", 101, &[("doctest.txt", ""), ("doctest.stderr", &text)]);
    assert_eq!(verdict.outcome, Outcome::Fail);
}

#[test]
fn many_causes_are_counted_and_the_first_are_listed() {
    let count = MOST_CAUSES + 10;
    let files = (0..count).map(|n| format!("Diff in /workspace/{n:04}.rs:1:\n-a\n+b\n"));
    let diff = files.collect::<Vec<_>>().concat();
    let verdict = of("fmt", 1, &[("fmt.diff", &diff), ("fmt.stderr", "")]);
    assert_eq!((verdict.causes.len(), verdict.more_causes), (MOST_CAUSES, 10));
    assert_eq!(verdict.causes[49].file.as_deref(), Some("0049.rs"));
    assert_eq!(verdict.measure, Some(Measure::Findings { count: count as u64 }));
}
