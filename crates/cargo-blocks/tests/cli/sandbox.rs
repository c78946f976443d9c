//! `gate` and the views as Nix runs them: no workspace, no programs, only records.

use blocks_gates::Expected;
use blocks_stages::Table;

use crate::bench::{Bench, Said};

/// A folder without a workspace and a machine without programs.
struct Sandbox {
    made: Bench,
    bench: Bench,
    sources: String,
}

impl Sandbox {
    fn new() -> Self {
        let made = Bench::green();
        made.replace("let mut sum = a;", "let mut  sum = a;");
        made.check(&["fmt", "test", "doctest"]).expect(1, &[]);
        let record = made.read("target/blocks/records/fmt/workspace/record.json");
        let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        let sources = record["sources"].as_str().expect("an id").to_owned();
        let mut bench = Bench::empty();
        bench.set("PATH", "/nowhere");
        bench.set("HOME", "/nowhere");
        bench.write("expected.json", &expected(&sources));
        Self { made, bench, sources }
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let records = self.made.path("target/blocks/records");
        let records = records.to_str().expect("UTF-8");
        let rest = ["--records", records, "--expect", "expected.json"];
        self.bench.run(&[arguments, &rest].concat())
    }
}

/// A list of a record of each stage over the workspace.
fn expected(sources: &str) -> String {
    Expected::workspace(&Table::embedded().stages, Some(sources)).to_json()
}

#[test]
fn records_are_judged_and_shown_without_a_workspace() {
    let sandbox = Sandbox::new();
    let gate = sandbox.run(&["gate", "fmt"]);
    gate.expect(1, &["✗ fail fmt", "src/lib.rs:", "fix and repeat: cargo fmt --all"]);
    assert!(gate.out.lines().count() <= 20, "{}", gate.out);
    sandbox.run(&["gate", "test"]).expect(0, &["✓ pass test: 1 passed"]);
    sandbox.run(&["gate", "docs"]).expect(3, &["? no verdict docs", "record-absent"]);
    sandbox.run(&["gate", "test", "--unit", "workspace"]).expect(0, &["✓ pass test: 1 passed"]);
    let words = ["there is no unit `other` of test; there are: workspace"];
    sandbox.run(&["gate", "test", "--unit", "other"]).expect(2, &words);
    sandbox.run(&["gate", "--unit", "other"]).expect(2, &["no unit `other` of fmt, clippy"]);
    sandbox.run(&["report"]).expect(2, &["say with --out where the report goes"]);
    sandbox.run(&["report", "--out", "out"]).expect(0, &["out/report.html: fail"]);
    assert!(sandbox.bench.read("out/report.html").contains("<title>Failed: workspace</title>"));
    let all = sandbox.run(&["gate", "--json"]);
    assert_eq!(all.code, Some(1), "a failure counts more than a verdict that is not there");
    assert_eq!(
        all.open(),
        [
            "fmt",
            "clippy",
            "docs",
            "doc-coverage",
            "unsafe",
            "deps",
            "advisories",
            "readme",
            "book",
            "spelling",
            "toml-format",
            "workflows"
        ]
    );
    sandbox.bench.write("config.yml", "stages: {fmt: {enabled: false}}\n");
    sandbox.run(&["gate", "fmt", "--config", "config.yml"]).expect(0, &["switched off"]);
}

#[test]
fn badges_are_drawn_without_a_workspace() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(&["badges", "--out", "out"]);
    said.expect(0, &["out/build.svg: build ", "out/tests.svg: tests ", "out/coverage.svg: "]);
    assert!(sandbox.bench.read("out/tests.svg").contains("2 passed"));
    let json = sandbox.run(&["badges", "--out", "out", "--json"]).json();
    let labels: Vec<_> =
        json.as_array().expect("a list").iter().map(|it| it["label"].clone()).collect();
    assert_eq!(labels, ["build", "tests", "coverage"]);
    sandbox.run(&["badges"]).expect(2, &["say with --out where the badges go"]);
}

