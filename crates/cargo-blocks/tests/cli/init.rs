//! `init`: the files by which a workspace adopts Blocks, shown, written, and left alone.

use std::{
    fs::{self, File},
    io::Write as _,
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use crate::{affected::git, bench::Bench};

/// A workspace that a repository holds, without anything of Blocks'.
fn bench() -> Bench {
    let bench = Bench::green();
    bench.write(".gitignore", "target\r\n");
    bench.write("README.md", "# Small\n\nText.\n");
    git(&bench, &["init", "--quiet", "--initial-branch", "main"]);
    git(&bench, &["remote", "add", "origin", "https://someone:secret@example.org/own/small.git"]);
    git(&bench, &["add", "--all"]);
    bench
}

/// The files of the workspace, but for git's own and cargo's, each with its text.
fn files(bench: &Bench) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut folders = vec![bench.root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_file() {
                all.push((path.display().to_string(), fs::read_to_string(&path).expect("a text")));
            } else if name != ".git" && name != "target" {
                folders.push(path);
            }
        }
    }
    all.sort();
    all
}

#[test]
fn by_default_the_diff_is_shown_and_nothing_is_written() {
    let bench = bench();
    let before = files(&bench);
    let said = bench.run(&["init"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(said.out);
    assert_eq!(files(&bench), before);
    assert!(!bench.path("target").exists(), "who only looks leaves no folder");
    assert!(!said.out.contains("secret"));
}

#[test]
fn what_is_written_lets_a_stage_run_and_a_second_time_changes_nothing() {
    let bench = bench();
    let all =
        ["init", "--write", "--blocks", "path:../blocks", "--with", "notify", "--with", "badges"];
    bench
        .run(&all)
        .expect(0, &["written   flake.nix", "kept      .gitignore", "kept      README.md"]);
    assert_eq!(bench.read(".gitignore"), "target\r\n");
    assert!(bench.read("flake.nix").contains("inputs.blocks.url = \"path:../blocks\";"));
    let once = files(&bench);
    bench.run(&all).expect(0, &["as it is  flake.nix", "nothing is to be written"]);
    assert_eq!(files(&bench), once);
    bench.check(&["fmt"]).expect(0, &["fmt"]);
    bench.run(&["explain", "test.coverage_threshold"]).expect(0, &["95"]);
    // Nobody names Blocks any more: what is there stays.
    let once = files(&bench);
    bench.run(&["init", "--write"]).expect(0, &["as it is  flake.nix"]);
    assert_eq!(files(&bench), once);
}

#[test]
fn a_file_that_is_there_is_written_by_its_name_and_keeps_what_it_holds() {
    let bench = bench();
    let all = [
        "init",
        "--write",
        "--with",
        "badges",
        "--replace",
        ".gitignore",
        "--replace",
        "README.md",
    ];
    bench.run(&all).expect(0, &["written   .gitignore", "written   README.md"]);
    assert_eq!(bench.read(".gitignore"), "target\r\n/result\r\n/result-*\r\n/.direnv/\r\n");
    let readme = bench.read("README.md");
    assert!(readme.starts_with("# Small\n\n<!-- blocks: badges -->\n![build]"), "{readme}");
    bench.run(&["docs", "readme", "--check"]).expect(0, &["1 region is as it should be"]);
    let once = files(&bench);
    bench.run(&["init", "--write", "--with", "badges"]).expect(0, &["nothing is to be written"]);
    assert_eq!(files(&bench), once);
    let words =
        ["--replace .gitignore: this is none of the files that would be written", "flake.nix"];
    bench.run(&all).expect(2, &words);
}

#[test]
fn a_terminal_is_asked_file_by_file() {
    let bench = bench();
    // Both ends of a terminal: what is written to the first is typed at the second.
    let typed = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&typed).expect("its other end");
    unlockpt(&typed).expect("its other end");
    let name = ptsname(&typed, Vec::new()).expect("its name");
    let read = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("its other end");
    let mut typed = File::from(typed);
    typed.write_all(b"y\nn\n").expect("typed");
    let mut command = bench.command(&["init", "--write", "--with", "badges"]);
    let said: crate::bench::Said = command.stdin(read).output().expect("the program").into();
    let words = [
        ".gitignore is there: write it as shown? [y/N]",
        "README.md is there: write it as shown? [y/N]",
        "written   .gitignore",
        "kept      README.md",
    ];
    said.expect(0, &words);
    assert!(bench.read(".gitignore").contains("/result\r\n"));
    assert_eq!(bench.read("README.md"), "# Small\n\nText.\n");
}

#[test]
fn limits_that_somebody_set_stay_and_another_s_flake_does() {
    let bench = bench();
    let config = "test:\n  coverage_threshold: 99\n";
    bench.write(".github/pipeline-config.yml", config);
    bench.write("flake.nix", "{ outputs = _: { mine = 1; }; }\n");
    let said = bench.run(&["init", "--write"]);
    said.expect(
        0,
        &[
            "as it is  .github/pipeline-config.yml",
            "kept      flake.nix",
            "flake: there is a flake with outputs of its own",
        ],
    );
    assert!(
        !said.out.contains("-{ outputs"),
        "what nobody agreed to is not shown as a diff\n{}",
        said.out
    );
    assert_eq!(bench.read(".github/pipeline-config.yml"), config);
    assert_eq!(bench.read("flake.nix"), "{ outputs = _: { mine = 1; }; }\n");
    bench
        .run(&["init", "--write", "--replace", "flake.nix"])
        .expect(0, &["-{ outputs = _: { mine = 1; }; }", "written   flake.nix"]);
    assert!(bench.read("flake.nix").contains("mkFlake"));
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let bench = bench();
    // A link is no plain file.
    std::os::unix::fs::symlink("nowhere", bench.path(".envrc")).expect("a link");
    let before = bench.path("flake.nix");
    bench.run(&["init", "--write"]).expect(4, &[".envrc"]);
    assert!(!before.exists() && !bench.path(".github").join("pipeline-config.yml").exists());
}

#[test]
fn programs_get_all_of_it_as_json() {
    let bench = bench();
    let said = bench.run(&["init", "--json"]);
    let json = said.json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["facts"]["members"][0]["name"], "small");
    assert_eq!(json["facts"]["origin"]["repository"], "own/small");
    assert_eq!(json["files"][0]["file"], "flake.nix");
    assert_eq!(
        (&json["files"][0]["state"], &json["files"][0]["written"]),
        (&"new".into(), &false.into())
    );
    assert!(json["notes"].as_array().is_some_and(|it| !it.is_empty()));
    assert!(!said.out.contains("secret"));
    let json = bench.run(&["init", "--write", "--json"]).json();
    assert_eq!(json["files"][0]["written"], true);
    assert!(bench.path("flake.nix").is_file());
}

