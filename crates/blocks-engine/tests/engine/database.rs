//! The advisory database that stages look things up in.

use std::{fs, path::Path, process::Command};

use crate::bench::{Bench, row};
use crate::desk::Desk;
use blocks_engine::{Database, EngineError, nix::Nix};
use blocks_records::UNIT_WORKSPACE;

const DATE: &str = "1784984400";

/// A row that tells of its database what a stage is told.
fn telling() -> Vec<String> {
    let extra = "database = true\ntools = ['cargo-no-such-tool']";
    let row = row("looks", "echo \"$0|$1|$2\"", extra);
    let words = "''', '{database}', '{database-name}', '{database-date}']\nanswers";
    vec![row.replace("''']\nanswers", words)]
}

fn write(folder: &Path, text: &str) {
    fs::create_dir_all(folder.join("crates/left")).expect("a folder");
    fs::write(folder.join("crates/left/one.md"), text).expect("written");
}

fn git(folder: &Path, words: &[&str]) -> String {
    let date = format!("{DATE} +0000");
    let user = ["-c", "user.name=x", "-c", "user.email=x@localhost"];
    let output = Command::new("git")
        .args(user)
        .args(words)
        .current_dir(folder)
        .env("GIT_COMMITTER_DATE", &date)
        .env("GIT_AUTHOR_DATE", &date)
        .output()
        .expect("git");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

fn commit(folder: &Path) -> String {
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "one"]);
    git(folder, &["rev-parse", "HEAD"])
}

fn open(bench: &Bench, folder: &Path) -> Result<Database, EngineError> {
    Database::open(&bench.workspace, folder)
}

#[test]
fn a_checkout_has_the_name_and_the_date_of_its_commit() {
    let bench = Bench::new(&[]);
    let folder = bench.path("db");
    write(&folder, "one");
    let plain = open(&bench, &folder).expect("a database");
    assert_eq!((&plain.name, plain.date.as_str()), (&plain.digest, ""));
    assert!(plain.name.starts_with("sha256-"), "{plain:?}");
    let head = commit(&folder);
    let made = open(&bench, &folder).expect("a database");
    assert_eq!((made.name, made.date.as_str()), (head, DATE));
    assert_eq!(made.digest, plain.digest, "of the advisories, and of nothing that git keeps");
}

#[test]
fn a_folder_in_another_checkout_has_no_date_of_that() {
    let bench = Bench::new(&[]);
    let folder = bench.path("outer/db");
    write(&folder, "one");
    commit(&bench.path("outer"));
    assert_eq!(open(&bench, &folder).expect("a database").date, "");
}

#[test]
fn what_is_no_database_is_refused_with_what_to_do() {
    let bench = Bench::new(&[]);
    let refused = |name| open(&bench, &bench.path(name)).expect_err("no database").to_string();
    assert!(refused("gone").contains("cannot read"), "{}", refused("gone"));
    let words = refused("src");
    assert!(
        words.contains("no folder `crates`") && words.contains("rustsec/advisory-db"),
        "{words}"
    );
}

#[test]
fn the_one_that_cargo_deny_keeps_comes_before_that_of_cargo_audit() {
    let bench = Bench::new(&[]);
    let usual = || Database::usual(&bench.workspace).expect("no fault").map(|it| it.folder);
    let home = bench.workspace.environment.iter().find(|(name, _)| name == "CARGO_HOME");
    let home = Path::new(&home.expect("a home").1).canonicalize().expect("a path");
    assert_eq!(usual(), None);
    for name in ["advisory-db", "advisory-dbs/advisory-db-3157b0e258782691"] {
        write(&home.join(name), "one");
        assert_eq!(usual(), Some(home.join(name)));
    }
}

#[test]
fn without_a_database_nobody_needs_the_tools_and_the_steps_are_told_so() {
    let bench = Bench::new(&telling());
    bench.run(&[]).expect("a run");
    assert_eq!(bench.evidence("looks"), "||\n");
}

#[test]
fn a_record_is_kept_until_the_database_changes() {
    let rows = telling().concat().replace("tools = ['cargo-no-such-tool']", "");
    let mut bench = Bench::new(&[rows]);
    let folder = bench.path("target/db");
    write(&folder, "one");
    let head = commit(&folder);
    let kept = |bench: &mut Bench| {
        bench.database = Some(open(bench, &folder).expect("a database"));
        bench.run(&[]).expect("a run");
        !bench.kept().is_empty()
    };
    assert!(!kept(&mut bench));
    let real = folder.canonicalize().expect("a path");
    assert_eq!(bench.evidence("looks"), format!("{}|{head}|{DATE}\n", real.display()));
    assert!(kept(&mut bench));
    write(&folder, "two");
    assert!(!kept(&mut bench), "what was not committed counts, too");
    assert!(kept(&mut bench));
    bench.database = None;
    bench.run(&[]).expect("a run");
    assert_eq!((bench.kept().len(), bench.evidence("looks").as_str()), (0, "||\n"));
}

#[test]
fn with_a_database_the_tools_are_needed() {
    let mut bench = Bench::new(&telling());
    let folder = bench.path("target/db");
    write(&folder, "one");
    bench.database = Some(open(&bench, &folder).expect("a database"));
    bench.run(&[]).expect("a run");
    assert!(bench.record("looks").reason.contains("cargo-no-such-tool"));
}

#[test]
fn by_nix_it_stands_for_the_input() {
    let desk = Desk::new();
    desk.build(&desk.makes(&[(UNIT_WORKSPACE, "nix-one")]));
    let folder = desk.bench.path("target/db");
    write(&folder, "one");
    let real = folder.canonicalize().expect("a path");
    let given = |source: &str| {
        let database = open(&desk.bench, &folder).expect("a database");
        let nix = Nix { database: Some(&database), ..desk.nix(&[]) };
        nix.run(&desk.bench.stages(), &desk.bench.cancel, &|_| {}).expect("a run");
        let words = format!("--override-input blocks/advisory-db {source}");
        let calls = desk.calls();
        assert!(calls.iter().all(|call| call.contains(&words)), "{words}: {calls:?}");
    };
    given(&format!("path:{}", real.display()));
    commit(&folder);
    given(&format!("git+file://{}?shallow=1", real.display()));
}
