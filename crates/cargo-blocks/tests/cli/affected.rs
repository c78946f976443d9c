//! What a change concerns: `check --affected` and `explain --rebuild`.

use std::process::Command;

use crate::bench::{Bench, only};
use serde_json::Value;

/// A checkout of a workspace with three members: `b` needs `a`, and `c` needs nothing.
pub fn crew() -> Bench {
    let bench = Bench::crew(&[("a", ""), ("b", "a = { path = \"../a\" }"), ("c", "")]);
    bench.write(".gitignore", "/target\n");
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    // Cargo writes the lock file before the first commit.
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench
}

pub fn git(bench: &Bench, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.org"])
        .args(arguments)
        .current_dir(bench.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git");
    assert!(output.status.success(), "{output:?}");
}

pub fn commit(bench: &Bench) {
    git(bench, &["add", "--all"]);
    git(bench, &["commit", "--quiet", "--message", "a state"]);
}

const LIBRARY: &str = "crates/a/src/lib.rs";
const EDITED: &str = "//! Edited.\n";

fn record(bench: &Bench, stage: &str, unit: &str) -> Value {
    let text = bench.read(&format!("target/blocks/records/{stage}/{unit}/record.json"));
    serde_json::from_str(&text).expect("JSON")
}

/// The words by which a record's step selects packages.
fn selected(record: &Value) -> Vec<&str> {
    let step = record["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
    let words = step["command"].as_array().expect("a command");
    let words = words.iter().filter_map(Value::as_str);
    words.skip(2).take_while(|word| !matches!(*word, "--" | "--all-targets")).collect()
}

#[test]
fn an_edit_is_checked_over_its_member_and_those_who_need_it() {
    let bench = crew();
    let badge = bench.read("target/blocks/badges/build.svg");
    bench.write(LIBRARY, EDITED);
    let said = bench.check(&["--affected", "fmt", "clippy"]);
    let who = "checking 2 of 3 members: a (crates/a/src/lib.rs), b (depends on a)";
    said.expect(0, &[who, "fmt/a+1     ✓ pass", "clippy/a+1  ✓ pass"]);
    for stage in ["fmt", "clippy"] {
        let record = record(&bench, stage, "a+1");
        assert_eq!(selected(&record), ["--package", "a", "--package", "b"], "{stage}");
        assert_eq!(record["members"], serde_json::json!(["a", "b"]));
    }
    assert!(!bench.path("target/blocks/records/clippy/workspace").exists());
    assert_eq!(bench.read("target/blocks/badges/build.svg"), badge, "badges are of all members");

    let again = bench.check(&["--affected", "--json", "fmt", "clippy"]);
    assert_eq!((again.code, again.kept()), (Some(0), vec!["clippy", "fmt"]));
    assert_eq!(again.json()["verdicts"][0]["unit"], "a+1");

    // The same name, and another member: what was said of `a` and `b` is not taken for it.
    git(&bench, &["checkout", "--quiet", "--", "."]);
    bench.write("crates/a/tests/it.rs", "//! Of tests.\n");
    bench.write("crates/c/src/lib.rs", EDITED);
    let other = bench.check(&["--affected", "fmt", "clippy"]);
    other.expect(0, &["2 of 3 members: a (crates/a/tests/it.rs), c (crates/c/src/lib.rs)"]);
    assert_eq!((other.kept(), &record(&bench, "fmt", "a+1")["members"][1]), (vec![], &"c".into()));
}

#[test]
fn a_red_member_is_shown_with_the_command_that_asks_it_again() {
    let bench = crew();
    bench.write("crates/b/src/lib.rs", "//! Edited.\nfn  f() {}\n");
    let said = bench.check(&["--affected", "fmt"]);
    said.expect(1, &["checking 1 of 3 members: b (crates/b/src/lib.rs)", "fmt/b  ✗ fail"]);
    said.expect(1, &["cargo fmt --package b"]);
    assert!(!said.out.contains("\nmore: "), "`show` is of the workspace: {}", said.out);
}

#[test]
fn where_nothing_changed_nothing_is_checked() {
    let bench = crew();
    bench.write("README.md", "For people.\n");
    let why = "no member is affected by what changed since HEAD: nothing to check";
    let said = bench.check(&["--affected", "fmt", "clippy"]);
    assert_eq!((said.code, said.out), (Some(0), format!("{why}\n")));
    let said = bench.check(&["--affected", "fmt", "clippy", "--json"]);
    assert_eq!((said.code, &said.json()["outcome"]), (Some(0), &"pass".into()));
    let outcome = |stage: &str| (stage.to_owned(), "not-applicable".to_owned());
    assert_eq!(said.outcomes(), ["fmt", "clippy"].map(outcome));
    assert_eq!(said.json()["verdicts"][0]["summary"], why);
}

#[test]
fn what_is_for_all_members_is_checked_as_the_workspace() {
    let bench = crew();
    bench.write("clippy.toml", "");
    bench.check(&["--affected", "fmt"]).expect(0, &["no member is affected"]);
    let said = bench.check(&["--affected", "clippy"]);
    said.expect(0, &["checking all 3 members: a, b, c (clippy.toml)", "clippy  ✓ pass"]);
    assert_eq!(selected(&record(&bench, "clippy", "workspace")), ["--workspace"]);
}

#[test]
fn a_branch_is_checked_since_it_began() {
    let bench = crew();
    git(&bench, &["checkout", "--quiet", "-b", "topic"]);
    bench.write(LIBRARY, EDITED);
    commit(&bench);
    bench.check(&["--affected", "fmt"]).expect(0, &["nothing to check"]);
    bench.check(&["--affected=main", "fmt"]).expect(0, &["checking 1 of 3 members: a"]);
    let said = bench.check(&["--affected=nowhere", "fmt"]);
    said.expect(2, &["error: cannot tell what changed in", "git knows no revision `nowhere`"]);
    let bench = Bench::green();
    std::fs::write(bench.path(".git"), "gitdir: /nowhere\n").expect("written");
    bench.check(&["--affected", "fmt"]).expect(2, &["no git checkout holds it"]);
}

#[test]
fn coverage_of_a_part_is_judged_only_by_name() {
    let bench = crew();
    bench.write(".github/pipeline-config.yml", &only(&["fmt", "coverage"]));
    commit(&bench);
    bench
        .write("crates/c/src/lib.rs", "//! C.\n\n/// Not tested.\npub fn f() -> u32 {\n    1\n}\n");
    bench.write("crates/c/tests/it.rs", "//! Of tests.\n\n#[test]\nfn runs() {}\n");
    let said = bench.check(&["--affected"]);
    said.expect(0, &["coverage is left out: of some members it says little", "fmt/c  ✓ pass"]);
    assert!(!said.out.contains("coverage"), "{}", said.out);
    let said = bench.check(&["--affected", "coverage"]);
    said.expect(1, &["coverage/c", "✗ fail", "cargo llvm-cov nextest --package c"]);
}

#[test]
fn a_stage_says_whose_records_are_of_other_inputs_and_why() {
    let bench = crew();
    bench.write(LIBRARY, EDITED);
    let explain = |arguments: &[&str]| bench.run(&[&["explain"], arguments].concat());
    let said = explain(&["clippy", "--rebuild"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let (head, rest) = said.out.split_once('\n').expect("lines");
    assert!(
        head.starts_with("clippy: 2 of 3 members have a record of other inputs than at "),
        "{head}"
    );
    let lines = "  a  crates/a/src/lib.rs changed (its own source)\n  \
                 b  depends on a: crates/a/src/lib.rs changed\n1 member is the same\n";
    assert_eq!(rest, lines);
    let said = explain(&["fmt", "--rebuild"]);
    said.expect(0, &["fmt: 1 of 3 members", "2 members are the same"]);
    let said = explain(&["test", "--rebuild=main", "--member", "c"]);
    said.expect(0, &["test: 0 of 1 member has a record of other inputs", "1 member is the same"]);
    bench.write("flake.lock", "{}");
    explain(&["fmt", "--rebuild"])
        .expect(0, &["by Nix, more may be made again: flake.lock changed"]);

    let json = explain(&["coverage", "--rebuild", "--json"]).json();
    assert_eq!((&json["record"], &json["same"]), (&"test".into(), &serde_json::json!(["c"])));
    let why = serde_json::json!([{ "through": "a", "input": "source", "file": LIBRARY }]);
    assert_eq!(
        (&json["affected"][1]["member"], &json["affected"][1]["reasons"]),
        (&"b".into(), &why)
    );

    explain(&["test", "--rebuild", "--member", "d"])
        .expect(2, &["there is no member `d`; there are: a, b, c"]);
    explain(&["test", "--rebuild=nowhere"]).expect(2, &["git knows no revision `nowhere`"]);
    explain(&["cache.key", "--rebuild"]).expect(2, &["only stages have records"]);
    explain(&["test", "--member", "a"]).expect(2, &["--rebuild"]);
}
