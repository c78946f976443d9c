//! Small evidence in the form of the tools.

pub type Files = Vec<(&'static str, &'static str)>;

pub fn passing(stage: &str) -> (i32, Files) {
    match stage {
        "fmt" => (0, vec![("fmt.diff", ""), ("fmt.stderr", "")]),
        "clippy" => (0, vec![("clippy.jsonl", MESSAGES_CLEAN)]),
        "docs" => (0, vec![("docs.jsonl", MESSAGES_CLEAN)]),
        "test" => (0, vec![("junit.xml", JUNIT_PASSED), ("coverage.json", COVERAGE_HIGH)]),
        "coverage" => (100, vec![("junit.xml", JUNIT_FAILED), ("coverage.json", COVERAGE_HIGH)]),
        "doctest" => (0, vec![("doctest.txt", DOCTEST_PASSED), ("doctest.stderr", DOCTEST_STDERR)]),
        "examples" => (0, vec![("examples.json", EXAMPLES_PASSED)]),
        "doc-coverage" => {
            (0, vec![("doc-coverage.jsonl", DOCS_COUNTED), ("doc-coverage.stderr", DOCS_STDERR)])
        }
        "unsafe" => (0, vec![("unsafe.jsonl", MESSAGES_UNSAFE)]),
        "properties" | "memory" | "thread" | "miri" => (0, vec![("junit.xml", JUNIT_PASSED)]),
        "loom" => (0, vec![("junit.xml", JUNIT_PASSED), ("models.xml", MODELS_BEGUN)]),
        "features" | "powerset" => {
            (0, vec![("features.jsonl", BUILDS), ("features.stderr", HACK_PASSED)])
        }
        "msrv" => {
            (0, vec![("runs.txt", RUNS), ("msrv.jsonl", MESSAGES_CLEAN), ("msrv.stderr", "")])
        }
        "deps" => (0, vec![("deny.jsonl", DENY_DOUBLE)]),
        "advisories" => {
            (0, vec![("database.txt", DATABASE), ("advisories.jsonl", ADVISORIES_NONE)])
        }
        "unused-deps" => (
            0,
            vec![
                ("metadata.json", METADATA),
                ("unused.txt", MACHETE_NONE),
                ("unused.stderr", MACHETE_DONE),
            ],
        ),
        "package" => (
            0,
            vec![
                ("metadata.json", METADATA),
                ("packages.txt", PACKAGES),
                ("package.stderr", PACKED),
            ],
        ),
        "sbom" => (0, vec![("metadata.json", GRAPH), ("boms.txt", BOMS)]),
        "size" => (
            0,
            vec![
                ("size.jsonl", MESSAGES_PROGRAMS),
                ("sizes.txt", SIZES),
                ("closures.txt", CLOSURES),
                ("timings.html", TIMINGS),
            ],
        ),
        "instructions" => (0, benchmarks(BENCHMARKS)),
        "time" => (0, vec![("times.json", TIMES_SAME)]),
        "semver" => (
            0,
            vec![
                ("metadata.json", METADATA),
                ("changelogs.txt", CHANGELOGS),
                ("semver.txt", SEMVER_KEPT),
            ],
        ),
        "readme" => (0, pages(PAGES_CURRENT)),
        "book" => (0, book("")),
        "spelling" => (0, vec![("spelling.jsonl", ""), ("files.txt", LOOKED_INTO)]),
        "toml-format" => (0, vec![("toml.stderr", TAPLO_PASSED), ("toml.diffs", "")]),
        "nix-format" => (0, vec![("nixfmt.txt", NIXFMT_PASSED), ("nix.diffs", "")]),
        "nix-lint" => (0, vec![("deadnix.jsonl", ""), ("files.txt", NIX_FILES)]),
        "mutants" => (0, vec![("mutants.json", MUTANTS_CAUGHT)]),
        "workflows" => (0, vec![("workflows.json", "[]"), ("workflows.stderr", ZIZMOR_SAID)]),
        other => panic!("stage {other} has no passing fixture"),
    }
}

fn pages(pages: &'static str) -> Files {
    vec![("metadata.json", METADATA_SMALL), ("pages.txt", pages), ("helps.txt", HELPS)]
}

fn book(links: &'static str) -> Files {
    vec![("book.stderr", BOOK_WRITTEN), ("files.txt", BOOK_PAGES), ("links.txt", links)]
}

fn benchmarks(counted: &'static str) -> Files {
    vec![("bench.jsonl", MESSAGES_BENCHES), ("benchmarks.txt", counted), ("others.txt", "")]
}

pub fn failing(stage: &str) -> (i32, Files) {
    match stage {
        "fmt" => (1, vec![("fmt.diff", DIFF), ("fmt.stderr", SYNTAX_ERROR)]),
        "clippy" => (101, vec![("clippy.jsonl", MESSAGES_FAILED)]),
        "docs" => (0, vec![("docs.jsonl", MESSAGES_DOCS)]),
        "test" => (100, vec![("junit.xml", JUNIT_FAILED), ("coverage.json", COVERAGE_LOW)]),
        "coverage" => (0, vec![("junit.xml", JUNIT_PASSED), ("coverage.json", COVERAGE_LOW)]),
        "doctest" => {
            (101, vec![("doctest.txt", DOCTEST_FAILED), ("doctest.stderr", DOCTEST_STDERR_FAILED)])
        }
        "doc-coverage" => {
            (101, vec![("doc-coverage.jsonl", ""), ("doc-coverage.stderr", DOCS_STDERR_FAILED)])
        }
        "unsafe" => (101, vec![("unsafe.jsonl", MESSAGES_FAILED)]),
        "properties" => (100, vec![("junit.xml", JUNIT_FAILED)]),
        "memory" => (100, vec![("junit.xml", JUNIT_MEMORY)]),
        "thread" => (100, vec![("junit.xml", JUNIT_RACE)]),
        "miri" => (100, vec![("junit.xml", JUNIT_MIRI)]),
        "loom" => (100, vec![("junit.xml", JUNIT_MODELS), ("models.xml", MODELS_BEGUN_FAILED)]),
        "features" | "powerset" => {
            (1, vec![("features.jsonl", BUILDS_FAILED), ("features.stderr", HACK_FAILED)])
        }
        "msrv" => (
            101,
            vec![("runs.txt", RUNS_FAILED), ("msrv.jsonl", BUILD_FAILED), ("msrv.stderr", TOO_OLD)],
        ),
        "deps" => (4, vec![("deny.jsonl", DENY_REFUSED)]),
        "advisories" => {
            (1, vec![("database.txt", DATABASE), ("advisories.jsonl", ADVISORIES_FOUND)])
        }
        "unused-deps" => (
            1,
            vec![
                ("metadata.json", METADATA),
                ("unused.txt", MACHETE_FOUND),
                ("unused.stderr", MACHETE_DONE),
            ],
        ),
        "package" => (
            101,
            vec![
                ("metadata.json", METADATA_BARE),
                ("packages.txt", PACKAGES_REFUSED),
                ("package.stderr", REFUSED),
            ],
        ),
        "sbom" => (0, vec![("metadata.json", GRAPH_UNLICENSED), ("boms.txt", BOMS_UNLICENSED)]),
        "size" => (101, vec![("size.jsonl", MESSAGES_FAILED)]),
        "instructions" => (3, benchmarks(BENCHMARKS_ABOVE)),
        "time" => (0, vec![("times.json", TIMES_SLOWER)]),
        "semver" => (
            100,
            vec![
                ("metadata.json", METADATA_OTHER),
                ("changelogs.txt", CHANGELOGS_OTHER),
                ("semver.txt", SEMVER_BROKEN),
            ],
        ),
        "readme" => (0, pages(PAGES_STALE)),
        "book" => (1, book(BROKEN_LINKS)),
        "spelling" => (2, vec![("spelling.jsonl", TYPOS), ("files.txt", LOOKED_INTO)]),
        "toml-format" => (1, vec![("toml.stderr", TAPLO_PASSED), ("toml.diffs", TOML_DIFFS)]),
        "nix-format" => (1, vec![("nixfmt.txt", NIXFMT_PASSED), ("nix.diffs", NIX_DIFFS)]),
        "nix-lint" => (1, vec![("deadnix.jsonl", DEADNIX), ("files.txt", NIX_FILES)]),
        "mutants" => (2, vec![("mutants.json", MUTANTS_MISSED)]),
        "examples" => (1, vec![("examples.json", EXAMPLES_FAILED)]),
        "workflows" => {
            (14, vec![("workflows.json", ZIZMOR_FOUND), ("workflows.stderr", ZIZMOR_SAID)])
        }
        other => panic!("stage {other} has no failing fixture"),
    }
}