#[test]
fn the_status_is_written_without_a_workspace() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["status", "--out", "out"])
        .expect(0, &["fmt           ✗ fail", "test          ✓ pass"]);
    let json = sandbox.run(&["status", "--json"]);
    assert_eq!(sandbox.bench.read("out/status.json"), json.out);
    assert_eq!(json.json()["sources"], sandbox.sources.as_str());
    let rest = ["--records", "out", "--expect", "expected.json"];
    let other = sandbox.bench.run(&[&["gate", "fmt"], &rest[..]].concat());
    other.expect(3, &["record-absent"]);
}

#[test]
fn the_report_of_tests_is_written_without_a_workspace() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(&["junit", "--out", "out"]);
    said.expect(0, &["out/junit.xml: 2 tests, 0 failures, 0 errors, 0 skipped"]);
    let json = sandbox.run(&["junit", "--out", "out", "--json"]).json();
    assert_eq!((&json["tests"], &json["file"]), (&2.into(), &"out/junit.xml".into()));
    let made = sandbox.bench.read("out/junit.xml");
    assert!(made.contains("<testsuite name=\"doctest/small\" tests=\"1\""), "{made}");
    sandbox.run(&["junit"]).expect(2, &["say with --out where the report goes"]);
    // Where there is a workspace, it is the file that the check has left.
    let left = sandbox.made.read("target/blocks/junit/junit.xml");
    sandbox.made.run(&["junit"]).expect(0, &["target/blocks/junit/junit.xml: 2 tests"]);
    assert_eq!((&sandbox.made.read("target/blocks/junit/junit.xml"), &left), (&made, &made));
    let rest = ["junit", "--out", "out", "--records", "out", "--expect", "expected.json"];
    sandbox.bench.run(&rest).expect(0, &["2 tests, 0 failures, 2 errors, 0 skipped"]);
}

#[test]
fn a_list_of_expected_records_is_read_to_the_letter() {
    let bench = Bench::empty();
    bench.write("records/readme", "");
    let gate = ["gate", "fmt", "--records", "records", "--expect", "list.json"];
    bench.run(&gate).expect(2, &["list.json: No such file or directory"]);
    for (text, words) in [
        ("{\"schema\": 1}", "list.json: not a list of expected records: missing field `stages`"),
        ("{\"schema\": 9, \"stages\": {}}", "list.json: the list has schema 9"),
    ] {
        bench.write("list.json", text);
        bench.run(&gate).expect(2, &[words]);
    }
    bench.write("list.json", "{\"schema\": 1, \"stages\": {}}");
    bench.run(&gate).expect(3, &["? no verdict fmt", "record-absent"]);
    bench.run(&[&gate[..], &["--unit", "workspace"]].concat()).expect(2, &["there is no unit"]);
}

#[test]
fn badges_in_a_workspace_go_where_the_configuration_says() {
    let sandbox = Sandbox::new();
    let said = sandbox.made.run(&["badges"]);
    said.expect(0, &["/.github/badges/build.svg: build "]);
    assert!(sandbox.made.read(".github/badges/tests.svg").contains("2 passed"));
    // A badge is no source: the records are still of the sources as they are.
    sandbox.made.run(&["gate", "test"]).expect(0, &["✓ pass test"]);
    sandbox.made.run(&["status"]).expect(0, &["test          ✓ pass"]);
    assert!(sandbox.made.path("target/blocks/status/status.json").is_file());
    let records = sandbox.made.path("target/blocks/records");
    let records = records.to_str().expect("UTF-8");
    let said = sandbox.made.run(&["gate", "test", "--records", records]);
    said.expect(0, &["✓ pass test"]);
    sandbox.made.write("target/others.json", &expected("others"));
    let said = sandbox.made.run(&["gate", "test", "--expect", "target/others.json"]);
    said.expect(3, &["other-sources"]);
}
