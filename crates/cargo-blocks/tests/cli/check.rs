//! What `check` says of a workspace, green and red.

use crate::bench::{self, Bench, GREEN};

/// Checks everything, and that exactly one stage is red, with these words to its user.
fn only(bench: &Bench, stage: &str, words: &[&str]) {
    let said = bench.check(&[]);
    said.expect(1, words);
    said.expect(1, &["✗ fail", &format!("\nmore: cargo blocks show {stage}\n")]);
    let json = bench.check(&["--json"]);
    assert_eq!(json.code, Some(1), "{json:?}");
    assert_eq!(json.open(), [stage], "{}", said.out);
    assert_eq!(json.json()["outcome"], "fail");
    let verdicts = json.json()["verdicts"].as_array().expect("verdicts").clone();
    let red = verdicts.iter().find(|it| it["stage"] == stage).expect("the stage");
    let causes = red["causes"].as_array().expect("causes");
    assert!(!causes.is_empty() && causes[0]["file"] == "src/lib.rs", "{red:#}");
    let line = causes[0]["line"].as_u64().expect("a line");
    assert!(said.out.contains(&format!("src/lib.rs:{line}")), "{}", said.out);
    assert!(said.out.contains(red["repeat"].as_str().expect("a command")), "{}", said.out);
}

