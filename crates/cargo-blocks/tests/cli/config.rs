//! The configuration file as the program reads it.

use crate::bench::{Bench, only};

const FILE: &str = ".github/pipeline-config.yml";

#[test]
fn a_mistake_in_the_configuration_is_shown_with_its_line() {
    let bench = Bench::green();
    bench.write(FILE, "test:\n  coverage_treshold: 90\n");
    let said = bench.check(&["fmt"]);
    let words = ["pipeline-config.yml:2:3", "coverage_treshold: 90", "`coverage_threshold`"];
    said.expect(2, &words);
    assert!(said.err.starts_with("error: unknown key") && said.out.is_empty(), "{said:?}");
    bench.write(FILE, "stages:\n  tset: {enabled: false}\n");
    bench.check(&["fmt"]).expect(2, &["pipeline-config.yml:2:3", "unknown stage `tset`", "test"]);
    bench.write(FILE, "members:\n  smal: {files: [assets]}\n");
    let words = ["pipeline-config.yml:2:3", "unknown member `smal`", "did you mean `small`?"];
    bench.check(&["fmt"]).expect(2, &words);
}

#[test]
fn a_configuration_that_is_named_must_be_there() {
    let bench = Bench::green();
    let said = bench.check(&["fmt", "--config", "gone.yml"]);
    said.expect(2, &["there is no configuration at gone.yml"]);
    bench.write("other.yml", &only(&["fmt"]));
    let said = bench.check(&["--config", "other.yml", "--json"]);
    assert_eq!(said.outcomes(), [("fmt".to_owned(), "pass".to_owned())]);
}

#[test]
fn a_stage_that_is_switched_off_does_not_run_and_is_not_red() {
    let bench = Bench::green();
    bench.write("src/lib.rs", "//! Small.\npub   fn f() {}\n");
    bench.check(&["fmt"]).expect(1, &["✗ fail"]);
    bench.write(FILE, "stages:\n  fmt: {enabled: false}\n");
    bench.run(&["gate", "fmt"]).expect(0, &["switched off: stages.fmt.enabled is false"]);
}

#[test]
fn the_coverage_that_is_wanted_is_configured() {
    let bench = Bench::green();
    let more = "/// Not tested.\npub fn more(a: u32) -> u32 {\n    a + 1\n}\n\n#[cfg(test)]";
    bench.replace("#[cfg(test)]", more);
    bench.write(FILE, "test:\n  coverage_threshold: 80.5\n");
    bench.check(&["coverage"]).expect(0, &["(80.5 % wanted)"]);
}

#[test]
fn every_stage_and_every_setting_is_explained() {
    let bench = Bench::green();
    for stage in blocks_stages::Table::embedded().stage_ids() {
        let said = bench.run(&["explain", stage]);
        said.expect(0, &["the same by hand: ", "leaves, as evidence:"]);
        let json = bench.run(&["explain", stage, "--json"]).json();
        assert_eq!(json["id"], stage);
    }
    for key in blocks_config::keys() {
        let said = bench.run(&["explain", key.path]);
        said.expect(0, &[key.path, key.meaning, &key.default_value(), "(default)"]);
        let json = bench.run(&["explain", key.path, "--json"]).json();
        assert_eq!((&json["key"], &json["origin"]), (&key.path.into(), &"default".into()));
    }
}

#[test]
fn a_settings_value_is_explained_with_the_line_that_sets_it() {
    let bench = Bench::green();
    bench.write(FILE, "test:\n  coverage_threshold: 90\nstages:\n  docs: {enabled: false}\n");
    bench.write(".github/notify-config.yml", "notifications:\n  on_success: true\n");
    let of = |key: &str| bench.run(&["explain", key]);
    of("test.coverage_threshold").expect(0, &["= 90 (", "pipeline-config.yml:2)", "default 95;"]);
    of("stages.docs.enabled").expect(0, &["= false (", "pipeline-config.yml:4)"]);
    of("stages.fmt.enabled").expect(0, &["= true (default)"]);
    of("notifications.on_success").expect(0, &["= true (", "notify-config.yml:2)"]);
    of("members.small.files").expect(0, &["= none (default)", "default none;"]);
    let elsewhere = Bench::empty().run(&["explain", "test.coverage_threshold"]);
    elsewhere.expect(0, &["= 95 (default)"]);
}

#[test]
fn what_is_neither_stage_nor_setting_is_refused_with_what_there_is() {
    let bench = Bench::green();
    for what in ["nothing", "test.nothing", "stages.nothing.enabled", "stages.test", "badges"] {
        let said = bench.run(&["explain", what]);
        said.expect(2, &["is neither a stage nor a setting", "clippy", "cache.paths"]);
    }
}
