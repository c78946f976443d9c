//! Workspaces are found, and their sources identified.

use std::{fs, path::Path, process::Command};

use crate::bench::Bench;
use blocks_engine::{OwnFiles, Toolchain, Workspace, child_environment, fingerprint};

fn git(root: &Path, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(root).output().expect("git");
    assert!(status.status.success(), "{status:?}");
}

#[test]
fn a_workspace_is_found_from_a_folder_a_member_and_a_manifest() {
    let bench = Bench::new(&[]);
    let root = bench.root().canonicalize().expect("a path");
    for start in [root.clone(), root.join("src"), root.join("Cargo.toml")] {
        let found = Workspace::find(&start, None).expect("a workspace");
        assert_eq!((found.root, found.members), (root.clone(), vec!["small".to_owned()]));
    }
}

#[test]
fn no_workspace_is_told_in_cargos_words() {
    let dir = tempfile::TempDir::new().expect("a folder");
    let error = Workspace::find(dir.path(), None).expect_err("nothing there").to_string();
    assert!(error.contains("could not find `Cargo.toml`"), "{error}");
    let error = Workspace::find(&dir.path().join("gone"), None).expect_err("nothing there");
    assert!(error.to_string().contains("there is no such file or folder"), "{error}");
}

#[test]
fn a_lock_file_that_disagrees_is_refused_before_anything_runs() {
    let bench = Bench::new(&[]);
    let manifest = fs::read_to_string(bench.path("Cargo.toml")).expect("read");
    fs::write(bench.path("Cargo.toml"), manifest.replace("0.1.0", "0.2.0")).expect("written");
    let error = bench.workspace.fetch().expect_err("an old lock file").to_string();
    assert!(error.contains("--locked"), "{error}");
}

#[test]
fn the_toolchain_tells_its_version_and_its_llvm() {
    let toolchain = Toolchain::of(&Bench::new(&[]).workspace).expect("a toolchain");
    assert!(toolchain.rustc.starts_with("rustc 1."));
    assert!(toolchain.cargo.starts_with("cargo 1."));
    assert!(toolchain.llvm_major.is_some_and(|major| major >= 18));
    assert!(Path::new(&toolchain.sysroot).is_dir() && !toolchain.host.is_empty());
}

#[test]
fn the_same_files_are_the_same_sources_and_others_are_not() {
    let bench = Bench::new(&[]);
    let own = OwnFiles { files: vec!["badge.svg".into()], results: Some("results".into()) };
    let now = || fingerprint(&bench.workspace, &own).expect("sources");
    let first = now();
    assert!(first.starts_with("sha256-") && first == now());
    fs::write(bench.path("badge.svg"), "a view").expect("written");
    assert_eq!(now(), first, "a view is no source");
    fs::create_dir_all(bench.path("results/machine")).expect("a folder");
    fs::write(bench.path("results/machine/1.jsonl"), "{}").expect("written");
    assert_eq!(now(), first, "results are no source");
    fs::create_dir_all(bench.path("target/x")).expect("a folder");
    fs::write(bench.path("target/x/y"), "").expect("written");
    assert_eq!(now(), first, "what is built is no source");
    fs::create_dir(bench.path(".cargo")).expect("a folder");
    fs::write(bench.path(".cargo/config.toml"), "").expect("written");
    let first = {
        let configured = now();
        assert_ne!(configured, first, "cargo's configuration is a source");
        configured
    };
    fs::write(bench.path("src/new.rs"), "").expect("written");
    let second = now();
    assert_ne!(second, first, "a new file");
    fs::rename(bench.path("src/new.rs"), bench.path("src/other.rs")).expect("renamed");
    assert_ne!(now(), second, "another name");
    std::os::unix::fs::symlink("lib.rs", bench.path("src/link.rs")).expect("a link");
    let third = now();
    fs::remove_file(bench.path("src/link.rs")).expect("removed");
    std::os::unix::fs::symlink("other.rs", bench.path("src/link.rs")).expect("a link");
    assert_ne!(now(), third, "a link to another file");
}

