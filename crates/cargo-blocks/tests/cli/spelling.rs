//! `check spelling`: words, in whatever file, by the workspace's own rules.
//!
//! A line of shell stands for typos, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool
//! itself.

use crate::{
    affected::{commit, git},
    bench::Bench,
};

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    let words = "case \"$*\" in *--version) echo typos-cli 1.52.0; exit ;; *--files) echo ./README.md; exit ;; esac";
    bench.program("typos", &format!("{words}\n{script}"));
    bench
}

/// Finds a word in the README, as the tool does.
const FINDS: &str = "! grep -qs teh README.md || {
  echo '{\"type\":\"typo\",\"path\":\"./README.md\",\"line_num\":1,\"byte_offset\":0,\"typo\":\"teh\",\"corrections\":[\"the\"]}'
  exit 2
}";

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let mut bench = Bench::green();
    // Nobody has to install a tool for that.
    bench.program("typos", "exit 1");
    bench.check(&["spelling"]).expect(0, &["not applicable", "there is no typos.toml"]);
    bench.write("typos.toml", "");
    bench.check(&["spelling"]).expect(3, &["? no verdict", "typos is not on this machine"]);
}

#[test]
fn a_misspelled_word_is_red_by_rules_at_each_of_their_places() {
    for place in ["typos.toml", "_typos.toml", ".typos.toml"] {
        let bench = with_tool(FINDS);
        bench.write(place, "");
        bench.check(&["spelling"]).expect(0, &["✓ pass", "no misspelled word in 1 file"]);
        bench.write("README.md", "teh\n");
        bench.check(&["spelling"]).expect(1, &["README.md:1", "`teh` should be `the`", "typos"]);
    }
}

#[test]
fn rules_that_the_tool_does_not_understand_are_no_verdict() {
    for status in ["64", "78"] {
        let bench = with_tool(&format!("exit {status}"));
        bench.write("typos.toml", "");
        bench.check(&["spelling"]).expect(3, &["? no verdict", "which is no answer"]);
    }
}

#[test]
fn any_file_is_a_reason_to_ask_where_there_are_rules_and_none_otherwise() {
    let bench = with_tool(FINDS);
    bench.write(".gitignore", "target\n");
    bench.write("README.md", "the\n");
    bench.run(&["check", "--engine", "host", "--no-install", "fmt"]).expect(0, &[]);
    git(&bench, &["init", "--quiet"]);
    commit(&bench);
    bench.write("README.md", "teh\n");
    let asked = ["fmt", "spelling", "--affected=HEAD"];
    let nothing = "no member is affected by what changed since HEAD: nothing to check";
    bench.check(&asked).expect(0, &[nothing]);
    bench
        .check(&["spelling", "--affected=HEAD"])
        .expect(0, &["nothing changed since HEAD that is looked into"]);
    // A file at the root is one of the package there.
    bench.write("README.md", "the\n");
    bench.write("typos.toml", "");
    commit(&bench);
    bench.write("README.md", "teh\n");
    let said = bench.check(&asked);
    said.expect(1, &["by spelling, for all files: README.md", "`teh` should be `the`"]);
    said.expect(1, &["fmt       - not applicable"]);
    let told = bench.run(&["explain", "spelling", "--rebuild=HEAD"]);
    told.expect(0, &["README.md changed (a text that the stage reads)"]);
    bench.run(&["explain", "fmt", "--rebuild=HEAD"]).expect(0, &["0 of 1 member"]);
    bench.replace("let mut sum = a;", "let mut  sum = a;");
    let said = bench.check(&asked);
    said.expect(1, &["fmt       ✗ fail", "spelling  ✗ fail"]);
}