pub const DIFF: &str = "Diff in /workspace/a/src/lib.rs:16:
 fn a() {}
-fn  b() {}
+fn b() {}
Diff in /workspace/a/src/lib.rs:40:
-fn  c() {}
+fn c() {}
Incorrect newline style in /workspace/a/src/crlf.rs
";

pub const SYNTAX_ERROR: &str = "error: this file contains an unclosed delimiter
 --> /workspace/b/src/lib.rs:1:18
  |
1 | pub fn broken( {
  |              - -^

";

macro_rules! message {
    ($package:literal, $level:literal, $code:literal, $text:literal, $line:literal) => {
        concat!(
            r#"{"reason":"compiler-message","package_id":""#, $package,
            r#"","manifest_path":"/workspace/a/Cargo.toml","target":"#, target!(),
            r#","message":{"rendered":""#, $level, ": ", $text, r#"\n --> a/src/lib.rs\n  |\n4 | x();\n  | ^\n\n","children":[],"level":""#, $level,
            r#"","message":""#, $text,
            r#"","spans":[{"byte_end":2,"byte_start":1,"column_end":2,"column_start":1,"expansion":null,"file_name":"a/src/lib.rs","is_primary":true,"label":null,"line_end":1,"line_start":"#,
            $line, r#","suggested_replacement":null,"suggestion_applicability":null,"text":[]}],"code":"#, $code, "}}\n"
        )
    };
}

macro_rules! target {
    () => {
        r#"{"kind":["lib"],"crate_types":["lib"],"name":"a","src_path":"/workspace/a/src/lib.rs","edition":"2024","doc":true,"doctest":true,"test":true}"#
    };
}

macro_rules! artifact {
    () => {
        concat!(
            r#"{"reason":"compiler-artifact","package_id":"path+file:///workspace/a#0.1.0","manifest_path":"/workspace/a/Cargo.toml","target":"#,
            target!(),
            r#","profile":{"opt_level":"0","debuginfo":2,"debug_assertions":true,"overflow_checks":true,"test":false},"features":[],"filenames":["/t/liba.rmeta"],"executable":null,"fresh":false}"#,
            "\n"
        )
    };
}

macro_rules! finished {
    ($success:literal) => {
        concat!(r#"{"reason":"build-finished","success":"#, $success, "}\n")
    };
}

pub const MESSAGES_CLEAN: &str = concat!(artifact!(), finished!(true));
pub const MESSAGES_NOTHING: &str = finished!(true);
pub const MESSAGES_FAILED_SILENTLY: &str = concat!(artifact!(), finished!(false));
pub const MESSAGES_FAILED: &str = concat!(
    message!(
        "path+file:///workspace/a#0.1.0",
        "warning",
        r#"{"code":"clippy::len_zero","explanation":null}"#,
        "length comparison to zero",
        23
    ),
    message!(
        "path+file:///workspace/a#0.1.0",
        "error",
        r#"{"code":"E0308","explanation":null}"#,
        "mismatched types",
        2
    ),
    message!(
        "path+file:///workspace/a#0.1.0",
        "error",
        r#"{"code":"E0308","explanation":null}"#,
        "mismatched types",
        2
    ),
    message!("path+file:///workspace/a#0.1.0", "error", "null", "expected `;`", 5),
    message!("registry+https://example.org/index#dep@1.0.0", "warning", "null", "not ours", 1),
    message!("registry+https://example.org/index#dep@1.0.0", "error", "null", "too old", 9),
    finished!(false)
);
pub const MESSAGES_DENIED: &str = concat!(
    message!(
        "path+file:///workspace/a#0.1.0",
        "error",
        r#"{"code":"clippy::unwrap_used","explanation":null}"#,
        "used unwrap",
        4
    ),
    finished!(false)
);
pub const MESSAGES_DOCS: &str = concat!(
    artifact!(),
    message!(
        "path+file:///workspace/a#0.1.0",
        "warning",
        r#"{"code":"rustdoc::broken_intra_doc_links","explanation":null}"#,
        "unresolved link to `nope`",
        28
    ),
    finished!(true)
);

pub const MESSAGES_UNSAFE: &str = concat!(
    artifact!(),
    message!(
        "path+file:///workspace/a#0.1.0",
        "warning",
        r#"{"code":"unsafe_code","explanation":null}"#,
        "usage of an `unsafe` block",
        7
    ),
    message!(
        "path+file:///workspace/a#0.1.0",
        "warning",
        r#"{"code":"dead_code","explanation":null}"#,
        "function is never used",
        9
    ),
    finished!(true)
);

pub const JUNIT_PASSED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" skipped="1" failures="0" errors="0">
    <testsuite name="a" tests="3" skipped="1" errors="0" failures="0">
        <testcase name="tests::good" classname="a" time="0.010"/>
        <testcase name="tests::slow" classname="a" time="0.000"><skipped/></testcase>
        <testcase name="tests::better" classname="a" time="0.010"/>
    </testsuite>
</testsuites>
"#;

/// Two tests passed, of which one failed before.
pub const JUNIT_FLAKY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="2" skipped="0" failures="0" errors="0">
    <testsuite name="a" tests="2" skipped="0" errors="0" failures="0">
        <testcase name="tests::good" classname="a" time="0.010"/>
        <testcase name="tests::flaky" classname="a" time="0.010">
            <flakyFailure type="test failure with exit code 101" message="thread &apos;tests::flaky&apos; (57) panicked at a/src/lib.rs:9:108">thread &apos;tests::flaky&apos; (57) panicked at a/src/lib.rs:9:108:
too early
by a second</flakyFailure>
            <system-out>hi</system-out>
        </testcase>
    </testsuite>
</testsuites>
"#;

pub const RUNS: &str = "1.70.0 a 0 2 0\n";
pub const RUNS_FAILED: &str = "1.70.0 a 101 2 0\n1.60.0 b 101 0 3\n";
pub const BUILD_FAILED: &str = concat!(
    message!(
        "path+file:///workspace/a#0.1.0",
        "error",
        r#"{"code":"E0658","explanation":null}"#,
        "use of unstable library feature",
        5
    ),
    finished!(false)
);
pub const TOO_OLD: &str = "error: package `b v0.1.0 (/workspace/b)` cannot be built because it requires rustc 1.70 or newer, \
                           while the currently active rustc version is 1.60.0\n\nnote: more\n";

pub const JUNIT_MEMORY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" skipped="0" failures="2" errors="0">
    <testsuite name="a" tests="3" skipped="0" errors="0" failures="2">
        <testcase name="tests::good" classname="a" time="0.010"/>
        <testcase name="tests::leak" classname="a" time="0.287">
            <failure type="test failure with exit code 1"/>
            <system-out>test tests::leak ... ok</system-out>
            <system-err>==20331==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 100 byte(s) in 1 object(s) allocated from:
    #0 0x5562290b01f4 in malloc /rustc/llvm/src/asan_malloc_linux.cpp:67:3
    #1 0x5562290dfd75 in a::leak /workspace/a/src/lib.rs:14:22

SUMMARY: AddressSanitizer: 100 byte(s) leaked in 1 allocation(s).
</system-err>
        </testcase>
        <testcase name="tests::dangling" classname="a" time="0.460">
            <failure type="test failure with exit code 1"/>
            <system-err>==20325==ERROR: AddressSanitizer: heap-use-after-free on address 0x7b8c7e3e4010 at pc 0x56 bp 0x7b sp 0x7b
READ of size 1 at 0x7b8c7e3e4010 thread T1
    #0 0x563adab2beac in core::ptr::read /rustc/e50/library/core/src/ptr/mod.rs:9:14
    #1 0x563adab2beac in a::dangling /workspace/a/src/lib.rs:9:14

SUMMARY: AddressSanitizer: heap-use-after-free /workspace/a/src/lib.rs:9:14 in a::dangling
</system-err>
        </testcase>
    </testsuite>
</testsuites>
"#;

pub const JUNIT_RACE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="2" skipped="0" failures="1" errors="0">
    <testsuite name="a" tests="2" skipped="0" errors="0" failures="1">
        <testcase name="tests::good" classname="a" time="0.010"/>
        <testcase name="tests::counts" classname="a" time="0.460">
            <failure type="test failure with exit code 66"/>
            <system-out>test tests::counts ... ok</system-out>
            <system-err>==================
WARNING: ThreadSanitizer: data race (pid=4321)
  Write of size 8 at 0x7b0400000010 by thread T2:
    #0 core::ptr::write&lt;usize&gt; /rustc/e50/library/core/src/ptr/mod.rs:9:14 (a-15+0x152b0d) (BuildId: a6)
    #1 a::count::{{closure}} /workspace/a/src/lib.rs:9:14 (a-15+0x152b0d) (BuildId: a6)

  Previous write of size 8 at 0x7b0400000010 by thread T1:
    #0 a::count::{{closure}} /workspace/a/src/lib.rs:12:14 (a-15+0x152b0d) (BuildId: a6)

SUMMARY: ThreadSanitizer: data race /workspace/a/src/lib.rs:9:14 in a::count::{{closure}}
==================
ThreadSanitizer: reported 1 warnings
</system-err>
        </testcase>
    </testsuite>
</testsuites>
"#;

macro_rules! miri_failed {
    ($name:literal, $said:literal) => {
        concat!(
            r#"        <testcase name="tests::"#,
            $name,
            r#"" classname="a" time="1.460"><failure type="test failure with exit code 1"/><system-err>"#,
            $said,
            "</system-err></testcase>\n"
        )
    };
}

macro_rules! miri_run {
    ($failures:literal, $cases:expr) => {
        concat!(
            r#"<testsuites name="nextest-run" tests=""#,
            $failures,
            r#"" skipped="0" failures=""#,
            $failures,
            r#"" errors="0"><testsuite name="a" tests=""#,
            $failures,
            r#"" skipped="0" errors="0" failures=""#,
            $failures,
            "\">\n",
            $cases,
            "</testsuite></testsuites>\n"
        )
    };
}

macro_rules! miri_unsupported {
    () => {
        miri_failed!(
            "asks",
            "error: unsupported operation: `getcwd` not available when isolation is enabled\n   --> /toolchain/library/std/src/sys/unix/os.rs:152:17\n"
        )
    };
}

pub const JUNIT_MIRI: &str = miri_run!(
    "5",
    concat!(
        miri_failed!(
            "dangling",
            "error: Undefined Behavior: memory access failed: alloc2348 has been freed, so this pointer is dangling\n --&gt; a/src/lib.rs:5:14\n"
        ),
        miri_failed!(
            "races",
            "error: Undefined Behavior: Data race detected between (1) non-atomic write on thread `unnamed-2` and (2) non-atomic read on thread `unnamed-1` at alloc1352+0x30. (2) just happened here\n --&gt; /toolchain/library/core/src/option.rs:711:15\nhelp: and (1) occurred earlier here\n --&gt; a/src/lib.rs:20:13\n"
        ),
        miri_failed!(
            "leaks",
            "error: memory leaked: alloc76 (Rust heap, size: 4, align: 4), allocated here:\n --&gt; /toolchain/library/alloc/src/alloc.rs:98:9\n  = note: inside `a::leak` at a/src/lib.rs:30:22: 30:30\n"
        ),
        miri_failed!(
            "waits",
            "error: the evaluated program deadlocked\n --&gt; a/src/lib.rs:40:9\n"
        ),
        miri_unsupported!()
    )
);

/// Nothing but a test that Miri cannot go on with.
pub const JUNIT_MIRI_UNSUPPORTED: &str = miri_run!("1", miri_unsupported!());

/// The tests of `JUNIT_PASSED` once more, each stopped where it begins with a model: one that has to panic passes.
pub const MODELS_BEGUN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" skipped="1" failures="1" errors="0">
    <testsuite name="a" tests="3" skipped="1" errors="0" failures="1">
        <testcase name="tests::slow" classname="a" time="0.000"><skipped/></testcase>
        <testcase name="tests::better" classname="a" time="0.010">
            <system-out>test tests::better - should panic ... ok</system-out>
            <system-err>
thread &apos;tests::better&apos; (657) panicked at /home/loom-0.7.3/src/model.rs:87:32:
invalid value for `LOOM_MAX_BRANCHES`: ParseIntError { kind: InvalidDigit }
</system-err>
        </testcase>
        <testcase name="tests::good" classname="a" time="0.010">
            <failure message="thread &apos;tests::good&apos; (662) panicked at /home/loom-0.7.3/src/model.rs:87:32" type="test failure with exit code 101">thread &apos;tests::good&apos; (662) panicked at /home/loom-0.7.3/src/model.rs:87:32:
invalid value for `LOOM_MAX_BRANCHES`: ParseIntError { kind: InvalidDigit }
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace</failure>
        </testcase>
    </testsuite>
</testsuites>
"#;

/// Two models that do not hold, and a test that is none and cannot run with loom in the place of threads.
pub const JUNIT_MODELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="4" skipped="0" failures="3" errors="0">
    <testsuite name="a::orders" tests="4" skipped="0" errors="0" failures="3">
        <testcase name="holds" classname="a::orders" time="0.010"/>
        <testcase name="outside" classname="a::orders" time="0.010">
            <failure message="thread &apos;outside&apos; (601) panicked at /home/loom-0.7.3/src/rt/scheduler.rs:128:13" type="test failure with exit code 101">thread &apos;outside&apos; (601) panicked at /home/loom-0.7.3/src/rt/scheduler.rs:128:13:
cannot access Loom execution state from outside a Loom model. are you accessing a Loom synchronization primitive from outside a Loom test (a call to `model` or `check`)?
stack backtrace:
   0: __rustc::rust_begin_unwind</failure>
        </testcase>
        <testcase name="half_steps" classname="a::orders" time="0.010">
            <failure message="thread &apos;half_steps&apos; (602) panicked at a/tests/orders.rs:25:24" type="test failure with exit code 101">thread &apos;half_steps&apos; (602) panicked at a/tests/orders.rs:25:24:
assertion `left == right` failed
  left: 1
 right: 2</failure>
        </testcase>
        <testcase name="locks" classname="a::orders" time="0.010">
            <failure message="thread &apos;locks&apos; (603) panicked at /home/loom-0.7.3/src/rt/execution.rs:216:13" type="test failure with exit code 101">thread &apos;locks&apos; (603) panicked at /home/loom-0.7.3/src/rt/execution.rs:216:13:
deadlock; threads = [(Id(0), Blocked(Location(None))), (Id(1), Blocked(Location(None)))]</failure>
        </testcase>
    </testsuite>
</testsuites>
"#;

macro_rules! begun {
    ($name:literal) => {
        concat!(
            r#"<testcase name=""#, $name, r#"" classname="a::orders" time="0.010"><failure type="test failure with exit code 101">"#,
            "invalid value for `LOOM_MAX_BRANCHES`: ParseIntError { kind: InvalidDigit }</failure></testcase>\n"
        )
    };
}

/// The tests of `JUNIT_MODELS` once more.
pub const MODELS_BEGUN_FAILED: &str = concat!(
    r#"<testsuites name="nextest-run" tests="4" skipped="0" failures="4" errors="0"><testsuite name="a::orders" tests="4" skipped="0" errors="0" failures="4">"#,
    "\n",
    begun!("holds"),
    begun!("half_steps"),
    begun!("locks"),
    r#"<testcase name="outside" classname="a::orders" time="0.010"><failure type="test failure with exit code 101">cannot access Loom execution state from outside a Loom model</failure></testcase>"#,
    "\n</testsuite></testsuites>\n"
);

pub const JUNIT_FAILED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" skipped="0" failures="1" errors="1">
    <testsuite name="a" tests="3" skipped="0" errors="1" failures="1">
        <testcase name="tests::good" classname="a" time="0.010"/>
        <testcase name="tests::gone" classname="a" time="0.010"><error type="execution failure">could not start</error></testcase>
        <testcase name="tests::bad" classname="a" time="0.276">
            <failure message="thread &apos;tests::bad&apos; (5700) panicked at a/src/lib.rs:9:108" type="test failure with exit code 101">thread &apos;tests::bad&apos; (5700) panicked at a/src/lib.rs:9:108:
assertion `left == right` failed
  left: 1
 right: 2
stack backtrace:
   0: __rustc::rust_begin_unwind</failure>
            <system-out>hi</system-out>
        </testcase>
    </testsuite>
</testsuites>
"#;

pub const JUNIT_NOTHING: &str = "<testsuites name=\"nextest-run\" tests=\"0\" skipped=\"0\" failures=\"0\" errors=\"0\">\n</testsuites>\n";
pub const JUNIT_SKIPPED: &str = "<testsuites tests=\"1\" skipped=\"1\"><testsuite name=\"a\" tests=\"1\" skipped=\"1\"><testcase name=\"t\" classname=\"a\"><skipped/></testcase></testsuite></testsuites>\n";

macro_rules! coverage {
    ($covered:literal, $count:literal, $files:expr) => {
        concat!(
            r#"{"data":[{"files":["#,
            $files,
            r#"],"totals":{"lines":{"count":"#,
            $count,
            r#","covered":"#,
            $covered,
            r#","percent":1}}}],"type":"llvm.coverage.json.export","version":"3.1.0"}"#
        )
    };
}

macro_rules! file {
    ($name:literal, $covered:literal, $count:literal, $segments:expr) => {
        concat!(
            r#"{"filename":"/workspace/"#,
            $name,
            r#"","segments":["#,
            $segments,
            r#"],"summary":{"lines":{"count":"#,
            $count,
            r#","covered":"#,
            $covered,
            "}}}"
        )
    };
}

/// Lines `$from` to `$to` that were run `$count` times.
macro_rules! ran {
    ($from:literal, $to:literal, $count:literal) => {
        concat!("[", $from, ",1,", $count, ",true,true,false],[", $to, ",9,0,false,false,false]")
    };
}

pub const COVERAGE_HIGH: &str = coverage!(
    95,
    100,
    file!("a/src/lib.rs", 95, 100, concat!(ran!(1, 95, 1), ",", ran!(96, 100, 0)))
);
pub const COVERAGE_LOW: &str = coverage!(
    949,
    1000,
    concat!(
        file!(
            "z.rs",
            450,
            500,
            concat!(
                ran!(1, 3, 1),
                ",",
                ran!(4, 6, 0),
                ",",
                ran!(7, 8, 1),
                ",",
                ran!(9, 9, 0),
                ",",
                ran!(10, 454, 1),
                ",",
                ran!(455, 500, 0)
            )
        ),
        ",",
        file!("full.rs", 100, 100, ran!(1, 100, 1)),
        ",",
        file!("a.rs", 399, 400, concat!(ran!(1, 399, 1), ",", ran!(400, 400, 0)))
    )
);
pub const COVERAGE_NOTHING: &str = coverage!(0, 0, "");

pub const DOCTEST_PASSED: &str = "
running 2 tests
test a/src/lib.rs - one (line 3) ... ok
test a/src/lib.rs - two (line 9) ... ignored

test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

all doctests ran in 0.41s; merged doctests compilation took 0.39s
";
pub const DOCTEST_STDERR: &str = "   Compiling a v0.1.0 (/workspace/a)
    Finished `test` profile [unoptimized + debuginfo] target(s) in 0.22s
   Doc-tests a
";
pub const DOCTEST_FAILED: &str = "
running 2 tests
test a/src/lib.rs - one (line 3) ... ok
test a/src/lib.rs - two (line 9) ... FAILED

failures:

---- a/src/lib.rs - two (line 9) stdout ----
Test executable failed (exit status: 101).

stderr:

thread 'main' (1) panicked at a/src/lib.rs:6:1:
assertion `left == right` failed
  left: 1
 right: 2



failures:
    a/src/lib.rs - two (line 9)

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.30s

";
pub const DOCTEST_STDERR_FAILED: &str = "   Doc-tests a
error: doctest failed, to rerun pass `-p a --doc`
error: 1 target failed:
    `-p a --doc`
";
pub const DOCTEST_NOTHING: &str = "
running 0 tests

test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

";
pub const COMPILE_ERROR: &str = "   Compiling b v0.1.0 (/workspace/b)
error[E0308]: mismatched types
 --> b/src/lib.rs:2:5
  |
2 |     \"a\"

error: could not compile `b` (lib) due to 1 previous error
";

pub const DOCS_COUNTED: &str = r#"{"a/src/lib.rs":{"total":4,"with_docs":3,"total_examples":2,"with_examples":1},"a/src/deep.rs":{"total":4,"with_docs":0,"total_examples":2,"with_examples":0}}
{"b/src/lib.rs":{"total":2,"with_docs":2,"total_examples":0,"with_examples":0}}
"#;
pub const DOCS_STDERR: &str = " Documenting a v0.1.0 (/workspace/a)
warning: missing documentation for a constant
  --> a/src/lib.rs:25:1
   |
25 | pub const UNSAID: u8 = 1;
   | ^^^^^^^^^^^^^^^^^^^^
   |
   = note: requested on the command line with `-W missing-docs`

warning: missing documentation for a struct
 --> a/src/deep.rs:7:1

warning: missing documentation for a struct field
 --> a/src/deep.rs:7:16

 Documenting b v0.1.0 (/workspace/b)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.62s
";
pub const DOCS_STDERR_FAILED: &str = " Documenting a v0.1.0 (/workspace/a)
error[E0432]: unresolved import `crate::gone`
 --> a/src/lib.rs:3:5
  |
3 | use crate::gone;
  |     ^^^^^^^^^^^ no `gone` in the root

error: could not document `a`
";

macro_rules! package {
    ($name:literal, $kind:literal, $publish:literal) => {
        concat!(
            r#"{"name":""#, $name, r#"","manifest_path":"/workspace/"#, $name, r#"/Cargo.toml","version":"0.1.0","id":"path+file:///workspace/a#0.1.0","description":"What it is","license":"MIT","dependencies":[],"#,
            r#""targets":[{"kind":[""#, $kind, r#""],"crate_types":["lib"],"name":""#, $name,
            r#"","src_path":"/workspace/src/lib.rs"},{"kind":["custom-build"],"crate_types":["bin"],"name":"build-script-build","#,
            r#""src_path":"/workspace/build.rs"}],"publish":"#, $publish, "}"
        )
    };
}

macro_rules! metadata {
    ($packages:expr) => {
        concat!(
            r#"{"packages":["#,
            $packages,
            r#"],"workspace_members":[],"resolve":null,"target_directory":"/t","version":1,"workspace_root":"/workspace"}"#,
            "\n"
        )
    };
}

pub const METADATA: &str =
    metadata!(concat!(package!("tool", "bin", "null"), ",", package!("my-lib", "lib", "null")));
pub const METADATA_OTHER: &str = metadata!(package!("their-lib", "lib", "null"));
pub const METADATA_PROGRAM: &str = metadata!(package!("tool", "bin", "null"));

/// Without a description and a licence, and with a dependency beside it that is not published.
pub const METADATA_BARE: &str = r#"{"packages":[{"name":"a","manifest_path":"/workspace/a/Cargo.toml","version":"0.1.0","id":"path+file:///workspace/a#0.1.0","description":null,"license":null,"license_file":null,"dependencies":[{"name":"inner","req":"^0.1","kind":null,"path":"/workspace/inner"},{"name":"testkit","req":"*","kind":"dev","path":"/workspace/testkit"}],"targets":[],"publish":null},{"name":"b","manifest_path":"/workspace/b/Cargo.toml","version":"0.1.0","id":"path+file:///workspace/b#0.1.0","description":"B","license_file":"LICENSE","dependencies":[],"targets":[],"publish":["crates-io"]},{"name":"c","manifest_path":"/workspace/c/Cargo.toml","version":"0.1.0","id":"path+file:///workspace/c#0.1.0","description":"C","license":"MIT","dependencies":[],"targets":[],"publish":null},{"name":"inner","manifest_path":"/workspace/inner/Cargo.toml","version":"0.1.0","id":"path+file:///workspace/inner#0.1.0","dependencies":[],"targets":[],"publish":[]}],"workspace_members":[],"resolve":null,"version":1,"workspace_root":"/workspace"}
"#;

macro_rules! program {
    ($package:literal, $name:literal) => {
        program!($package, $name, "bin")
    };
    ($package:literal, $name:literal, $kind:literal) => {
        concat!(
            r#"{"reason":"compiler-artifact","package_id":"path+file:///workspace/"#, $package,
            r#"#0.1.0","manifest_path":"/workspace/a/Cargo.toml","target":{"kind":[""#, $kind, r#""],"crate_types":["bin"],"name":""#, $name,
            r#"","src_path":"/workspace/a/src/main.rs","edition":"2024","doc":true,"doctest":false,"test":true},"#,
            r#""profile":{"opt_level":"3","debuginfo":0,"debug_assertions":false,"overflow_checks":false,"test":false},"features":[],"#,
            r#""filenames":["/t/release/"#, $name, r#""],"executable":"/t/release/"#, $name, r#"","fresh":false}"#, "\n"
        )
    };
}

pub const MESSAGES_PROGRAMS: &str =
    concat!(artifact!(), program!("a", "a"), program!("a", "b"), finished!(true));
pub const MESSAGES_PROGRAM: &str = concat!(program!("a", "a"), finished!(true));

/// Of gungraun for one benchmark; in the second it is above a limit of its own.
pub const MESSAGES_BENCHES: &str =
    concat!(artifact!(), program!("a", "counts", "bench"), finished!(true));
pub const BENCHMARKS: &str = r#"=== /t/release/counts//counts/sums/add_up.many/summary.json has 206 bytes
{"version":"7","module_path":"counts::sums::add_up","id":"many","profiles":[{"tool":"Callgrind","data":{"total":{"metrics":{"Ir":{"values":{"new":5000}},"RamHits":{"values":{"new":1}}},"regressions":[]}}}]}
"#;
pub const BENCHMARKS_ABOVE: &str = r#"=== /t/release/counts//counts/sums/add_up.many/summary.json has 280 bytes
{"version":"7","module_path":"counts::sums::add_up","id":"many","profiles":[{"tool":"Callgrind","data":{"total":{"metrics":{"Ir":{"values":{"new":5000}},"RamHits":{"values":{"new":1}}},"regressions":[{"Hard":{"metric":{"Callgrind":"Ir"},"new":5000,"diff":1000,"limit":4000}}]}}}]}
"#;

/// Of two programs for one benchmark, and for two, of which the second got slower and was measured again.
pub const TIMES_SAME: &str = include_str!("../samples/times-same.json");
pub const TIMES_SLOWER: &str = include_str!("../samples/times-slower.json");

pub const SIZES: &str = "1000000 /t/release/a\n2000 /t/release/b\n";
pub const CLOSURES: &str = "3000000 /t/release/a\n2002000 /t/release/b\n";

/// Of cargo for the programs; another `a` is not of the workspace.
pub const TIMINGS: &str = r#"<html>
const UNIT_DATA = [
{"name":"a","version":"9.0.0","mode":"todo","target":"","duration":100.0},
{"name":"a","version":"0.1.0","mode":"todo","target":" build-script","duration":10.0},
{"name":"a","version":"0.1.0","mode":"run-custom-build","target":" build-script (run)","duration":10.0},
{"name":"a","version":"0.1.0","mode":"todo","target":"","duration":1.25},
{"name":"a","version":"0.1.0","mode":"todo","target":" a \"bin\"","duration":0.5}
];
</html>
"#;

/// Of cargo and cargo-cyclonedx for a program of several packages; in the second pair, two manifests name no licence.
pub const GRAPH: &str = include_str!("../samples/licensed.json");
pub const BOMS: &str = include_str!("../samples/licensed.txt");
pub const GRAPH_UNLICENSED: &str = include_str!("../samples/unlicensed.json");
pub const BOMS_UNLICENSED: &str = include_str!("../samples/unlicensed.txt");

pub const PACKAGES: &str = "tool 0 5\nmy-lib 0 3\n";
pub const PACKED: &str = "   Packaging tool v0.1.0 (/workspace/tool)
    Packaged 4 files, 3.2KiB (1.5KiB compressed)
   Verifying tool v0.1.0 (/workspace/tool)
   Compiling tool v0.1.0 (/t/package/tool-0.1.0)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.37s
   Packaging my-lib v0.1.0 (/workspace/my-lib)
   Verifying my-lib v0.1.0 (/workspace/my-lib)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.37s
";
pub const PACKAGES_REFUSED: &str = "a 101 7\nb 101 7\nc 101 8\n";
pub const REFUSED: &str = "   Packaging a v0.1.0 (/workspace/a)
error: failed to prepare local package for uploading

Caused by:
  no matching package named `inner` found
  location searched: directory source `/vendored` (which is replacing registry `crates-io`)
  required by package `a v0.1.0 (/workspace/a)`
   Packaging b v0.1.0 (/workspace/b)
error: failed to verify manifest at `/workspace/b/Cargo.toml`

Caused by:
  all dependencies must have a version requirement specified when packaging.
  dependency `c` does not specify a version
  Note: The packaged dependency will use the version from crates.io,
   Verifying c v0.1.0 (/workspace/c)
error: couldn't read `src/../../README.md`: No such file or directory (os error 2)
  --> src/lib.rs:80:21
   |
80 | pub const X: &str = include_str!(\"../../README.md\");

error: could not compile `c` (lib) due to 1 previous error
error: failed to verify package tarball
";

pub const CHANGELOGS: &str = "=== . has 48 bytes
# Changelog

## [Unreleased]

- `one` is there.

=== /workspace/my-lib has none
=== /workspace/tool has none
";
pub const CHANGELOGS_OTHER: &str = "=== . has 48 bytes
# Changelog

## [Unreleased]

- `two` is there.

=== /workspace/their-lib has none
";

pub const SEMVER_KEPT: &str = "=== my_lib
     Parsing my-lib v0.1.0 (current)
      Parsed [   0.001s] (current)
     Parsing my-lib v0.1.0 (baseline)
      Parsed [   0.001s] (baseline)
    Checking my-lib v0.1.0 -> v0.1.0 (assume patch change)
    Starting 202 checks, 58 unnecessary on 2 threads
        PASS [   0.001s]       major        function_missing
     Checked [   0.019s] 202 checks: 202 pass, 58 skip
     Summary no semver update required
    Finished [   0.030s] my-lib
=== my_lib ended with 0
";

pub const SEMVER_BROKEN: &str = "=== their_lib
    Checking their-lib v0.1.0 -> v0.1.0 (assume patch change)
    Starting 202 checks, 58 unnecessary on 2 threads
        FAIL [   0.001s]       major        constructible_struct_adds_private_field
        PASS [   0.001s]       minor        function_marked_deprecated
        FAIL [   0.001s]       major        function_missing
     Checked [   0.029s] 202 checks: 200 pass, 2 fail, 0 warn, 58 skip

--- failure constructible_struct_adds_private_field: struct no longer constructible due to new private field ---

Description:
A struct has a new non-public field that causes downstream code to be unable to construct it.
        ref: https://doc.rust-lang.org/reference/expressions/struct-expr.html
       impl: https://github.com/obi1kenobi/cargo-semver-checks/tree/v0.51.0/src/lints/constructible_struct_adds_private_field.ron

Failed in:
  field S.y in /workspace/their-lib/src/lib.rs:10

--- failure function_missing: pub fn removed or renamed ---

Description:
A publicly-visible function cannot be imported by its prior path.
        ref: https://doc.rust-lang.org/cargo/reference/semver.html#item-remove
       impl: https://github.com/obi1kenobi/cargo-semver-checks/tree/v0.51.0/src/lints/function_missing.ron

Failed in:
  function their_lib::sub, previously in file their-lib/src/lib.rs:8
  function their_lib::mul, previously in file their-lib/src/lib.rs:9

     Summary semver requires new major version: 2 major and 0 minor checks failed
    Finished [   1.496s] their-lib
=== their_lib ended with 100
";

macro_rules! denied {
    ($code:literal, $severity:literal, $message:literal, $crates:literal) => {
        concat!(
            r#"{"type":"diagnostic","fields":{"severity":""#, $severity, r#"","message":""#, $message, r#"","code":""#, $code,
            r#"","labels":[{"message":"lock entries","span":"two lines","line":7,"column":1}],"notes":["a note"],"graphs":["#,
            $crates, "]}}\n"
        )
    };
}

macro_rules! deny_summary {
    ($bans:literal, $licenses:literal, $sources:literal) => {
        concat!(
            r#"{"type":"summary","fields":{"bans":{"errors":"#,
            $bans,
            r#","warnings":1,"notes":0,"helps":0},"licenses":{"errors":"#,
            $licenses,
            r#","warnings":0,"notes":0,"helps":0},"sources":{"errors":"#,
            $sources,
            r#","warnings":0,"notes":0,"helps":0}}}"#,
            "\n"
        )
    };
}

pub const DENY_DOUBLE: &str = concat!(
    r#"{"type":"log","fields":{"timestamp":"2026-11-26 00:00:00","level":"WARN","message":"a word"}}"#,
    "\n",
    denied!(
        "duplicate",
        "warning",
        "found 2 duplicate entries for crate 'syn'",
        r#"{"Krate":{"name":"syn","version":"1.0.0"},"parents":[{"Krate":{"name":"old","version":"0.1.0"},"parents":[{"Krate":{"name":"a","version":"0.1.0"}}]}]},{"Krate":{"name":"syn","version":"2.0.0"}}"#
    ),
    deny_summary!(0, 0, 0)
);
pub const DENY_CLEAN: &str = deny_summary!(0, 0, 0);
pub const DENY_REFUSED: &str = concat!(
    denied!(
        "rejected",
        "error",
        "failed to satisfy license requirements",
        r#"{"Krate":{"name":"left","version":"0.1.0"},"parents":[{"Krate":{"name":"a","version":"0.1.0"}}]}"#
    ),
    deny_summary!(0, 1, 0)
);

/// Of the week before the day that fixtures are judged on.
pub const DATABASE: &str =
    "name 0123456789abcdef0123456789abcdef01234567\ndate 1784984400\nadvisories 812\n";

macro_rules! advisory {
    ($code:literal, $severity:literal, $solution:literal) => {
        concat!(
            r#"{"type":"diagnostic","fields":{"advisory":{"id":"RUSTSEC-2026-0007","package":"left","title":"Frees twice","#,
            r#""date":"2026-07-20","aliases":[],"informational":null,"withdrawn":null},"code":""#, $code,
            r#"","graphs":[{"Krate":{"name":"left","version":"0.1.0"},"parents":[{"Krate":{"name":"a","version":"0.1.0"}}]}],"#,
            r#""labels":[{"column":1,"line":3,"message":"security vulnerability detected","span":"left 0.1.0 registry+https://example.org/index"}],"#,
            r#""message":"Frees twice","notes":["ID: RUSTSEC-2026-0007","Advisory: https://rustsec.org/advisories/RUSTSEC-2026-0007","#,
            r#""Words about it.","Solution: "#, $solution, r#""],"severity":""#, $severity, "\"}}\n"
        )
    };
}

macro_rules! advisories_summary {
    ($errors:literal) => {
        concat!(
            r#"{"type":"summary","fields":{"advisories":{"errors":"#,
            $errors,
            r#","warnings":0,"notes":1,"helps":0}}}"#,
            "\n"
        )
    };
}

pub const ADVISORIES_NONE: &str = concat!(
    r#"{"type":"diagnostic","fields":{"code":"advisory-ignored","graphs":[],"labels":[],"message":"advisory ignored","severity":"note"}}"#,
    "\n",
    advisory!("vulnerability", "note", "Upgrade to >=0.1.2 (try `cargo update -p left`)"),
    advisories_summary!(0)
);
pub const ADVISORIES_FOUND: &str = concat!(
    advisory!("vulnerability", "error", "Upgrade to >=0.1.2 (try `cargo update -p left`)"),
    advisories_summary!(1)
);

pub const BUILDS: &str = concat!(artifact!(), finished!(true), artifact!(), finished!(true));
pub const HACK_PASSED: &str =
    "info: running `cargo check --message-format=json --no-default-features` on a (1/2)
    Checking a v0.1.0 (/workspace/a)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.07s

info: running `cargo check --message-format=json --no-default-features --features x` on a (2/2)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.05s

";
macro_rules! gone {
    () => {
        concat!(
            message!(
                "path+file:///workspace/a#0.1.0",
                "error",
                r#"{"code":"E0432","explanation":null}"#,
                "unresolved import `gone`",
                3
            ),
            finished!(false)
        )
    };
}
pub const BUILDS_FAILED: &str = concat!(artifact!(), finished!(true), gone!(), gone!());
pub const HACK_FAILED: &str =
    "info: running `cargo check --message-format=json --no-default-features` on a (1/3)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.07s

info: running `cargo check --message-format=json --no-default-features --features x` on a (2/3)
error: could not compile `a` (lib) due to 1 previous error

info: running `cargo check --message-format=json --no-default-features --features x,y` on a (3/3)
error: could not compile `a` (lib) due to 1 previous error

error: failed to run 2 commands
";

pub const MACHETE_NONE: &str =
    "cargo-machete didn't find any unused dependencies in this directory. Good job!\n";
pub const MACHETE_FOUND: &str =
    "cargo-machete found the following unused dependencies in this directory:
my-lib -- ./my-lib/Cargo.toml:
\tbitflags
\told

If you believe cargo-machete has detected an unused dependency incorrectly,
you can add the dependency to the list of dependencies to ignore.

";
pub const MACHETE_DONE: &str = "Analyzing dependencies of crates in this directory...\nDone!\n";

/// What mdBook says of a book that it has written.
pub const BOOK_WRITTEN: &str = " INFO Book building has started\n INFO Running the html backend\n INFO HTML book written to `pages`\n";

/// The pages of a book.
pub const BOOK_PAGES: &str = "./deep/index.html\n./index.html\n./start.html\n";

/// Links of it that lead nowhere.
pub const BROKEN_LINKS: &str =
    "./start.html\tmessages.html#nowhere\tdocs/start.md\n./deep/index.html\t../gone.svg\t\n";

pub const LOOKED_INTO: &str = "./README.md\n./recieve.txt\n";
pub const TYPOS: &str = concat!(
    r#"{"type":"typo","path":"./README.md","line_num":3,"byte_offset":25,"typo":"ths","corrections":["the","this"]}"#,
    "\n",
    r#"{"type":"typo","path":"./README.md","line_num":3,"byte_offset":35,"typo":"loose","corrections":null}"#,
    "\n",
    r#"{"type":"typo","path":"./recieve.txt","byte_offset":0,"typo":"recieve","corrections":["receive"]}"#,
    "\n"
);

pub const TAPLO_PASSED: &str =
    " INFO taplo:format_files:load_config: found configuration file path=\"taplo.toml\"
 INFO taplo:format_files:collect_files: found files total=4 excluded=1 files=[\"Cargo.toml\", \"a/Cargo.toml\"] cwd=\"/t\"
";
pub const TAPLO_FAILED: &str =
    " INFO taplo:format_files:load_config: found configuration file path=\"taplo.toml\"
 INFO taplo:format_files:collect_files: found files total=2 excluded=0 files=[\"Cargo.toml\", \"bad.toml\"] cwd=\"/t\"
error: invalid TOML
  ┌─ bad.toml:2:5
  │
2 │ a = \"
  │     ^ unexpected token

ERROR operation failed error=some files were not formatted due to syntax errors
";
pub const TOML_DIFFS: &str = "=== Cargo.toml
@@ -2,4 +2,4 @@
 [workspace]
-members=[]
+members = []
 
-resolver=\"3\"
+resolver = \"3\"
";

pub const NIXFMT_PASSED: &str = "=== 2 files
=== flake.nix ended with 0 in 0 lines
=== nix/a.nix ended with 0 in 0 lines
";
pub const NIXFMT_FAILED: &str = "=== 2 files
=== flake.nix ended with 0 in 0 lines
=== bad.nix ended with 1 in 8 lines
Error[E001]: expected ';', found '='
   ┌─ is.nix:2:7
   │
 1 │ {
 2 │   a = 1
   │       ^
 3 │   b = 2;
   = note: missing semicolon after definition
";
pub const NIX_DIFFS: &str = "=== flake.nix
@@ -1,2 +1,3 @@
 {
-  a=1; }
+  a = 1;
+}
";

pub const NIX_FILES: &str = "./bad.nix\n./flake.nix\n./nix/a.nix\n";
pub const DEADNIX: &str = r#"{"file":"./bad.nix","results":[{"message":"unexpected TOKEN_ASSIGN at 14..17, wanted any of [TOKEN_SEMICOLON]"},{"message":"unexpected end of file"}]}
{"file":"./flake.nix","results":[{"column":17,"endColumn":21,"line":9,"message":"Unused lambda pattern: self"}]}
{"file":"./nix/a.nix","results":[{"column":3,"endColumn":4,"line":2,"message":"Unused let binding: c"},{"column":3,"endColumn":4,"line":4,"message":"Unused lambda argument: x"}]}
"#;

macro_rules! mutant {
    ($end:literal, $line:literal, $change:literal) => {
        concat!(
            r#"{"scenario":{"Mutant":{"name":"a/src/lib.rs:"#,
            $line,
            ":5: ",
            $change,
            r#"","package":"a","file":"a/src/lib.rs","function":null,"span":{"start":{"line":"#,
            $line,
            r#","column":5},"end":{"line":"#,
            $line,
            r#","column":9}},"replacement":"0","genre":"FnValue"}},"summary":""#,
            $end,
            r#"","log_path":"log/x.log","phase_results":[]}"#
        )
    };
}

macro_rules! mutants {
    ($missed:literal, $caught:literal, $timeout:literal, $unviable:literal, $total:literal, $($mutant:expr),*) => {
        concat!(
            r#"{"outcomes":[{"scenario":"Baseline","summary":"Success","log_path":"log/baseline.log","phase_results":[]}"#,
            $(",", $mutant,)*
            r#"],"total_mutants":"#, $total, r#","missed":"#, $missed, r#","caught":"#, $caught, r#","timeout":"#, $timeout,
            r#","unviable":"#, $unviable, r#","success":0,"failure":0}"#
        )
    };
}

pub const MUTANTS_CAUGHT: &str = mutants!(
    "0",
    "1",
    "0",
    "1",
    "2",
    mutant!("CaughtMutant", "4", "replace area -> u64 with 0"),
    mutant!("Unviable", "4", "replace area -> u64 with Default::default()")
);
pub const MUTANTS_MISSED: &str = mutants!(
    "1",
    "1",
    "0",
    "0",
    "2",
    mutant!("CaughtMutant", "4", "replace area -> u64 with 0"),
    mutant!("MissedMutant", "9", "replace < with <= in area")
);
pub const MUTANTS_TIMED_OUT: &str =
    mutants!("0", "0", "1", "0", "1", mutant!("Timeout", "4", "replace area -> u64 with 0"));
pub const MUTANTS_NONE: &str = mutants!("0", "0", "0", "0", "0",);

pub const ZIZMOR_SAID: &str =
    " INFO zizmor::registry: skipping ref-confusion: can't run without a GitHub API token
 INFO audit: zizmor: 🌈 completed ./.github/workflows/ci.yml
";
pub const ZIZMOR_FOUND: &str = r#"[
  {
    "ident": "template-injection",
    "desc": "code injection via template expansion",
    "url": "https://docs.zizmor.sh/audits/#template-injection",
    "determinations": { "confidence": "High", "severity": "High", "persona": "Regular" },
    "locations": [
      {
        "symbolic": {
          "key": { "Local": { "prefix": ".", "given_path": "./.github/workflows/ci.yml" } },
          "annotation": "may expand into attacker-controllable code",
          "kind": "Primary"
        },
        "concrete": { "location": { "start_point": { "row": 9, "column": 23 } } }
      }
    ],
    "ignored": false
  }
]
"#;

macro_rules! examples {
    ($ends:literal) => {
        concat!(r#"{"schema":1,"documents":1,"examples":["#, $ends, "]}")
    };
}
pub const EXAMPLES_NONE: &str = examples!("");
pub const EXAMPLES_PASSED: &str = examples!(
    r#"{"kind":"program","member":"a","name":"b","file":"a/examples/b.rs","line":null,"end":"passed"},{"kind":"command","member":null,"name":"ls","file":"README.md","line":4,"end":{"not-run":"`ls` is no program of the workspace"}}"#
);
pub const EXAMPLES_NOT_RUN: &str = examples!(
    r#"{"kind":"command","member":null,"name":"ls","file":"README.md","line":4,"end":{"not-run":"`ls` is no program of the workspace"}}"#
);
pub const EXAMPLES_FAILED: &str = examples!(
    r#"{"kind":"program","member":"a","name":"b","file":"a/examples/b.rs","line":null,"end":"passed"},{"kind":"program","member":"a","name":"c","file":"a/examples/c.rs","line":null,"end":{"failed":{"why":"it ended with status 101","wanted":null,"printed":"panicked\n"}}},{"kind":"code","member":null,"name":"code in README.md (line 3)","file":"README.md","line":3,"end":{"failed":{"why":"mismatched types","wanted":null,"printed":"error"}}},{"kind":"command","member":null,"name":"a --b","file":"README.md","line":9,"end":{"failed":{"why":"it prints something else","wanted":"one\ntwo\n","printed":"one\n2\n"}}}"#
);
pub const METADATA_SMALL: &str = r#"{"packages":[{"name":"small","version":"0.1.0","publish":null,"targets":[{"kind":["bin"],"name":"small"}],"manifest_path":"/workspace/Cargo.toml"}],"version":1}"#;

pub const HELPS: &str = "=== 0 small has 13 bytes
Usage: small

";

pub const PAGES_CURRENT: &str = "=== README.md has 117 bytes
<!-- blocks: version -->0.1.0<!-- /blocks -->

<!-- blocks: help small -->
```text
Usage: small
```
<!-- /blocks -->

";

pub const PAGES_STALE: &str = "=== README.md has 117 bytes
<!-- blocks: version -->0.0.9<!-- /blocks -->

<!-- blocks: help small -->
```text
Usage: spall
```
<!-- /blocks -->

";
