//! Which members a change concerns, in real checkouts.

use std::fs;

use blocks_config::PipelineConfig;
use blocks_stages::Table;

use crate::checkout::Checkout;

#[test]
fn what_changed_is_what_was_edited_added_removed_and_renamed() {
    let checkout = Checkout::new("");
    checkout.write("crates/b/src/gone.rs", "");
    checkout.write("crates/c/src/old.rs", "");
    checkout.commit("second");
    assert_eq!(checkout.files("HEAD"), <[&str; 0]>::default());
    checkout.write("crates/a/src/lib.rs", "// edited\n");
    checkout.write("crates/a/src/new.rs", "");
    checkout.write("crates/a/src/ignored.tmp", "");
    checkout.write(".github/badges/x.svg", "a view");
    fs::remove_file(checkout.root().join("crates/b/src/gone.rs")).expect("removed");
    checkout.git(&["mv", "crates/c/src/old.rs", "crates/c/src/läb rs"]);
    let expected = [
        "crates/a/src/lib.rs",
        "crates/a/src/new.rs",
        "crates/b/src/gone.rs",
        "crates/c/src/läb rs",
        "crates/c/src/old.rs",
    ];
    assert_eq!(checkout.files("HEAD"), expected);
}

#[test]
fn a_branch_is_compared_with_what_it_began_from() {
    let checkout = Checkout::new("");
    checkout.git(&["checkout", "--quiet", "-b", "topic"]);
    checkout.write("crates/b/src/lib.rs", "// committed\n");
    checkout.commit("on the branch");
    checkout.write("crates/c/src/lib.rs", "// not committed\n");
    checkout.git(&["stash", "--quiet"]);
    checkout.git(&["checkout", "--quiet", "main"]);
    checkout.write("crates/a/src/lib.rs", "// elsewhere\n");
    checkout.commit("on main");
    checkout.git(&["checkout", "--quiet", "topic"]);
    checkout.git(&["stash", "pop", "--quiet"]);
    assert_eq!(checkout.files("main"), ["crates/b/src/lib.rs", "crates/c/src/lib.rs"]);
    assert_eq!(checkout.files("HEAD"), ["crates/c/src/lib.rs"]);
    let commit = checkout.changed("main").expect("a revision");
    assert!(commit.commit.starts_with(&commit.short) && commit.short.len() < 20, "{commit:?}");
}

#[test]
fn only_files_of_the_workspace_count_and_by_their_paths_in_it() {
    let checkout = Checkout::new("inner/workspace");
    fs::write(checkout.dir.path().join("outside"), "").expect("written");
    checkout.write("crates/a/src/lib.rs", "// edited\n");
    checkout.write("crates/b/new", "");
    assert_eq!(checkout.files("HEAD"), ["crates/a/src/lib.rs", "crates/b/new"]);
}

#[test]
fn what_cannot_be_compared_is_an_error_that_says_what_to_do() {
    let checkout = Checkout::without_git("");
    let error = |revision| checkout.changed(revision).expect_err("nothing to compare with");
    // A temporary folder may lie in somebody's checkout.
    checkout.git(&["init", "--quiet", "--initial-branch=main"]);
    assert!(error("HEAD").contains("there is no commit yet"), "{}", error("HEAD"));
    checkout.commit("first");
    assert!(error("nowhere").contains("git knows no revision `nowhere`"), "{}", error("nowhere"));
    assert!(error("--all").contains("git knows no revision `--all`"), "{}", error("--all"));
    checkout.git(&["checkout", "--quiet", "--orphan", "other"]);
    checkout.commit("of no ancestors");
    assert!(error("main").contains("no commit in common"), "{}", error("main"));
    fs::remove_dir_all(checkout.root().join(".git")).expect("removed");
    fs::write(checkout.root().join(".git"), "gitdir: /nowhere\n").expect("written");
    assert!(error("HEAD").contains("no git checkout holds it"), "{}", error("HEAD"));
}

#[test]
fn a_workspace_that_git_ignores_is_not_taken_for_unchanged() {
    let checkout = Checkout::without_git("inner");
    fs::write(checkout.dir.path().join(".gitignore"), "inner\n").expect("written");
    checkout.git(&["init", "--quiet"]);
    checkout.commit("without the workspace");
    let error = checkout.changed("HEAD").expect_err("ignored");
    assert!(error.contains("git ignores its Cargo.toml"), "{error}");
}

#[test]
fn a_change_of_a_library_reaches_those_who_need_it_and_tests_do_not() {
    let checkout = Checkout::new("");
    checkout.write("README.md", "Nobody's.\n");
    assert_eq!(checkout.affected(&["clippy", "fmt"]), <[&str; 0]>::default());
    checkout.write("crates/b/src/lib.rs", "// edited\n");
    checkout.write("crates/a/tests/it.rs", "");
    let expected = [
        "a: crates/a/tests/it.rs changed (of its own tests)",
        "b: crates/b/src/lib.rs changed (its own source)",
        "c: depends on b: crates/b/src/lib.rs changed",
    ];
    assert_eq!(checkout.affected(&["clippy", "fmt"]), expected);
    assert_eq!(checkout.affected(&["fmt"]), expected[..2], "formatting compiles nothing");
}

#[test]
fn a_tools_configuration_is_for_the_stage_that_reads_it() {
    let checkout = Checkout::new("");
    checkout.write("clippy.toml", "");
    assert_eq!(checkout.affected(&["test", "fmt"]), <[&str; 0]>::default());
    let why = "clippy.toml changed (the configuration of the stage's tool)";
    assert_eq!(checkout.affected(&["clippy"]), ["a", "b", "c"].map(|it| format!("{it}: {why}")));
}

