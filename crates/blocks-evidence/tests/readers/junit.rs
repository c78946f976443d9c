use blocks_evidence::{Outcome, ReportKind, Totals, read_junit};
use std::fmt::Write as _;

const FLAKY: &str = include_str!("../samples/junit-flaky.xml");
const SANITIZER: &str = include_str!("../samples/junit-sanitizer.xml");
const HOSTILE: &str = include_str!("../samples/junit-hostile.xml");

fn reason(text: &str) -> String {
    read_junit(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn tests_have_outcome_place_and_message() {
    let run = read_junit(FLAKY.as_bytes()).unwrap();
    let mut shown = String::new();
    for test in &run.tests {
        let (place, name) = (&test.place, format!("{} {}", test.binary, test.name));
        writeln!(
            shown,
            "{name}: {:?} flaky={} tries={} {place:?} {:?} {:?}",
            test.outcome,
            test.flaky,
            test.tries.len(),
            test.message,
            test.seconds
        )
        .unwrap();
    }
    insta::assert_snapshot!(shown, @r#"
    smp tests::ignored: Skipped flaky=false tries=0 None "Skipped: test does not match the run-ignored option" Some(0.0)
    smp tests::flaky: Passed flaky=true tries=1 Some(("src/lib.rs", 38)) "first attempt fails" Some(0.005)
    smp tests::passes: Passed flaky=false tries=0 None "" Some(0.005)
    smp tests::returns_err: Failed flaky=false tries=1 None "Error: \"boom\"" Some(0.005)
    smp tests::fails: Failed flaky=false tries=1 Some(("src/lib.rs", 31)) "assertion `left == right` failed: sum <is> \"wrong\" & more\n  left: 2\n right: 3" Some(0.212)
    smp::it integration: Passed flaky=false tries=0 None "" Some(0.005)
    "#);
    assert_eq!(run.totals, Totals { passed: 3, failed: 2, flaky: 1, skipped: 1 });
    assert!(run.tests[4].output.contains("test tests::fails ... FAILED"));
}

#[test]
fn each_other_try_has_what_it_said() {
    let run = read_junit(FLAKY.as_bytes()).unwrap();
    let of = |name: &str| run.tests.iter().find(|test| test.name == name).unwrap();
    let failed = of("tests::fails");
    assert_eq!(failed.kind, "test failure with exit code 101");
    let again = &failed.tries[0];
    assert_eq!(
        (again.is_error, &again.kind, &again.message),
        (false, &failed.kind, &failed.message)
    );
    assert_eq!(again.seconds, Some(0.142));
    assert!(again.output.contains("test tests::fails ... FAILED"), "{}", again.output);
    let flaky = of("tests::flaky");
    assert_eq!((flaky.kind.as_str(), flaky.tries[0].message.as_str()), ("", "first attempt fails"));
    // Of an output that is not kept, what nextest tells is left.
    let xml = r#"<testsuites tests="1"><testsuite name="a" tests="1"><testcase name="n" classname="a"><flakyError> told </flakyError></testcase></testsuite></testsuites>"#;
    let run = read_junit(xml.as_bytes()).unwrap();
    let only = &run.tests[0].tries[0];
    assert_eq!(
        (only.is_error, only.message.as_str(), only.output.as_str()),
        (true, "told", "told")
    );
    assert_eq!((only.kind.as_str(), only.seconds), ("", None));
}

#[test]
fn what_a_sanitizer_printed_is_read_of_tests_that_failed_in_some_try() {
    let run = read_junit(SANITIZER.as_bytes()).unwrap();
    let reports: Vec<_> = run
        .tests
        .iter()
        .map(|test| {
            let own = |report: &blocks_evidence::SanitizerReport| {
                let mut frames = report.frames.iter();
                let own = frames.find(|(file, _)| file.starts_with("/workspace/"));
                (report.kind, report.what.clone(), own.cloned())
            };
            (test.name.as_str(), test.sanitizer.as_ref().map(own))
        })
        .collect();
    let place = |line| Some(("/workspace/src/lib.rs".to_owned(), line));
    assert_eq!(
        reports,
        [
            ("tests::fine", None),
            (
                "tests::leak",
                Some((
                    ReportKind::Leak,
                    "100 byte(s) leaked in 1 allocation(s)".to_owned(),
                    place(14)
                ))
            ),
            (
                "tests::dangling",
                Some((ReportKind::Memory, "heap-use-after-free".to_owned(), place(9)))
            ),
        ]
    );
    let flaky = FLAKY.replacen(
        "            </flakyFailure>",
        "            <system-err>==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0</system-err></flakyFailure>",
        1,
    );
    let run = read_junit(flaky.as_bytes()).unwrap();
    let test = run.tests.iter().find(|test| test.name == "tests::flaky").unwrap();
    assert_eq!(test.sanitizer.as_ref().unwrap().what, "SEGV");
    let miri = flaky.replacen(
        "==1==ERROR: AddressSanitizer: SEGV on unknown address 0x0",
        "error: memory leaked: alloc7 (Rust heap, size: 4, align: 4), allocated here:",
        1,
    );
    let run = read_junit(miri.as_bytes()).unwrap();
    let test = run.tests.iter().find(|test| test.name == "tests::flaky").unwrap();
    assert_eq!(test.sanitizer.as_ref().unwrap().kind, ReportKind::Leak);
}

#[test]
fn an_abort_has_the_tools_message() {
    let run = read_junit(HOSTILE.as_bytes()).unwrap();
    let test = run.tests.iter().find(|test| test.name == "tests::abort").unwrap();
    assert_eq!(test.message, "process aborted with signal 6 (SIGABRT)");
    assert_eq!(test.place, None);
    assert_eq!(test.outcome, Outcome::Failed);
}

#[test]
fn hostile_output_is_kept_as_text() {
    let run = read_junit(HOSTILE.as_bytes()).unwrap();
    let test = run.tests.iter().find(|test| test.name == "tests::hostile").unwrap();
    assert!(test.output.contains("<b>&amp; ]]> red"), "{}", test.output);
    assert!(test.output.contains("::error::pwn"));
    assert!(blocks_evidence::printable(&test.output).contains("\\::error::pwn"));
}

#[test]
fn an_error_is_a_failure_and_no_tests_is_an_answer() {
    let xml = r#"<testsuites tests="1" errors="1"><testsuite name="a" tests="1" errors="1"><testcase name="n" classname="a"><error type="exec"/></testcase></testsuite></testsuites>"#;
    let run = read_junit(xml.as_bytes()).unwrap();
    assert_eq!((run.tests[0].outcome, run.totals.failed), (Outcome::Error, 1));
    assert_eq!((run.tests[0].message.as_str(), run.tests[0].seconds), ("", None));
    for empty in
        ["<testsuites tests=\"0\"/>", "<?xml version=\"1.0\"?>\n<testsuites></testsuites>\n"]
    {
        assert_eq!(read_junit(empty.as_bytes()).unwrap().totals, Totals::default());
    }
}

#[test]
fn a_script_that_ran_before_tests_is_no_test() {
    let script = |inner: &str, failures| {
        format!(
            r#"<testsuites tests="2" failures="{failures}"><testsuite name="@setup-script:db" tests="1" failures="{failures}"><testcase name="db" classname="@setup-script:db">{inner}</testcase></testsuite><testsuite name="a" tests="1"><testcase name="n" classname="a"/></testsuite></testsuites>"#
        )
    };
    let run = read_junit(script("", 0).as_bytes()).unwrap();
    assert_eq!((run.tests.len(), run.totals.passed), (1, 1), "{run:?}");
    let run = read_junit(script("<failure/>", 1).as_bytes()).unwrap();
    assert_eq!(
        (run.totals.passed, run.totals.failed),
        (1, 1),
        "one that failed is not passed over"
    );
}

#[test]
fn totals_that_differ_from_the_tests_are_malformed() {
    insta::assert_snapshot!(
        reason(&FLAKY.replacen("tests=\"6\"", "tests=\"7\"", 1)),
        @"not a whole junit file: testsuites: says tests=7, holds 6"
    );
    insta::assert_snapshot!(
        reason(&FLAKY.replace("errors=\"0\" failures=\"2\"", "errors=\"0\" failures=\"0\"")),
        @r#"not a whole junit file: testsuite "smp": says failures=0, holds 2"#
    );
}

#[test]
fn a_file_that_was_written_over_another_is_malformed() {
    let twice = format!("{FLAKY}{HOSTILE}");
    insta::assert_snapshot!(reason(&twice), @"not a whole junit file: end: the file does not end with its first </testsuites>");
    insta::assert_snapshot!(reason("junk<testsuites/>"), @"not a whole junit file: beginning: no XML declaration and no <testsuites>");
    assert!(read_junit(b"<testsuites/><testsuites/>").is_err());
    assert!(read_junit(b"<testsuites tests='0'/>x</testsuites>").is_err());
}

#[test]
fn a_test_without_its_binary_is_malformed() {
    let text = HOSTILE.replace("name=\"tests::ok\" classname=\"b\"", "name=\"tests::ok\"");
    insta::assert_snapshot!(reason(&text), @r#"not a whole junit file: testcase "tests::ok": no classname"#);
}

#[test]
fn bytes_that_are_no_text_are_malformed() {
    let error = read_junit(b"<testsuites name='\xff'/>").unwrap_err().to_string();
    assert!(error.contains("invalid utf-8"), "{error}");
}

#[test]
fn a_test_with_no_end_of_output_is_bounded_to_its_last_lines() {
    let long = "x".repeat(100_000);
    let text = HOSTILE.replace("::error::pwn", &format!("{long}::error::pwn"));
    let run = read_junit(text.as_bytes()).unwrap();
    let test = run.tests.iter().find(|test| test.name == "tests::hostile").unwrap();
    assert!(test.output.len() < 2 * blocks_evidence::DETAIL);
    assert!(test.output.contains("bytes cut) …"));
    assert!(test.output.ends_with("for a verbose backtrace."));
}
