//! Hooks of git: real git runs what `hooks install` writes.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::{
    affected::{commit, crew, git},
    bench::{Bench, only},
};

/// A checkout of three members with a remote beside it, where only formatting is looked at.
fn bench() -> Bench {
    let mut bench = crew();
    let path = bench.variable("PATH").expect("a path");
    let program = Path::new(env!("CARGO_BIN_EXE_cargo-blocks")).parent().expect("a folder");
    let all = std::env::split_paths(&path).chain([program.to_owned()]);
    bench.set("PATH", std::env::join_paths(all).expect("a path"));
    bench.set("GIT_CONFIG_GLOBAL", "/dev/null");
    bench.write(".github/pipeline-config.yml", &only(&["fmt"]));
    bench.write(".gitignore", "/target\n/remote.git\n");
    commit(&bench);
    git(&bench, &["init", "--quiet", "--bare", "remote.git"]);
    git(&bench, &["remote", "add", "origin", "remote.git"]);
    git(&bench, &["push", "--quiet", "origin", "main"]);
    bench
}

/// Runs git as a user does, in the environment of the bench.
fn asked(bench: &Bench, words: &[&str]) -> (bool, String) {
    let who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
    let mut command = Command::new("git");
    let program = bench.command(&[]);
    command.args(who).args(words).current_dir(bench.root()).env_clear();
    for (name, value) in program.get_envs() {
        command.env(name, value.expect("a value"));
    }
    let Output { status, stdout, stderr } = command.output().expect("git");
    let text = [stdout, stderr].concat();
    (status.success(), String::from_utf8_lossy(&text).into_owned())
}

const LIBRARY: &str = "crates/a/src/lib.rs";

#[test]
fn a_push_is_let_through_where_what_it_concerns_passes() {
    let bench = bench();
    bench.run(&["hooks", "install"]).expect(0, &["pre-push runs the quick stages"]);
    bench
        .run(&["hooks"])
        .expect(0, &["pre-push    runs the quick stages", "pre-commit  not there"]);

    bench.write(LIBRARY, "//! Ill.\npub  fn  ill() {}\n");
    commit(&bench);
    let (is_pushed, said) = asked(&bench, &["push", "origin", "main"]);
    assert!(!is_pushed, "{said}");
    assert!(said.contains("checking 1 of 3 members: a (crates/a/src/lib.rs)"), "{said}");
    assert!(
        said.contains("✗ fail") && said.contains("`git push --no-verify` does without"),
        "{said}"
    );

    bench.write(LIBRARY, "//! Well.\n");
    let (is_pushed, said) = asked(&bench, &["push", "origin", "main"]);
    assert!(is_pushed, "what is in the files is checked: {said}");
    assert!(said.contains("files differ from the last commit"), "{said}");
    commit(&bench);
    let (is_pushed, said) = asked(&bench, &["push", "origin", "main"]);
    assert!(is_pushed && said.contains("✓ pass") && !said.contains("files differ"), "{said}");
}

#[test]
fn only_what_is_checked_out_is_checked_and_the_rest_is_told() {
    let bench = bench();
    bench.run(&["hooks", "install"]).expect(0, &[]);
    git(&bench, &["branch", "other"]);
    bench.write(LIBRARY, "//! New.\n");
    commit(&bench);
    let (is_pushed, said) = asked(&bench, &["push", "origin", "other"]);
    assert!(is_pushed, "{said}");
    assert!(said.contains("refs/heads/other is not what is checked out here"), "{said}");
    let (is_pushed, said) = asked(&bench, &["push", "origin", ":other"]);
    assert!(is_pushed && !said.contains("checked"), "{said}");
    // A branch that the remote has not, of a remote whose first branch nobody knows here.
    let (is_pushed, said) = asked(&bench, &["push", "origin", "main:new"]);
    assert!(is_pushed && said.contains("fmt") && !said.contains("of 3 members"), "{said}");
    git(&bench, &["fetch", "--quiet", "origin"]);
    git(&bench, &["remote", "set-head", "origin", "main"]);
    let (is_pushed, said) = asked(&bench, &["push", "origin", "main:newer"]);
    assert!(is_pushed && said.contains("checking 1 of 3 members"), "{said}");
}

#[test]
fn a_commit_is_made_where_what_it_concerns_passes() {
    let bench = bench();
    bench.run(&["hooks", "install", "pre-commit"]).expect(0, &["pre-commit runs"]);
    bench.write(LIBRARY, "//! Ill.\npub  fn  ill() {}\n");
    let (is_made, said) = asked(&bench, &["commit", "--all", "--message", "ill"]);
    assert!(!is_made && said.contains("✗ fail"), "{said}");
    bench.write(LIBRARY, "//! Well.\n");
    let (is_made, said) = asked(&bench, &["commit", "--all", "--message", "well"]);
    assert!(is_made && said.contains("✓ pass"), "{said}");
}

#[test]
fn hooks_of_others_stay_and_ours_go() {
    let bench = bench();
    let theirs = "#!/bin/sh\necho theirs\n";
    bench.write(".git/hooks/pre-push", theirs);
    let words = [".git/hooks/pre-push is there already", "cargo blocks hooks run pre-push \"$@\""];
    // Neither of the two is written.
    bench.run(&["hooks", "install", "pre-commit", "pre-push"]).expect(2, &words);
    assert!(!bench.path(".git/hooks/pre-commit").exists());
    bench.run(&["hooks", "list"]).expect(0, &["pre-push    of somebody else"]);
    bench.run(&["hooks", "install", "pre-commit"]).expect(0, &[]);
    let script = bench.read(".git/hooks/pre-commit");
    bench.write(".git/hooks/pre-commit", &format!("{script}true\n"));
    bench.run(&["hooks", "list"]).expect(0, &["pre-commit  of an earlier"]);
    bench.run(&["hooks", "remove"]).expect(0, &["removed"]);
    bench.run(&["hooks", "remove"]).expect(0, &["there is no hook of Blocks"]);
    assert_eq!(bench.read(".git/hooks/pre-push"), theirs);
    assert!(!bench.path(".git/hooks/pre-commit").exists());
}

#[test]
fn a_configured_folder_of_hooks_is_where_they_are_written() {
    let bench = bench();
    git(&bench, &["config", "core.hooksPath", "kept hooks"]);
    bench.run(&["hooks", "install"]).expect(0, &["kept hooks/pre-push"]);
    assert!(bench.path("kept hooks/pre-push").is_file());
}

#[test]
fn outside_of_a_repository_there_are_no_hooks() {
    let bench = Bench::green();
    bench.run(&["hooks", "install"]).expect(2, &["no git checkout holds it"]);
}
