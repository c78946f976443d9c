//! `bisect`: the commit that turned a stage red, in a real repository.

use std::{fs, process::Command};

use serde_json::Value;

use crate::affected::git;
use crate::bench::{Bench, Said};

const LIBRARY: &str = "src/lib.rs";

/// The manifest of commits that are no workspace.
const NONSENSE: &str = "nonsense";

/// A crate whose commits have one number each: from `first` on with a lint, from `other` on with another one, and no workspace
/// at all in `broken`.
fn repository(count: usize, first: usize, other: usize, broken: &[usize]) -> Bench {
    let bench = Bench::green();
    bench.write(".gitignore", "/target\n");
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    bench.check(&["fmt"]);
    let manifest = bench.read("Cargo.toml");
    for at in 0..count {
        let mut text = format!("//! State {at}.\n\n/// Gives it.\npub fn state() -> usize {{\n");
        if at >= other {
            text += "    let other = 1;\n";
        }
        if at >= first {
            text += "    let found = 1;\n";
        }
        bench.write(LIBRARY, &(text + &format!("    {at}\n}}\n")));
        bench.write("Cargo.toml", if broken.contains(&at) { NONSENSE } else { &manifest });
        git(&bench, &["add", "--all"]);
        let date = format!("2026-01-{:02}T10:00:00+01:00", at + 1);
        let (date, subject) =
            (format!("--date={date}"), format!("--message=state {at} \u{1b}[31m"));
        git(&bench, &["commit", "--quiet", "--allow-empty-message", &date, &subject]);
    }
    bench
}