#[test]
fn a_green_workspace_passes_and_leaves_its_views() {
    let bench = Bench::green();
    let said = bench.check(&[]);
    said.expect(0, &["fmt          done after", "test         started"]);
    insta::with_settings!({filters => [(r" +\d+\.\d  ", "  [s]  "), (r"in \d+\.\d s:", "in [s] s:")]}, {
        insta::assert_snapshot!(said.out);
    });
    let json = bench.check(&["--json"]);
    assert_eq!((json.code, json.open()), (Some(0), vec![]));
    assert_eq!(
        json.kept(),
        [
            "advisories",
            "book",
            "clippy",
            "deps",
            "doc-coverage",
            "docs",
            "doctest",
            "fmt",
            "readme",
            "spelling",
            "test",
            "toml-format",
            "unsafe",
            "workflows"
        ]
    );
    let status: serde_json::Value =
        serde_json::from_str(&bench.read("target/blocks/status/status.json")).expect("JSON");
    assert_eq!(status, json.json(), "the file says what is printed");
    assert_eq!(status["outcome"], "pass");
    assert!(status["toolchain"]["rustc"].as_str().expect("a version").starts_with("rustc 1."));
    assert!(bench.read("target/blocks/badges/build.svg").contains("passing"));
    assert!(bench.read("target/blocks/badges/coverage.svg").contains("100"));
    assert!(bench.read("target/blocks/badges/tests.svg").starts_with("<svg"));
    let report = bench.read("target/blocks/junit/junit.xml");
    for words in [
        "<testsuites name=\"blocks\" tests=\"2\" skipped=\"0\" failures=\"0\" errors=\"0\">",
        "<testsuite name=\"test/small\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"0\">",
        "<testcase name=\"tests::adds\" classname=\"test/small\" time=\"",
        "<testsuite name=\"doctest/small\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"0\">",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(bench.path("target/blocks/records/docs/workspace/html/small/index.html").is_file());
    assert!(!bench.path(".github").exists(), "the workspace's own files stay as they are");
}

#[test]
fn a_test_that_fails_is_red() {
    let bench = Bench::green();
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", "assert_eq!(add(1, 2), 4);\n    }");
    let words = ["tests::adds", "src/lib.rs:35", "cargo nextest run --workspace", "-E 'binary_id"];
    only(&bench, "test", &words);
    assert!(bench.read("target/blocks/badges/build.svg").contains("fail"));
    let report = bench.read("target/blocks/junit/junit.xml");
    for words in [
        "tests=\"2\" skipped=\"0\" failures=\"1\" errors=\"0\">",
        "file=\"src/lib.rs\" line=\"35\">",
        "<failure message=\"assertion `left == right` failed left: 3 right: 4\" type=\"test failure",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
}

#[test]
fn a_file_that_is_not_formatted_is_red() {
    let bench = Bench::green();
    bench.replace("    let mut sum = a;", "    let mut  sum = a;");
    only(&bench, "fmt", &["cargo fmt --all", "1 file is not formatted"]);
}

#[test]
fn a_lint_is_red() {
    let bench = Bench::green();
    bench.replace("    sum\n}", "    return sum;\n}");
    let words = ["src/lib.rs:26", "needless_return", "cargo clippy --workspace", "1 lint"];
    only(&bench, "clippy", &words);
}

#[test]
fn a_line_that_no_test_runs_is_red() {
    let bench = Bench::green();
    let more = "/// Not tested.\npub fn more(a: u32) -> u32 {\n    a + 1\n}\n\n#[cfg(test)]";
    bench.replace("#[cfg(test)]", more);
    only(
        &bench,
        "coverage",
        &["(95 % wanted)", "src/lib.rs:30: tests run", "cargo llvm-cov nextest"],
    );
}

#[test]
fn a_link_of_the_documentation_that_leads_nowhere_is_red() {
    let bench = Bench::green();
    bench.replace("/// Adds.", "/// Adds like [`nothing`].");
    only(&bench, "docs", &["src/lib.rs:3", "broken_intra_doc_links", "cargo doc --workspace"]);
}

#[test]
fn an_example_that_fails_is_red() {
    let bench = Bench::green();
    bench.replace("/// assert_eq!(small::add(1, 2), 3);", "/// assert_eq!(small::add(1, 2), 4);");
    only(&bench, "doctest", &["src/lib.rs:5", "cargo test --workspace --doc"]);
}

#[test]
fn what_does_not_compile_is_red_wherever_it_is_compiled() {
    let bench = Bench::green();
    bench.replace("    sum\n}", "    \"sum\"\n}");
    let said = bench.check(&["--json"]);
    assert_eq!(said.code, Some(1));
    let of = |name: &str| said.outcomes().into_iter().find(|(stage, _)| stage == name);
    for stage in ["clippy", "test", "doctest"] {
        assert_eq!(of(stage).expect("a stage").1, "fail", "{stage}");
    }
    assert_eq!(of("fmt").expect("a stage").1, "pass");
    assert_eq!(of("coverage").expect("a stage").1, "no-verdict", "nothing was counted");
    bench.check(&["test"]).expect(1, &["src/lib.rs:26", "mismatched types (E0308)"]);
}

#[test]
fn only_the_stages_that_are_named_run() {
    let bench = Bench::green();
    let said = bench.check(&["fmt", "clippy"]);
    said.expect(0, &["fmt     ✓ pass", "clippy  ✓ pass"]);
    assert!(!said.out.contains("doctest"), "{}", said.out);
    assert!(!bench.path("target/blocks/records/docs").exists());
    // The badges are about all stages: what was not asked is not known to be green.
    assert!(!bench.read("target/blocks/badges/build.svg").contains("passing"));
    let report = bench.read("target/blocks/junit/junit.xml");
    let absent = "<testcase name=\"workspace\" classname=\"test\">\n            <error message=\"test: there is no record at ";
    assert!(report.contains(absent), "what was not asked is not just left out: {report}");
    assert_eq!(report.matches("type=\"record-absent\"").count(), 2, "{report}");
}

#[test]
fn records_and_views_go_where_out_says() {
    let bench = Bench::green();
    bench.check(&["fmt", "--out", "elsewhere/inner"]).expect(0, &["fmt    ✓ pass"]);
    for file in ["records/fmt/workspace/record.json", "badges/build.svg", "status/status.json"] {
        assert!(bench.path("elsewhere/inner").join(file).is_file(), "{file}");
    }
    assert!(!bench.path("target/blocks/records").exists());
    bench.write("file", "");
    bench.check(&["fmt", "--out", "file/inner"]).expect(4, &["error: ", "file/inner"]);
}

#[test]
fn a_workspace_is_named_by_folder_or_manifest_from_elsewhere() {
    let (bench, elsewhere) = (Bench::green(), Bench::empty());
    let root = bench.root();
    let root = root.to_str().expect("UTF-8");
    let check = ["check", "fmt", "--engine", "host", "--no-install"];
    elsewhere.run(&[&check[..], &["--workspace", root]].concat()).expect(0, &["fmt"]);
    let manifest = format!("{root}/Cargo.toml");
    let said = elsewhere.run(&[&check[..], &["--manifest-path", &manifest]].concat());
    said.expect(0, &["unchanged"]);
    bench.write("src/inner/mod.rs", "");
    assert_eq!(bench.read("src/lib.rs"), GREEN, "a check changes no source");
}

#[test]
fn a_set_stands_for_its_stages_and_the_quicker_ones_that_are_on() {
    let bench = Bench::green();
    bench.write(".github/pipeline-config.yml", &bench::only(&["fmt", "docs"]));
    let ids = |name: &str| {
        let outcomes = bench.check(&[name, "--json"]).outcomes();
        outcomes.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(ids("quick"), ["fmt", "docs"]);
    bench.write(".github/pipeline-config.yml", &bench::only(&["fmt", "unused-deps"]));
    assert_eq!(ids("quick"), ["fmt"]);
    assert_eq!(ids("full"), ["fmt", "unused-deps"]);
}

#[test]
fn a_group_stands_for_its_stages_that_are_not_switched_off() {
    let bench = Bench::green();
    bench.write(
        ".github/pipeline-config.yml",
        "stages: {docs: {enabled: false}, doctest: {enabled: false}, readme: {enabled: false}}\n",
    );
    let said = bench.check(&["verify_documentation", "--json"]);
    let outcomes = said.outcomes();
    assert_eq!(outcomes, [("doc-coverage".to_owned(), "pass".to_owned())]);
    // Who names the stage itself wants it in any case, and once.
    let said = bench.check(&["docs", "verify_documentation", "docs", "--json"]).outcomes();
    let ids: Vec<_> = said.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["docs", "doc-coverage"]);
    bench.run(&["gate", "verify_documentation"]).expect(0, &["pass doc-coverage"]);
    bench.run(&["explain", "verify_documentation"]).expect(0, &["stands for:", "doc-coverage"]);
    bench.run(&["explain", "verify_api", "--json"]).expect(0, &["semver"]);
    bench.run(&["stages"]).expect(0, &["groups of stages", "verify_safety"]);
    bench
        .check(&["verify_everything"])
        .expect(2, &["no stage `verify_everything`", "verify_safety"]);
    bench.write(".github/pipeline-config.yml", "stages: {semver: {enabled: false}}\n");
    bench
        .check(&["verify_migrations"])
        .expect(2, &["all stages of the group `verify_migrations` are switched off"]);
}
