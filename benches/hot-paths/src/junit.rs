use std::fmt::Write as _;

/// The most tests of a suite.
const SUITE: usize = 500;
/// One of so many tests fails.
const FAILURES: usize = 100;
/// One of so many tests is not run.
const SKIPPED: usize = 150;

/// `JUnit` XML as cargo-nextest writes it, of so many tests in suites of up to 500. Of 300 tests, 3 fail and 2 are not
/// run.
pub fn junit(tests: usize) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"nextest-run\" {} uuid=\"023cbdee-7743-41d8-a659-53c3cfb23f95\" \
         timestamp=\"2026-11-23T18:22:50.757+00:00\" time=\"357.125\">",
        counts(0..tests)
    );
    for begin in (0..tests).step_by(SUITE) {
        let of_suite = begin..tests.min(begin + SUITE);
        let binary = format!("member-{:03}", begin / SUITE);
        let _ = writeln!(out, "    <testsuite name=\"{binary}\" {}>", counts(of_suite.clone()));
        of_suite.for_each(|test| push_case(&mut out, &binary, test));
        out.push_str("    </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn is_failure(test: usize) -> bool {
    test % FAILURES == 7
}

fn is_skipped(test: usize) -> bool {
    test % SKIPPED == 11
}

fn counts(tests: std::ops::Range<usize>) -> String {
    let of = |kind: fn(usize) -> bool| tests.clone().filter(|test| kind(*test)).count();
    format!(
        "tests=\"{}\" skipped=\"{}\" errors=\"0\" failures=\"{}\"",
        tests.len(),
        of(is_skipped),
        of(is_failure)
    )
}

fn push_case(out: &mut String, binary: &str, test: usize) {
    let name = format!("tests::of_group_{:02}::case_{test:06}_holds", test % 37);
    let _ = write!(
        out,
        "        <testcase name=\"{name}\" classname=\"{binary}\" \
         timestamp=\"2026-11-23T18:22:50.{:03}+00:00\" time=\"{}.{:03}\"",
        test % 1000,
        test % 3,
        test * 7 % 1000
    );
    if is_skipped(test) {
        out.push_str(">\n            <skipped message=\"Skipped: test does not match the run-ignored option\"/>\n");
    } else if is_failure(test) {
        push_failure(out, &name, test);
    } else {
        out.push_str("/>\n");
        return;
    }
    out.push_str("        </testcase>\n");
}

fn push_failure(out: &mut String, name: &str, test: usize) {
    let said =
        format!("thread &apos;{name}&apos; ({test}) panicked at src/lib.rs:{}:9", test % 900 + 1);
    let _ = write!(
        out,
        ">
            <failure message=\"{said}\" type=\"test failure with exit code 101\">{said}:
assertion `left == right` failed: &lt;both&gt; &amp; each
  left: 1
 right: 2
stack backtrace:
   0: __rustc::rust_begin_unwind
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.</failure>
            <system-out>
running 1 test
test {name} ... FAILED

failures:

failures:
    {name}

test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.01s

</system-out>
            <system-err>{said}:
assertion `left == right` failed: &lt;both&gt; &amp; each
</system-err>
"
    );
}

#[cfg(test)]
mod tests {
    use super::junit;
    use blocks_evidence::{Totals, read_junit};

    #[test]
    fn a_report_holds_as_many_tests_as_it_was_asked_for() {
        let run = read_junit(junit(600).as_bytes()).unwrap();
        assert_eq!(run.totals, Totals { passed: 590, failed: 6, flaky: 0, skipped: 4 });
        assert_eq!(
            run.tests[7].message,
            "assertion `left == right` failed: <both> & each\n  left: 1\n right: 2"
        );
    }

    #[test]
    fn a_report_of_no_tests_is_whole() {
        assert_eq!(read_junit(junit(0).as_bytes()).unwrap().totals, Totals::default());
    }
}
