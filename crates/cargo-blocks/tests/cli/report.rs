//! The report of a run: a page, and the same for programs.

use blocks_stages::Table;
use serde_json::Value;

use crate::affected::{commit, git};
use crate::bench::Bench;

fn json(bench: &Bench, file: &str) -> Value {
    serde_json::from_str(&bench.read(file)).expect("JSON")
}

#[test]
fn check_leaves_a_report_that_says_what_failed_and_how_to_repeat_it() {
    let bench = Bench::green();
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", "assert_eq!(add(1, 2), 4);\n    }");
    bench.check(&["test", "doctest"]).expect(1, &["✗ fail test"]);
    let page = bench.read("target/blocks/report/report.html");
    for words in [
        "<title>Failed: small</title>",
        "<article class=\"fail\" id=\"stage-test\">",
        "<li id=\"test-test-small-tests::adds\">",
        "<code class=\"place\">src/lib.rs:35</code>",
        "cargo nextest run --workspace -E &#39;binary_id(=small) &amp; test(=tests::adds)&#39;",
        "<td class=\"made\" role=\"cell\">new</td>",
        // What was not asked is not known.
        "<article class=\"unknown\" id=\"stage-docs\">",
        "<code>cargo blocks check docs</code>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let told = json(&bench, "target/blocks/report/report.json");
    assert_eq!((&told["name"], &told["outcome"]), (&"small".into(), &"fail".into()));
    assert_eq!(told["made"][1], serde_json::json!({"stage": "test", "unit": "workspace"}));
    let test = &told["tests"][0]["tests"][0];
    assert_eq!((&test["name"], &test["outcome"]), (&"tests::adds".into(), &"failed".into()));

    // The records are what they were: another look at them says the same, but for what is known of the run.
    let said = bench.run(&["report"]);
    said.expect(0, &["report.html: fail"]);
    let again = json(&bench, "target/blocks/report/report.json");
    assert_eq!((&again["verdicts"], &again["made"]), (&told["verdicts"], &Value::Null));
    bench.check(&["test", "doctest"]).expect(1, &[]);
    let page = bench.read("target/blocks/report/report.html");
    assert!(page.contains("<td class=\"made\" role=\"cell\">kept</td>"), "{page}");
}