fn revision(bench: &Bench, name: &str) -> String {
    let output = Command::new("git")
        .args(["rev-parse", name])
        .current_dir(bench.root())
        .output()
        .expect("git");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

/// All that git has of a work tree, and the files in it.
fn state(bench: &Bench) -> Vec<String> {
    let told = |words: &[&str]| {
        let output =
            Command::new("git").args(words).current_dir(bench.root()).output().expect("git");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let index = fs::read(bench.path(".git/index")).expect("an index");
    let head = bench.read(".git/HEAD");
    let refs = told(&["for-each-ref"]);
    let status = told(&["--no-optional-locks", "status", "--porcelain", "--ignored"]);
    let logs = bench.read(".git/logs/HEAD");
    vec![head, refs, status, logs, format!("{index:?}"), bench.read(LIBRARY)]
}

fn bisect(bench: &Bench, words: &[&str]) -> Said {
    bench.run(&[&["bisect", "clippy"], words].concat())
}

/// How often a stage began.
fn runs(said: &Said) -> usize {
    said.err.lines().filter(|line| line.contains("clippy") && line.contains("started")).count()
}

#[test]
fn the_commit_that_turned_a_stage_red_is_found_and_nothing_is_asked_twice() {
    let bench = repository(12, 7, 99, &[5]);
    let before = state(&bench);
    let said = bisect(&bench, &["--good", "HEAD~11"]);
    let wanted = revision(&bench, "HEAD~4");
    let words = [
        &format!("`clippy` fails since {wanted}\n"),
        &format!("  {} 2026-01-08T10:00:00+01:00 state 7", &wanted[..12]),
        "unused variable: `found`",
        &format!("to look at it: git show {wanted}\n"),
    ];
    said.expect(0, &words);
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
    assert!((4..=7).contains(&runs(&said)), "{said:?}");
    assert_eq!(state(&bench), before);
    assert!(!bench.path(".git/BISECT_LOG").exists() && !bench.path(".git/worktrees").exists());

    let again = bisect(&bench, &["--good", "HEAD~11", "--json"]);
    assert_eq!((again.code, runs(&again)), (Some(0), 0), "{again:?}");
    let json = again.json();
    assert_eq!(json["commits"][0]["revision"], Value::from(wanted.as_str()));
    assert_eq!((&json["is_found"], &json["ran"]), (&Value::from(true), &Value::from(0)), "{json}");
    assert_eq!(json["show"], Value::from(format!("git show {wanted}")));
    assert_eq!(json["failures"].as_array().map(Vec::len), Some(1), "{json}");
}

#[test]
fn commits_without_an_answer_are_neither_good_nor_bad() {
    let bench = repository(7, 4, 99, &[2, 3, 4]);
    let said = bisect(&bench, &["--good", "HEAD~6"]);
    said.expect(
        3,
        &["`clippy` fails since one of 4 commits", "state 2", "state 3", "state 4", "state 5"],
    );
    said.expect(3, &["no answer at ", "cargo does not accept"]);
    assert!(!said.out.contains("state 6") && !said.out.contains("git show"), "{said:?}");
}

#[test]
fn one_failure_can_be_followed_behind_another_one() {
    let bench = repository(8, 6, 2, &[]);
    bench.check(&["clippy"]).expect(1, &["`found`", "`other`"]);
    let report: Value =
        serde_json::from_str(&bench.read("target/blocks/report/report.json")).expect("JSON");
    let failures = report["failures"].as_array().expect("a list");
    let of = |name: &str| {
        let found =
            failures.iter().find(|it| it["message"].as_str().is_some_and(|it| it.contains(name)));
        found.expect("a failure")["signature"].as_str().expect("a text").to_owned()
    };
    for (name, at) in [("`found`", "HEAD~1"), ("`other`", "HEAD~5")] {
        let said = bisect(&bench, &["--good", "HEAD~7", "--signature", &of(name), "--json"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        let json = said.json();
        assert_eq!(json["commits"][0]["revision"], Value::from(revision(&bench, at)), "{json}");
        let new = json["failures"].as_array().expect("a list");
        assert_eq!(new.len(), 1, "{json}");
        assert!(new[0]["message"].as_str().is_some_and(|it| it.contains(name)), "{json}");
    }
    bisect(&bench, &["--good", "HEAD~7", "--signature", "x"]).expect(2, &["16 hexadecimal digits"]);
}

#[test]
fn what_check_has_kept_of_commits_is_not_asked() {
    let bench = repository(3, 2, 99, &[]);
    git(&bench, &["checkout", "--quiet", "HEAD~1"]);
    bench.check(&["clippy"]).expect(0, &[]);
    git(&bench, &["checkout", "--quiet", "main"]);
    bench.check(&["clippy"]).expect(1, &[]);
    let said = bisect(&bench, &[]);
    said.expect(0, &[&format!("`clippy` fails since {}", revision(&bench, "HEAD")), "`found`"]);
    // Only what fails there has to be looked at.
    assert_eq!(runs(&said), 1, "{said:?}");
}

#[test]
fn ends_that_are_no_ends_are_said() {
    let bench = repository(4, 2, 99, &[0]);
    bisect(&bench, &[]).expect(2, &["of no commit it is kept that `clippy` passed", "--good REV"]);
    bisect(&bench, &["--good", "HEAD"]).expect(2, &["the same"]);
    bisect(&bench, &["--good", "nowhere"]).expect(2, &["git knows no revision `nowhere`"]);
    bisect(&bench, &["--good", "HEAD", "--bad", "HEAD~1"])
        .expect(2, &["none of the last 3 commits"]);
    bisect(&bench, &["--good", "HEAD~1"])
        .expect(2, &["there is a failure of `clippy` at the good commit"]);
    let said = bisect(&bench, &["--good", "HEAD~3", "--bad", "HEAD~2"]);
    said.expect(2, &["there is no failure of `clippy` at the bad commit"]);
    bisect(&bench, &["--good", "HEAD~3"]).expect(3, &["no answer at "]);
    bench.run(&["bisect", "semver"]).expect(2, &["`semver` compares with an earlier commit"]);
    bench.run(&["bisect", "nothing"]).expect(2, &["there is no stage `nothing`"]);
}