#[test]
fn a_changelog_is_for_the_stage_that_reads_it() {
    let checkout = Checkout::new("");
    checkout.write("crates/b/CHANGELOG.md", "# Changelog\n");
    let others = Table::embedded().stages.iter().filter(|row| !row.reads_texts() && !row.opt_in);
    let others: Vec<_> = others.map(|row| row.id.as_str()).collect();
    assert_eq!(checkout.affected(&others), <[&str; 0]>::default());
    let of = |file: &str| format!("{file} changed (a text that the stage reads)");
    let own = format!("b: {}", of("crates/b/CHANGELOG.md"));
    assert_eq!(checkout.affected(&["semver"]), [own.as_str()]);
    checkout.write("CHANGELOG.md", "# Changelog\n");
    assert_eq!(checkout.affected(&others), <[&str; 0]>::default());
    let root = of("CHANGELOG.md");
    let told = [format!("a: {root}"), format!("b: {root}; {}", &own[3..]), format!("c: {root}")];
    assert_eq!(checkout.affected(&["semver"]), told);
}

#[test]
fn prose_is_for_the_stage_of_what_is_published() {
    let checkout = Checkout::new("");
    checkout.write("crates/b/README.md", "# B\n");
    let why = "b: crates/b/README.md changed (a text that the stage reads)";
    assert_eq!(checkout.affected(&["package"]), [why]);
    assert_eq!(checkout.affected(&["semver", "test"]), <[&str; 0]>::default());
}

#[test]
fn any_file_is_for_the_stage_that_looks_into_all_where_it_has_rules() {
    let checkout = Checkout::new("");
    checkout.write("docs/notes.txt", "Nobody's.\n");
    assert_eq!(checkout.affected(&["spelling", "fmt"]), <[&str; 0]>::default());
    checkout.write(".typos.toml", "");
    assert_eq!(checkout.affected(&["fmt"]), <[&str; 0]>::default());
    let why = |file: &str| format!("{file} changed (a text that the stage reads)");
    let told = format!("{}; {}", why(".typos.toml"), why("docs/notes.txt"));
    let all = ["a", "b", "c"].map(|it| format!("{it}: {told}"));
    assert_eq!(checkout.affected(&["spelling"]), all);
    // Without rules of its own it is the configuration that asks.
    assert_eq!(checkout.affected(&["nix-format"]), all);
}

#[test]
fn a_package_that_is_no_member_is_known_by_who_depends_on_it() {
    let checkout = Checkout::without_git("");
    checkout.write("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"extra\"]\n");
    let manifest = |name: &str, on: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n[dependencies]\n{on}\n")
    };
    checkout.write("extra/x/Cargo.toml", &manifest("x", "y = { path = \"../y\" }"));
    checkout.write("extra/x/src/lib.rs", "");
    checkout.write("extra/y/Cargo.toml", &manifest("y", ""));
    checkout.write("extra/y/src/lib.rs", "");
    checkout.write("crates/b/Cargo.toml", &manifest("b", "x = { path = \"../../extra/x\" }"));
    checkout.git(&["init", "--quiet"]);
    checkout.commit("first");
    checkout.write("extra/y/src/lib.rs", "// edited\n");
    let expected = [
        "b: depends on y: extra/y/src/lib.rs changed",
        "c: depends on y: extra/y/src/lib.rs changed",
    ];
    assert_eq!(checkout.affected(&["clippy"]), expected);
}

#[test]
fn a_file_elsewhere_is_of_those_who_include_it_or_say_that_they_read_it() {
    let checkout = Checkout::new("");
    checkout.write("crates/b/tests/it.rs", "const X: &str = include_str!(\"../../../x.txt\");");
    checkout.commit("includes it");
    checkout.write("x.txt", "");
    let text = "members:\n  c:\n    files: [data]\n";
    let config = PipelineConfig::parse(text, "settings").expect("settings");
    checkout.write("data/deep/y", "");
    let expected = [
        "b: x.txt changed (its code includes it)",
        "c: data/deep/y changed (the configuration names it for this member)",
    ];
    assert_eq!(checkout.affected_with(&["test"], &config), expected);
}

#[test]
fn tests_and_manifests_count_for_the_stages_that_use_them() {
    let checkout = Checkout::new("");
    checkout.write("crates/a/tests/it.rs", "");
    assert_eq!(checkout.affected(&["docs", "doctest"]), <[&str; 0]>::default());
    assert_eq!(checkout.affected(&["docs", "test"]).len(), 1);
    fs::remove_file(checkout.root().join("crates/a/tests/it.rs")).expect("removed");
    let path = "crates/a/Cargo.toml";
    let manifest = fs::read_to_string(checkout.root().join(path)).expect("read");
    checkout.write(path, &manifest.replace("0.1.0", "0.1.0\"\ndescription = \"A"));
    assert_eq!(checkout.affected(&["fmt"]).len(), 3, "cargo reads it wherever it is needed");
}

#[test]
fn a_package_that_stands_for_a_crate_from_elsewhere_is_for_all() {
    let checkout = Checkout::without_git("");
    let root = "[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"patched\"]\n\
                [patch.crates-io]\nx = { path = \"patched/x\" }\n";
    checkout.write("Cargo.toml", root);
    checkout.write("patched/x/Cargo.toml", "[package]\nname = \"x\"\nversion = \"1.0.0\"\n");
    checkout.write("patched/x/src/lib.rs", "");
    checkout.git(&["init", "--quiet"]);
    checkout.commit("first");
    checkout.write("patched/x/src/lib.rs", "// edited\n");
    assert_eq!(checkout.affected(&["clippy"]).len(), 3);
}
