//! Which members a change concerns, in real checkouts.

use std::{fs, path::PathBuf, process::Command};

use blocks_config::PipelineConfig;
use blocks_engine::{
    Workspace,
    changes::{Affected, Changed, affected},
    child_environment,
};
use blocks_stages::{Stage, Table};
use tempfile::TempDir;

/// A checkout with a workspace of three members, `c` on `b` on `a`, in a folder of it.
pub struct Checkout {
    dir: TempDir,
    folder: &'static str,
}

impl Checkout {
    fn new(folder: &'static str) -> Self {
        let checkout = Self::without_git(folder);
        checkout.git(&["init", "--quiet", "--initial-branch=main"]);
        checkout.commit("first");
        checkout
    }

    pub fn empty() -> Self {
        Self { dir: TempDir::new().expect("a folder"), folder: "" }
    }

    fn without_git(folder: &'static str) -> Self {
        let checkout = Self { folder, ..Self::empty() };
        checkout.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
        checkout.write(".gitignore", "/target\n*.tmp\n");
        for (name, on) in
            [("a", ""), ("b", "a = { path = \"../a\" }"), ("c", "b = { path = \"../b\" }")]
        {
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                 [dependencies]\n{on}\n"
            );
            checkout.write(&format!("crates/{name}/Cargo.toml"), &manifest);
            checkout.write(&format!("crates/{name}/src/lib.rs"), "");
        }
        checkout.workspace().lock_file().expect("a lock file");
        checkout
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("a path").join(self.folder)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.org"])
            .args(arguments)
            .current_dir(self.dir.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git");
        assert!(output.status.success(), "{output:?}");
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn workspace(&self) -> Workspace {
        let mut environment = child_environment(std::env::vars_os(), None);
        environment.retain(|(name, _)| name != "CARGO_TARGET_DIR");
        environment.push(("CARGO_NET_OFFLINE".into(), "true".into()));
        Workspace::find_in(&self.root(), environment).expect("a workspace")
    }

    fn changed(&self, revision: &str) -> Result<Changed, String> {
        let views = [".github/badges/x.svg".into()];
        Changed::since(&self.workspace(), revision, &views).map_err(|error| error.to_string())
    }

    fn files(&self, revision: &str) -> Vec<String> {
        self.changed(revision).expect("a revision").files
    }

    /// Who is affected in the records of these stages, with the reasons in words.
    pub fn affected(&self, stages: &[&str]) -> Vec<String> {
        self.affected_with(stages, &PipelineConfig::default())
    }

    fn affected_with(&self, stages: &[&str], config: &PipelineConfig) -> Vec<String> {
        let changed = self.changed("HEAD").expect("a revision");
        let rows: Vec<&Stage> =
            stages.iter().map(|id| Table::embedded().stage(id).expect("a stage")).collect();
        let found = affected(&self.workspace(), config, &changed, &rows).expect("an answer");
        let text = |Affected { member, reasons }| {
            let reasons: Vec<_> = reasons.iter().map(ToString::to_string).collect();
            format!("{member}: {}", reasons.join("; "))
        };
        found.into_iter().map(text).collect()
    }
}

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

/// A checkout in which what members share says something of each.
fn sharing() -> Checkout {
    let checkout = Checkout::without_git("");
    checkout.write("Cargo.toml", SHARED);
    checkout.write(
        "crates/a/Cargo.toml",
        "[package]\nname = \"a\"\nversion.workspace = true\nedition = \"2024\"\n\
         [features]\nextra = []\n",
    );
    checkout.write(
        "crates/c/Cargo.toml",
        "[package]\nname = \"c\"\nversion = \"0.1.0\"\n[lints]\nworkspace = true\n\
         [dependencies]\na.workspace = true\n",
    );
    checkout.workspace().lock_file().expect("a lock file");
    checkout.git(&["init", "--quiet"]);
    checkout.commit("first");
    checkout
}

const SHARED: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\
    [workspace.package]\nversion = \"0.1.0\"\nlicense = \"MIT\"\n\
    [workspace.dependencies]\na = { path = \"crates/a\" }\nunused = \"1\"\n\
    [workspace.lints.rust]\nunused = \"warn\"\n[profile.dev]\ndebug = false\n";

#[test]
fn the_workspaces_manifest_concerns_those_who_take_what_changed_of_it() {
    let checkout = sharing();
    let (own, all) = ("(its manifest)", "(the workspace's manifest, for all members)");
    let (a, b, c) = ("a: Cargo.toml changed", "b: Cargo.toml changed", "c: Cargo.toml changed");
    let each = |why: &str| vec![format!("{a} {why}"), format!("{b} {why}"), format!("{c} {why}")];
    let through = |it: &str| format!("{it}: depends on a: Cargo.toml changed");
    let features = "(features of crates from elsewhere, which all members share)";
    let cases: [(&str, &str, Vec<String>); 8] = [
        ("license = \"MIT\"", "license = \"ISC\"", vec![]),
        ("unused = \"1\"", "unused = \"2\"", vec![]),
        ("[profile.dev]", "[workspace.metadata]\nx = 1\n[profile.dev]", vec![]),
        ("debug = false", "debug = true", each(all)),
        ("resolver = \"3\"", "resolver = \"2\"", each(all)),
        ("unused = \"warn\"", "unused = \"deny\"", vec![format!("{c} {own}")]),
        (
            "version = \"0.1.0\"",
            "version = \"0.1.1\"",
            vec![format!("{a} {own}"), through("b"), through("c")],
        ),
        (
            "path = \"crates/a\" }",
            "path = \"crates/a\", features = [\"extra\"] }",
            vec![
                format!("{a} {features}"),
                format!("{b} {features}"),
                format!("{c} {own}; Cargo.toml changed {features}"),
            ],
        ),
    ];
    for (from, to, expected) in cases {
        assert!(SHARED.contains(from), "{from}");
        checkout.write("Cargo.toml", &SHARED.replace(from, to));
        assert_eq!(checkout.affected(&["clippy"]), expected, "{to}");
    }
}

#[test]
fn the_lock_file_concerns_all_only_where_crates_from_elsewhere_changed() {
    let checkout = sharing();
    checkout.write("crates/d/Cargo.toml", "[package]\nname = \"d\"\nversion = \"0.1.0\"\n");
    checkout.write("crates/d/src/lib.rs", "");
    let lock = fs::read_to_string(checkout.root().join("Cargo.lock")).expect("read");
    let with = |entry: &str| checkout.write("Cargo.lock", &format!("{lock}\n[[package]]\n{entry}"));
    with("name = \"d\"\nversion = \"0.1.0\"\n");
    let found = checkout.affected(&["clippy"]);
    let expected = "d: crates/d/Cargo.toml changed (its manifest); crates/d/src/lib.rs changed (its own \
                    source); Cargo.lock changed (the lock file)";
    assert_eq!(found.len(), 1, "{found:?}");
    for reason in expected.trim_start_matches("d: ").split("; ") {
        assert!(found[0].contains(reason), "{found:?}");
    }
    with("name = \"x\"\nversion = \"1.0.0\"\nsource = \"registry+https://example.org\"\n");
    let found = checkout.affected(&["fmt"]);
    assert!(found.len() == 4 && found[1] == "b: Cargo.lock changed (the lock file)", "{found:?}");
}

#[test]
fn features_that_one_member_asks_of_a_crate_are_for_all() {
    let checkout = sharing();
    let path = "crates/b/Cargo.toml";
    let manifest = fs::read_to_string(checkout.root().join(path)).expect("read");
    let asking = |features: &str| {
        let line = format!("x = {{ version = \"1\", optional = true, features = [{features}] }}\n");
        checkout.write(path, &format!("{manifest}{line}"));
    };
    asking("\"one\"");
    checkout.commit("asks for one");
    let found = |checkout: &Checkout| checkout.affected(&["clippy"]).len();
    asking("\"one\", \"two\"");
    assert_eq!(found(&checkout), 3);
    // Somebody asked for it already.
    checkout.write(
        "crates/c/Cargo.toml",
        &format!(
            "{}{}",
            manifest.replace("\"b\"", "\"c\""),
            "x = { version = \"1\", optional = true, features = [\"one\", \"two\"] }\n"
        ),
    );
    checkout.commit("asks for both");
    asking("\"one\"");
    assert_eq!(found(&checkout), 1, "only `b` itself");
    checkout.write(path, &format!("{manifest}[package.metadata]\nx = 1\n"));
    checkout.commit("asks for none");
    checkout.write(path, &manifest);
    assert_eq!(found(&checkout), 1);
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