#[test]
fn without_a_workspace_and_on_a_broken_one_the_error_is_a_lesson() {
    let bench = Bench::empty();
    bench.run(&["init"]).expect(2, &["could not find `Cargo.toml`", "`cargo new NAME` makes one"]);
    bench.write("Cargo.toml", "[package]\nname = \n");
    bench
        .run(&["init"])
        .expect(2, &["Cargo.toml:2", "cargo has to understand the workspace first"]);
    let bench = Bench::green();
    let words = ["is no reference of a flake, such as github:owner/blocks"];
    bench.run(&["init", "--blocks", "a\"b"]).expect(2, &words);
}

#[test]
fn names_from_elsewhere_do_not_steer_a_terminal() {
    let bench = bench();
    bench.write(".github/workflows/ci.yml", "- run: cargo test \u{1b}[2J\n");
    let said = bench.run(&["init"]);
    said.expect(0, &["1: run: cargo test"]);
    assert!(!said.out.contains('\u{1b}'));
}

#[test]
fn on_github_a_workflow_checks_and_one_of_somebody_else_stays() {
    let bench = bench();
    git(&bench, &["remote", "set-url", "origin", "https://github.com/own/small.git"]);
    let shown = bench.run(&["init"]);
    shown.expect(0, &["+  workflows:", "new       .github/workflows/ci.yml: what CI runs"]);
    bench.write(".github/workflows/ci.yml", "name: theirs\n");
    let kept = "kept      .github/workflows/ci.yml";
    bench.run(&["init", "--write"]).expect(0, &[kept]);
    assert_eq!(bench.read(".github/workflows/ci.yml"), "name: theirs\n");
    let words = ["init", "--write", "--replace", ".github/workflows/ci.yml"];
    bench.run(&words).expect(0, &["written   .github/workflows/ci.yml"]);
    bench.run(&["workflows", "--check"]).expect(0, &["are as they should be"]);
    bench.run(&["init"]).expect(0, &["as it is  .github/workflows/ci.yml"]);
}
