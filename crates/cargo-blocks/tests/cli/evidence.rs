//! Evidence that cannot be trusted is never green, and is made again.

use std::fs;

use crate::bench::Bench;

const RECORD: &str = "target/blocks/records/fmt/workspace";

/// A workspace whose formatting was checked.
fn checked() -> Bench {
    let bench = Bench::green();
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    bench.run(&["gate", "fmt"]).expect(0, &["✓ pass fmt"]);
    bench
}

/// There is no verdict, for this reason, until the next check makes the record again.
fn is_made_again(bench: &Bench, why: &str) {
    bench.run(&["gate", "fmt"]).expect(3, &["? no verdict fmt", why]);
    let said = bench.check(&["fmt"]);
    said.expect(0, &["fmt          done after"]);
    bench.run(&["gate", "fmt"]).expect(0, &["✓ pass fmt"]);
}

#[test]
fn a_record_or_evidence_that_is_gone_is_made_again() {
    let bench = checked();
    fs::remove_dir_all(bench.path(RECORD)).expect("removed");
    is_made_again(&bench, "record-absent");
    fs::remove_file(bench.path(RECORD).join("fmt.diff")).expect("removed");
    is_made_again(&bench, "evidence-absent");
}

#[test]
fn evidence_that_was_changed_is_made_again() {
    let bench = checked();
    bench.write(&format!("{RECORD}/fmt.diff"), "Diff in src/lib.rs:1:\n");
    is_made_again(&bench, "evidence-changed");
    let record = bench.read(&format!("{RECORD}/record.json"));
    bench.write(&format!("{RECORD}/record.json"), &record[..record.len() / 2]);
    is_made_again(&bench, "record-malformed");
    bench
        .write(&format!("{RECORD}/record.json"), &record.replace("\"schema\": 1", "\"schema\": 9"));
    is_made_again(&bench, "record-newer");
}

#[test]
fn records_of_another_workspace_are_made_again() {
    let (bench, mut other) = (checked(), Bench::green());
    // The environment is the same, so that only the sources tell the records apart.
    other.set("CARGO_HOME", bench.variable("CARGO_HOME").expect("set"));
    other.write("src/other.rs", "//! Another file.\n");
    other.check(&["fmt"]).expect(0, &[]);
    fs::remove_dir_all(bench.path(RECORD)).expect("removed");
    fs::rename(other.path(RECORD), bench.path(RECORD)).expect("moved");
    is_made_again(&bench, "other-sources");
}

#[test]
fn records_of_another_stage_or_of_changed_sources_are_no_verdict() {
    let bench = checked();
    fs::create_dir_all(bench.path("target/blocks/records/clippy")).expect("a folder");
    fs::rename(bench.path(RECORD), bench.path("target/blocks/records/clippy/workspace"))
        .expect("moved");
    bench.run(&["gate", "clippy"]).expect(3, &["other-stage"]);
    bench.check(&["fmt"]).expect(0, &[]);
    bench.replace("sum *= 7", "sum *= 9");
    bench.run(&["gate", "fmt"]).expect(3, &["other-sources"]);
    let status = bench.run(&["status", "--json"]);
    assert_eq!((status.code, &status.json()["outcome"]), (Some(0), &"no-verdict".into()));
}

#[test]
fn a_flaky_test_stays_red_until_it_is_asked_again_and_nothing_else_is() {
    let bench = Bench::green();
    let flaky = "        let seen = concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/target/seen\");\n        \
        assert!(std::fs::exists(seen).unwrap() || std::fs::write(seen, \"\").is_err());\n        \
        assert_eq!(add(1, 2), 3);\n    }";
    bench.replace("        assert_eq!(add(1, 2), 3);\n    }", flaky);
    bench.check(&["test", "fmt", "doctest"]).expect(1, &["1 failed, 0 passed"]);
    let again = bench.check(&["test", "fmt", "doctest"]);
    again.expect(1, &["1 failed, 0 passed"]);
    assert_eq!(again.kept(), ["doctest", "fmt", "test"], "a red record is kept like a green one");
    let asked = bench.check(&["test", "fmt", "doctest", "--again", "test"]);
    asked.expect(0, &["1 passed"]);
    assert_eq!(asked.kept(), ["doctest", "fmt"]);
    let record = bench.read("target/blocks/records/test/workspace/record.json");
    assert!(record.contains("\"attempt\": \"1\""), "{record}");
    // The record of coverage is that of the tests.
    let coverage = bench.check(&["coverage", "--again", "coverage"]);
    assert!(coverage.kept().is_empty(), "{coverage:?}");
    bench.check(&["fmt", "--again", "tset"]).expect(2, &["there is no stage `tset`"]);
}
