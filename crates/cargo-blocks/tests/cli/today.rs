//! The day that a verdict is of.

use crate::bench::Bench;

/// A test that fails when it runs for the first time, where nextest tries twice.
fn with_a_flaky_test() -> Bench {
    let bench = Bench::green();
    bench.write(".config/nextest.toml", "[profile.default]\nretries = 1\n");
    let flaky = r#"        add(1, 2);
        let seen = concat!(env!("CARGO_MANIFEST_DIR"), "/target/seen");
        assert!(std::fs::exists(seen).unwrap() || std::fs::write(seen, "").is_err());
    }"#;
    bench.replace("        assert_eq!(add(1, 2), 3);\n    }", flaky);
    bench
}

#[test]
fn a_flaky_test_fails_unless_it_is_quarantined_on_the_day() {
    let bench = with_a_flaky_test();
    // Beside the workspace, so that it is none of its sources.
    let file = "../quarantine.yml";
    let entry = "test:\n  quarantine:\n    - test: small tests::adds\n      issue: \"#12\"\n      \
                 until: 2027-01-31\n";
    bench.write(file, entry);
    let said = bench.check(&["test"]);
    said.expect(
        1,
        &["1 passed, 1 flaky", "[test-flaky]", "src/lib.rs:", "hint: it failed, and passed"],
    );
    let on = |day: &str| bench.run(&["gate", "test", "--config", file, "--today", day]);
    on("2027-01-31").expect(0, &["✓ pass test: 1 passed, 1 flaky (quarantined)"]);
    on("2027-02-01").expect(1, &["quarantined until 2027-01-31, issue #12: expired"]);
    on("unknown").expect(3, &["[day-unknown]", "the quarantine of small tests::adds"]);
    // Whoever asks again is asked for the day, too.
    let check = |day: &str| bench.check(&["test", "--config", file, "--today", day]);
    check("2027-01-31").expect(0, &["1 flaky (quarantined)"]);
    check("2027-02-01").expect(1, &["expired"]);
    let status = |day: &str| bench.run(&["status", "--json", "--config", file, "--today", day]);
    let outcome = |day: &str| {
        let said = status(day).outcomes();
        said.into_iter().find(|(stage, _)| stage == "test").expect("the stage").1
    };
    assert_eq!((&*outcome("2027-01-31"), &*outcome("2027-02-01")), ("pass", "fail"));
}

#[test]
fn what_is_no_day_is_a_mistake_on_the_command_line() {
    let bench = Bench::green();
    for command in ["check", "gate", "badges", "status"] {
        for (day, why) in [
            ("2027-02-29", "the calendar has no such day"),
            (
                "31.1.2027",
                "it is not written as YYYY-MM-DD; write a day such as 2027-01-31, or `unknown`",
            ),
        ] {
            bench.run(&[command, "--today", day]).expect(2, &["--today", why]);
        }
    }
    for day in ["2027-02-28", "unknown"] {
        bench.run(&["status", "--today", day]).expect(0, &[]);
    }
}