#[test]
fn git_says_which_files_are_sources() {
    let bench = Bench::new(&[]);
    git(bench.root(), &["init", "--quiet"]);
    fs::write(bench.path(".gitignore"), "/target\nignored\n").expect("written");
    let now = || fingerprint(&bench.workspace, &OwnFiles::default()).expect("sources");
    let first = now();
    fs::write(bench.path("ignored"), "x").expect("written");
    assert_eq!(now(), first);
    fs::write(bench.path("not-yet-added"), "x").expect("written");
    assert_ne!(now(), first);
    git(bench.root(), &["add", "--all"]);
    let added = now();
    fs::remove_file(bench.path("src/lib.rs")).expect("removed");
    assert_ne!(now(), added, "a file that is gone");
}

#[test]
fn a_workspace_that_an_outer_checkout_ignores_still_has_sources() {
    let outer = tempfile::TempDir::new().expect("a folder");
    git(outer.path(), &["init", "--quiet"]);
    fs::write(outer.path().join(".gitignore"), "inner\n").expect("written");
    let inner = outer.path().join("inner");
    fs::create_dir_all(inner.join("src")).expect("a folder");
    fs::write(inner.join("Cargo.toml"), "[package]\nname = \"inner\"\n").expect("written");
    fs::write(inner.join("src/lib.rs"), "").expect("written");
    let workspace = Workspace::find(&inner, None).expect("a workspace");
    let first = fingerprint(&workspace, &OwnFiles::default()).expect("sources");
    fs::write(inner.join("src/lib.rs"), "// other\n").expect("written");
    assert_ne!(fingerprint(&workspace, &OwnFiles::default()).expect("sources"), first);
}

#[test]
fn the_environment_of_an_outer_cargo_does_not_reach_the_tools() {
    let parent = [
        ("CARGO", "/outer/cargo"),
        ("CARGO_HOME", "/home"),
        ("CARGO_PKG_NAME", "outer"),
        ("CARGO_LLVM_COV_TARGET_DIR", "/outer"),
        // As git sets them where it runs a hook, beside what a user may have set.
        ("GIT_DIR", "/outer/.git"),
        ("GIT_INDEX_FILE", "/outer/.git/index.lock"),
        ("GIT_AUTHOR_NAME", "Tester"),
        ("LD_LIBRARY_PATH", "/outer/target/debug/deps:/opt/lib:/rustup/toolchains/a/lib"),
        ("LLVM_PROFILE_FILE", "/outer/x.profraw"),
        ("NEXTEST_RUN_ID", "1"),
        ("PATH", "/bin"),
        ("RUSTC_WRAPPER", "/outer/cargo-llvm-cov"),
        ("RUSTUP_TOOLCHAIN", "outer"),
        ("__CARGO_LLVM_COV_RUSTC_WRAPPER", "1"),
    ];
    let of = |toolchain| {
        let parent = parent.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let mut all: Vec<_> = child_environment(parent, toolchain)
            .into_iter()
            .map(|(name, value)| format!("{}={}", name.display(), value.display()))
            .collect();
        all.sort();
        all
    };
    let expected = [
        "CARGO_HOME=/home",
        "CARGO_TERM_COLOR=never",
        "CARGO_TERM_PROGRESS_WHEN=never",
        "GIT_AUTHOR_NAME=Tester",
        "LD_LIBRARY_PATH=/opt/lib",
        "PATH=/bin",
    ];
    assert_eq!(of(None), expected);
    assert!(of(Some("nightly")).contains(&"RUSTUP_TOOLCHAIN=nightly".to_owned()));
}

#[test]
fn a_users_own_compiler_wrapper_stays() {
    let parent = [("RUSTC_WRAPPER".into(), "sccache".into())];
    let kept = child_environment(parent.clone().into_iter(), None);
    assert!(kept.contains(&parent[0]));
}
