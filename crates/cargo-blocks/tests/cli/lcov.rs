//! `lcov`: which lines tests ran how often, for other programs.

use crate::bench::Bench;

const VIEW: &str = "target/blocks/lcov/lcov.info";

#[test]
fn lines_are_written_from_the_record_that_is_there() {
    let bench = Bench::green();
    bench.run(&["lcov"]).expect(3, &["? no verdict coverage", "record-absent"]);
    assert!(!bench.path(VIEW).exists());
    bench.check(&["coverage"]).expect(0, &["✓ pass"]);
    bench.run(&["lcov"]).expect(0, &[VIEW, " lines of 1 files\n"]);
    let text = bench.read(VIEW);
    assert!(text.starts_with("TN:\nSF:src/lib.rs\nDA:"), "{text}");
    assert!(text.ends_with("end_of_record\n"), "{text}");
    let json = bench.run(&["lcov", "--out", "target/out", "--json"]).json();
    assert_eq!((&json["files"], &json["covered"]), (&1.into(), &json["count"]));
    assert_eq!(bench.read("target/out/lcov.info"), text);
    // What is of other sources is not shown, and what was written of them goes.
    bench.replace("#[cfg(test)]", "// Edited.\n\n#[cfg(test)]");
    bench.run(&["lcov"]).expect(3, &["? no verdict coverage", "other-sources"]);
    assert!(!bench.path(VIEW).exists());
}

#[test]
fn runs_elsewhere_are_added() {
    let bench = Bench::green();
    bench.check(&["coverage"]).expect(0, &["✓ pass"]);
    let file = bench.path("src/lib.rs");
    let elsewhere = format!(
        "SF:{}\nDA:900,7\nend_of_record\nSF:/other.c\nDA:1,1\nend_of_record\n",
        file.display()
    );
    bench.write("target/e2e.info", &elsewhere);
    let asked = ["lcov", "--with", "target/e2e.info"];
    bench.run(&asked).expect(0, &[VIEW, " lines of 2 files\n"]);
    let text = bench.read(VIEW);
    assert!(text.starts_with("TN:\nSF:/other.c\nDA:1,1\n"), "{text}");
    assert!(text.contains("\nSF:src/lib.rs\nDA:") && text.contains("\nDA:900,7\n"), "{text}");
    bench.write("target/e2e.info", &elsewhere[..elsewhere.len() - 5]);
    let cut =
        "error: --with target/e2e.info: not a whole lcov file: line 6: it is of no known kind";
    bench.run(&asked).expect(2, &[cut]);
    assert_eq!(bench.read(VIEW), text, "what was written stays");
}

#[test]
fn where_coverage_is_switched_off_there_is_nothing_to_show() {
    let bench = Bench::green();
    bench.write(".github/pipeline-config.yml", "stages: {coverage: {enabled: false}}\n");
    bench.run(&["lcov"]).expect(0, &["no coverage: switched off"]);
    assert_eq!(bench.run(&["lcov", "--json"]).json(), serde_json::Value::Null);
}

#[test]
fn without_a_workspace_one_says_where_it_goes() {
    let bench = Bench::empty();
    bench.write("expected.json", "{\"schema\": 1, \"stages\": {}}");
    bench.write("records/readme", "");
    let asked = ["lcov", "--records", "records", "--expect", "expected.json"];
    bench.run(&asked).expect(2, &["say with --out where lcov.info goes"]);
    bench.run(&[&asked[..], &["--out", "out"]].concat()).expect(3, &["? no verdict coverage"]);
}