#[test]
fn a_report_is_written_where_it_should_be_and_is_called_as_it_should_be() {
    let bench = Bench::green();
    bench.check(&["fmt"]).expect(0, &[]);
    let said =
        bench.run(&["report", "--out", "out", "--name", "a <b>", "--revision", "0123", "--json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!((&said.json()["name"], &said.json()["revision"]), (&"a <b>".into(), &"0123".into()));
    assert_eq!(json(&bench, "out/report.json"), said.json());
    let page = bench.read("out/report.html");
    assert!(page.contains("<title>No verdict: a &lt;b&gt;</title>"), "{page}");
    let same = bench.run(&["generate_build_report", "--out", "out"]);
    same.expect(0, &["report.html: no verdict"]);
}

#[test]
fn a_report_names_the_commit_that_its_files_are_of() {
    let bench = Bench::green();
    bench.write(".gitignore", "/target\n");
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    // This leaves a lock file.
    bench.check(&["fmt"]).expect(0, &[]);
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &[]);
    let revision = json(&bench, "target/blocks/report/report.json")["revision"].clone();
    assert_eq!(revision.as_str().map(str::len), Some(40), "{revision}");
    bench.write("src/lib.rs", "//! Another.\n");
    bench.run(&["report"]).expect(0, &[]);
    assert_eq!(json(&bench, "target/blocks/report/report.json")["revision"], Value::Null);
}

#[test]
fn a_report_names_no_commit_that_was_made_while_its_records_were() {
    let bench = Bench::green();
    bench.write(".gitignore", "/target\n");
    let made = "stages: {later: {run: [git, -c, user.name=Tester, -c, user.email=tester@example.org, commit, \
                --quiet, --allow-empty, --message=later]}}\n";
    bench.write(".github/pipeline-config.yml", made);
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    bench.check(&["fmt"]).expect(0, &[]);
    commit(&bench);
    bench.check(&["later"]).expect(0, &["later  ✓ pass"]);
    assert_eq!(json(&bench, "target/blocks/report/report.json")["revision"], Value::Null);
}

#[test]
fn what_failed_is_beside_the_page_for_issues_and_mails() {
    let bench = Bench::green();
    let only = "stages:\n";
    let others = Table::embedded().stage_ids().filter(|id| !matches!(*id, "fmt" | "clippy"));
    let off: Vec<_> = others.map(|id| format!("  {id}: {{ enabled: false }}\n")).collect();
    bench.write(".github/pipeline-config.yml", &format!("{only}{}", off.concat()));
    bench.replace("let mut sum = a;", "let unused = 1;\n    let mut sum = a;");
    bench.check(&["fmt", "clippy"]).expect(1, &["unused variable"]);
    let file = |name: &str| format!("target/blocks/report/failure.{name}");
    let (markdown, text, html) =
        (bench.read(&file("md")), bench.read(&file("txt")), bench.read(&file("html")));
    for told in [&markdown, &text, &html] {
        assert!(told.contains("1 of 2 stages fails") && told.contains("src/lib.rs:9"), "{told}");
        assert!(
            told.contains("cargo blocks fix clippy") && told.contains("cargo clippy"),
            "{told}"
        );
    }
    assert!(markdown.starts_with("**1 of 2 stages fails** in small\n"), "{markdown}");
    assert!(html.trim_start().starts_with("<div style="), "{html}");
    // What was there goes with what failed.
    bench.replace("#[cfg(test)]", "#[cfg(test)]");
    bench.check(&["fmt", "clippy"]).expect(0, &["clippy  \u{2713} pass"]);
    assert!(["md", "txt", "html"].iter().all(|name| !bench.path(&file(name)).exists()));
}

#[test]
fn other_programs_find_what_they_read_beside_the_page() {
    let bench = Bench::green();
    bench.check(&["fmt", "test", "coverage"]).expect(0, &["✓ pass"]);
    let file = |name: &str| format!("target/blocks/report/{name}");
    let begins = [
        ("report.md", "**no verdict: 3 pass"),
        ("comment.md", "**no verdict: 3 pass"),
        ("annotations.txt", "::warning title="),
        ("blocks.sarif", "{\n  \"$schema\""),
        ("junit.xml", "<?xml"),
        ("ctrf.json", "{\n  \"reportFormat\": \"CTRF\""),
        ("lcov.info", "TN:\nSF:src/lib.rs\n"),
        ("cobertura.xml", "<?xml"),
    ];
    for (name, begin) in begins {
        let text = bench.read(&file(name));
        assert!(text.starts_with(begin), "{name}: {text}");
    }
    // Of coverage that is of other sources nothing is shown, and what was there goes.
    bench.replace("#[cfg(test)]", "// Edited.\n\n#[cfg(test)]");
    bench.run(&["report"]).expect(0, &["no verdict"]);
    assert!(
        !bench.path(&file("lcov.info")).exists() && !bench.path(&file("cobertura.xml")).exists()
    );
    let sarif = json(&bench, &file("blocks.sarif"));
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let ctrf = json(&bench, &file("ctrf.json"));
    assert_ne!(ctrf["results"]["summary"]["other"], 0);
}

/// Where and when it is made changes no byte of it.
#[test]
fn the_same_records_are_the_same_report_everywhere() {
    let mut bench = Bench::green();
    bench.check(&["fmt", "test"]).expect(0, &["✓ pass"]);
    let files = |bench: &Bench, out: &str| {
        bench.run(&["report", "--out", out, "--today", "2026-11-27"]).expect(0, &["no verdict"]);
        let mut files: Vec<_> = std::fs::read_dir(bench.path(out))
            .expect("a folder")
            .map(|entry| entry.expect("a file").path())
            .map(|path| {
                (
                    path.file_name().expect("a name").to_owned(),
                    std::fs::read(&path).expect("a file"),
                )
            })
            .collect();
        files.sort();
        files
    };
    let first = files(&bench, "target/one");
    assert_eq!(first.len(), 13);
    for (name, value) in [
        ("TZ", "Asia/Tokyo"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
        ("COLUMNS", "20"),
    ] {
        bench.set(name, value);
    }
    assert_eq!(files(&bench, "target/two"), first);
}
