//! `gate`, `badges` and `status` as Nix runs them: no workspace, no programs, only records.

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
        Self { made, bench, sources }
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let records = self.made.path("target/blocks/records");
        let records = records.to_str().expect("UTF-8");
        let rest = ["--records", records, "--sources", self.sources.as_str()];
        self.bench.run(&[arguments, &rest].concat())
    }
}

#[test]
fn records_are_judged_and_shown_without_a_workspace() {
    let sandbox = Sandbox::new();
    let gate = sandbox.run(&["gate", "fmt"]);
    gate.expect(1, &["✗ fail fmt", "src/lib.rs:", "fix and repeat: cargo fmt --all"]);
    assert!(gate.out.lines().count() <= 20, "{}", gate.out);
    sandbox.run(&["gate", "test"]).expect(0, &["✓ pass test: 1 passed"]);
    sandbox.run(&["gate", "docs"]).expect(3, &["? no verdict docs", "record-absent"]);
    sandbox.run(&["gate", "test", "--unit", "other"]).expect(3, &["record-absent"]);
    let all = sandbox.run(&["gate", "--json"]);
    assert_eq!(all.code, Some(1), "a failure counts more than a verdict that is not there");
    assert_eq!(all.open(), ["fmt", "clippy", "docs"]);
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
    sandbox.run(&["status", "--out", "out"]).expect(0, &["fmt       ✗ fail", "test      ✓ pass"]);
    let json = sandbox.run(&["status", "--json"]);
    assert_eq!(sandbox.bench.read("out/status.json"), json.out);
    assert_eq!(json.json()["sources"], sandbox.sources.as_str());
    let other = sandbox.bench.run(&["gate", "fmt", "--records", "out", "--sources", "x"]);
    other.expect(3, &["record-absent"]);
}

#[test]
fn badges_in_a_workspace_go_where_the_configuration_says() {
    let sandbox = Sandbox::new();
    let said = sandbox.made.run(&["badges"]);
    said.expect(0, &["/.github/badges/build.svg: build "]);
    assert!(sandbox.made.read(".github/badges/tests.svg").contains("2 passed"));
    // A badge is no source: the records are still of the sources as they are.
    sandbox.made.run(&["gate", "test"]).expect(0, &["✓ pass test"]);
    sandbox.made.run(&["status"]).expect(0, &["test      ✓ pass"]);
    assert!(sandbox.made.path("target/blocks/status/status.json").is_file());
    let records = sandbox.made.path("target/blocks/records");
    let records = records.to_str().expect("UTF-8");
    let said = sandbox.made.run(&["gate", "test", "--records", records]);
    said.expect(0, &["✓ pass test"]);
    let said = sandbox.made.run(&["gate", "test", "--sources", "others"]);
    said.expect(3, &["other-sources"]);
}
