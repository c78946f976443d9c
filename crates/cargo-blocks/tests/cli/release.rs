//! `release`: plans over real histories of git, made and planned again.

use std::process::Command;

use serde_json::Value;

use crate::affected::git;
use crate::bench::{Bench, Said, real};
use crate::semver::TOOL;

const DAY: [&str; 2] = ["--today", "2026-01-31"];

/// A repository, on its branch of releases.
struct Repository(Bench);

impl Repository {
    /// One package at its root, with a first commit and no tag.
    fn single(version: &str) -> Self {
        let mut bench = Bench::empty();
        let manifest = format!(
            "# Kept.\n[package]\nname = \"small\"\nversion = \"{version}\" # mine\nedition = \"2024\"\n\
             repository = \"https://example.org/a/small.git\"\n"
        );
        bench.write("Cargo.toml", &manifest);
        bench.write("src/lib.rs", "//! Small.\n");
        prepare(&mut bench, "");
        Self::begun(bench)
    }

    /// Members with manifests below their heads, and what the configuration says beside the branch.
    fn members(root: &str, members: &[(&str, &str)], settings: &str) -> Self {
        let mut bench = Bench::empty();
        let head = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        bench.write("Cargo.toml", &format!("{head}{root}"));
        for (name, rest) in members {
            let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n{rest}");
            bench.write(&format!("crates/{name}/Cargo.toml"), &manifest);
            bench.write(&format!("crates/{name}/src/lib.rs"), "//! Some.\n");
        }
        prepare(&mut bench, settings);
        Self::begun(bench)
    }

    fn begun(bench: Bench) -> Self {
        git(&bench, &["init", "--quiet", "--initial-branch=main"]);
        let cargo = Command::new(real("cargo"))
            .args(["generate-lockfile", "--offline", "--quiet"])
            .current_dir(bench.root())
            .status();
        assert!(cargo.expect("cargo").success());
        let repository = Self(bench);
        repository.commit("feat: all of it");
        repository
    }

    fn git(&self, words: &[&str]) {
        git(&self.0, words);
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// Appends a line to a file, and commits it.
    fn change(&self, file: &str, message: &str) {
        let before = if self.0.path(file).exists() { self.0.read(file) } else { String::new() };
        self.0.write(file, &format!("{before}// {message:?}\n"));
        self.commit(message);
    }

    fn out(&self, words: &[&str]) -> String {
        let output =
            Command::new("git").args(words).current_dir(self.0.root()).output().expect("git");
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    }

    fn release(&self, words: &[&str]) -> Said {
        let (head, rest) = match words.first() {
            Some(word) if !word.starts_with('-') => (vec!["release", *word], &words[1..]),
            _ => (vec!["release", "plan"], words),
        };
        self.0.run(&[&head, &DAY[..], rest].concat())
    }

    fn plan(&self, words: &[&str]) -> Value {
        let said = self.release(&[words, &["--json"]].concat());
        assert_eq!(said.code, Some(0), "{said:?}");
        said.json()
    }

    /// Each member that is released, and its version.
    fn versions(&self, words: &[&str]) -> Vec<String> {
        versions(&self.plan(words))
    }

    /// Prepares, and looks that it was as planned, that cargo takes it, and that nothing more is to be done.
    fn prepared(&self, words: &[&str]) {
        let before = self.plan(words);
        assert_eq!(before["state"], "planned", "{before}");
        let said = self.release(&[&["prepare"], words].concat());
        said.expect(0, &["nothing was pushed or tagged"]);
        let changed = self.out(&["show", "--format=", "--name-only", "HEAD"]);
        let changed: Vec<_> = changed.lines().map(Value::from).collect();
        assert_eq!(before["files"], Value::from(changed));
        self.is_whole();
        let after = self.plan(words);
        assert_eq!(after["state"], "prepared", "{after}");
        assert_eq!(versions(&after), versions(&before));
        assert_eq!((&after["diff"], &after["message"]), (&Value::from(""), &Value::Null));
        let head = self.out(&["rev-parse", "HEAD"]);
        self.release(&[&["prepare"], words].concat())
            .expect(0, &["prepared, not yet tagged", "nothing was changed"]);
        assert_eq!(self.out(&["rev-parse", "HEAD"]), head);
        assert_eq!(self.out(&["status", "--porcelain"]), "");
    }

    /// Tags what is prepared. Then there is nothing to do.
    fn tagged(&self, words: &[&str]) {
        for member in self.plan(words)["members"].as_array().expect("a list") {
            let tag = member["tag"].as_str().expect("a tag");
            if self.out(&["tag", "--list", tag]).is_empty() {
                self.git(&["tag", tag]);
            }
        }
        assert_eq!(self.plan(words)["state"], "nothing");
    }

    fn is_whole(&self) {
        let cargo = Command::new(real("cargo"))
            .args(["metadata", "--locked", "--offline", "--format-version=1"])
            .current_dir(self.0.root())
            .output()
            .expect("cargo");
        assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    }
}

fn prepare(bench: &mut Bench, settings: &str) {
    bench.write(".gitignore", "/target\n");
    bench.write(".github/pipeline-config.yml", &format!("release:\n  branch: main\n{settings}"));
    for who in ["AUTHOR", "COMMITTER"] {
        bench.set(&format!("GIT_{who}_NAME"), "Tester");
        bench.set(&format!("GIT_{who}_EMAIL"), "tester@example.org");
    }
}

fn versions(plan: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let members = plan["members"].as_array().expect("a list");
    members.iter().map(|it| format!("{} {}", text(&it["name"]), text(&it["to"]))).collect()
}

fn notes(plan: &Value) -> String {
    plan["notes"].to_string()
}

#[test]
fn a_first_release_has_the_manifests_version_and_tells_of_everything() {
    let repository = Repository::single("0.1.0");
    repository.change("src/lib.rs", "fix: more [of] <it>");
    repository.change("src/lib.rs", "feat!: nobody has it yet");
    assert_eq!(repository.versions(&[]), ["small 0.1.0"]);
    assert_eq!(notes(&repository.plan(&[])), "[]", "nobody upgrades to a first release");
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    assert!(log.contains("### Changed\n\n- nobody has it yet (["), "{log}");
    let entries = "## [Unreleased]\n\n## [0.1.0] - 2026-01-31\n\n### Added\n\n- all of it ([";
    assert!(log.starts_with("# Changelog\n") && log.contains(entries), "{log}");
    assert!(log.contains("### Fixed\n\n- more \\[of\\] \\<it\\> (["), "{log}");
    let links = "[Unreleased]: https://example.org/a/small/compare/v0.1.0...HEAD\n\
                 [0.1.0]: https://example.org/a/small/releases/tag/v0.1.0\n";
    assert!(log.ends_with(links), "{log}");
    repository.tagged(&[]);

    // What concerns nobody, and what changes nothing that is published, asks for no release.
    repository.change(".github/workflow.yml", "feat: a workflow");
    repository.change("src/lib.rs", "docs: words");
    let said = repository.release(&[]);
    said.expect(
        0,
        &["there is nothing to release", "small 0.1.0: nothing since v0.1.0 asks for a release"],
    );

    repository.change("src/lib.rs", "feat: more");
    assert_eq!(repository.versions(&[]), ["small 0.1.1"]);
    repository.prepared(&[]);
    let manifest = repository.0.read("Cargo.toml");
    assert!(
        manifest.starts_with("# Kept.\n") && manifest.contains("version = \"0.1.1\" # mine\n"),
        "{manifest}"
    );
    let log = repository.0.read("CHANGELOG.md");
    assert!(
        log.contains("[0.1.1]: https://example.org/a/small/compare/v0.1.0...v0.1.1\n[0.1.0]:"),
        "{log}"
    );
}

#[test]
fn what_breaks_raises_what_semver_says_and_who_gives_no_note_is_told() {
    let repository = Repository::single("1.0.0");
    repository.git(&["tag", "v1.0.0"]);
    repository.change("src/lib.rs", "refactor!: other");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 2.0.0"]);
    assert!(notes(&plan).contains("no footer `BREAKING CHANGE"), "{plan}");
    repository.change("src/lib.rs", "fix: more\n\nBREAKING CHANGE: call `b`\nin place of `a`");
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    let (_, section) = log.split_once("## [2.0.0]").expect("a section");
    assert!(section.contains("\n  call `b`\n  in place of `a`\n"), "{log}");
    assert!(section.starts_with(" - 2026-01-31\n\n### Breaking changes\n\n- more (["), "{log}");
    // What comes after is in no section that is written already.
    repository.change("src/lib.rs", "fix: too late");
    let plan = repository.plan(&[]);
    assert_eq!(plan["state"], "prepared");
    assert!(notes(&plan).contains("does not tell of it: fix: too late"), "{plan}");
}

#[test]
fn a_shared_version_goes_up_for_all_and_their_requirements_with_it() {
    let root = "[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\n# Kept.\n\
                a = { path = \"crates/a\", version = \"0.1.0\" }\n";
    let inherited = "version.workspace = true\n";
    let b = format!("{inherited}\n[dependencies]\na.workspace = true\n");
    let c = format!("{inherited}publish = false\n");
    let members = [("a", inherited), ("b", &*b), ("c", &*c)];
    let repository = Repository::members(root, &members, "");
    repository.git(&["tag", "--annotate", "--message=one", "v0.1.0"]);
    repository.change("crates/c/src/lib.rs", "feat!: of no matter");
    assert_eq!(repository.plan(&[])["state"], "nothing");
    repository.change("crates/b/src/lib.rs", "feat(b)!: other\n\nBREAKING CHANGE: do so");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["a 0.2.0", "b 0.2.0"]);
    assert_eq!(plan["members"][0]["reasons"][0]["kind"], "together");
    assert_eq!(plan["members"][1]["tag"], "v0.2.0");
    repository.prepared(&[]);
    let root = repository.0.read("Cargo.toml");
    assert!(root.contains("version = \"0.2.0\"\n\n[workspace.dependencies]\n# Kept.\n"), "{root}");
    assert!(root.contains("a = { path = \"crates/a\", version = \"0.2.0\" }"), "{root}");
    let lock = repository.0.read("Cargo.lock");
    assert_eq!(lock.matches("version = \"0.2.0\"").count(), 3, "{lock}");
    assert_eq!(repository.out(&["log", "-1", "--format=%s"]), "chore(release): 0.2.0");
    repository.tagged(&[]);
}

#[test]
fn members_of_their_own_versions_are_released_with_who_cannot_go_on() {
    let b = "version = \"1.0.0\"\n\n[dependencies]\nother = { package = \"a\", path = \"../a\", version = \"0.1.0\" } # why\n";
    let c = "version = \"2.0.0\"\n\n[dev-dependencies]\na = { path = \"../a\", version = \"0.1\" }\n\
             [target.'cfg(unix)'.dependencies]\nb = { path = \"../b\", version = \"1\" }\n";
    let members =
        [("a", "version = \"0.1.0\"\n"), ("b", b), ("c", c), ("d", "version = \"0.5.0\"\n")];
    let repository = Repository::members("", &members, "  changelog: member\n");
    for tag in ["a-v0.1.0", "b-v1.0.0", "c-v2.0.0", "d-v0.5.0"] {
        repository.git(&["tag", tag]);
    }
    repository.change("crates/a/src/lib.rs", "feat!: other");
    let plan = repository.plan(&[]);
    // `c` asks for any 1 of `b`, and its tests for another `a`, which nobody else sees.
    assert_eq!(versions(&plan), ["a 0.2.0", "b 1.0.1"]);
    assert_eq!(plan["members"][1]["reasons"][0]["kind"], "dependency");
    repository.prepared(&[]);
    let b = repository.0.read("crates/b/Cargo.toml");
    assert!(
        b.contains("other = { package = \"a\", path = \"../a\", version = \"0.2.0\" } # why"),
        "{b}"
    );
    let c = repository.0.read("crates/c/Cargo.toml");
    assert!(
        c.contains("version = \"2.0.0\"") && c.contains("path = \"../a\", version = \"0.2.0\""),
        "{c}"
    );
    let log = repository.0.read("crates/b/CHANGELOG.md");
    assert!(log.contains("### Changed\n\n- It needs `a` 0.2.0.\n"), "{log}");
    assert!(!repository.0.path("CHANGELOG.md").exists());
    repository.tagged(&[]);
    repository.change("crates/d/src/lib.rs", "fix: mended");
    assert_eq!(repository.versions(&[]), ["d 0.5.1"]);
}

#[test]
fn members_of_a_group_share_a_version() {
    let members = [
        ("a", "version = \"0.1.0\"\n"),
        ("b", "version = \"0.1.0\"\n"),
        ("c", "version = \"0.3.0\"\n"),
    ];
    let settings = "members:\n  a:\n    release_group: one\n  b:\n    release_group: one\n";
    let repository = Repository::members("", &members, settings);
    for tag in ["a-v0.1.0", "b-v0.1.0", "c-v0.3.0"] {
        repository.git(&["tag", tag]);
    }
    repository.change("crates/a/src/lib.rs", "feat!: other");
    assert_eq!(repository.versions(&[]), ["a 0.2.0", "b 0.2.0"]);
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    assert!(log.contains("## [a 0.2.0] - ") && log.contains("## [b 0.2.0] - "), "{log}");
    repository.tagged(&[]);
    // All in one step.
    repository.change("crates/c/src/lib.rs", "fix: mended");
    repository
        .0
        .write(".github/pipeline-config.yml", "release:\n  branch: main\n  versions: lockstep\n");
    repository.commit("ci: all together");
    repository.git(&["tag", "v0.2.0", "HEAD~1"]);
    assert_eq!(repository.versions(&[]), ["a 0.3.0", "b 0.3.0", "c 0.3.0"]);
    repository.prepared(&[]);
}

#[test]
fn pre_releases_are_counted_and_become_the_release() {
    let repository = Repository::single("1.2.3");
    repository.git(&["tag", "v1.2.3"]);
    repository.change("src/lib.rs", "feat: one");
    for (pre, expected) in [
        ("alpha", "1.3.0-alpha.1"),
        ("alpha", "1.3.0-alpha.2"),
        ("beta", "1.3.0-beta.1"),
        ("rc", "1.3.0-rc.1"),
    ] {
        assert_eq!(repository.versions(&["--pre", pre]), [format!("small {expected}")]);
        repository.prepared(&["--pre", pre]);
        // Without the word it is prepared as well.
        assert_eq!(repository.plan(&[])["state"], "prepared");
        repository.tagged(&["--pre", pre]);
        repository.change("src/lib.rs", "fix: two");
    }
    let said = repository.release(&["--pre", "alpha"]);
    said.expect(2, &["1.3.0-rc.1 is there already"]);
    assert_eq!(repository.versions(&[]), ["small 1.3.0"]);
    repository.prepared(&[]);
    repository.tagged(&[]);
}

#[test]
fn a_history_of_merges_counts_each_commit_once_and_none_that_was_taken_back() {
    let repository = Repository::single("1.0.0");
    repository.git(&["tag", "v1.0.0"]);
    for at in 0..4 {
        let branch = format!("side-{at}");
        repository.git(&["switch", "--quiet", "--create", &branch, "v1.0.0"]);
        repository.change(&format!("src/part_{at}.rs"), &format!("fix: part {at}"));
        repository.git(&["switch", "--quiet", "main"]);
        repository.git(&["merge", "--quiet", "--no-ff", "--no-edit", &branch]);
    }
    repository.change("src/big.rs", "feat!: a break");
    repository.git(&["revert", "--no-edit", "HEAD"]);
    repository.git(&["switch", "--quiet", "--create", "back", "v1.0.0"]);
    repository.change("src/back.rs", "feat!: another break");
    repository.git(&["switch", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--no-edit", "back"]);
    repository.git(&["revert", "--no-edit", "--mainline", "1", "HEAD"]);
    repository.git(&["switch", "--quiet", "--create", "elsewhere", "v1.0.0"]);
    repository.change("src/later.rs", "feat: elsewhere");
    repository.git(&["tag", "v1.5.0"]);
    repository.git(&["switch", "--quiet", "main"]);
    repository.change("src/lib.rs", "Did something");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 1.0.1"]);
    let reasons = plan["members"][0]["reasons"].as_array().expect("a list");
    assert_eq!(reasons.len(), 5, "{plan}");
    assert!(
        notes(&plan).contains("is no conventional commit, and counts as a patch: Did something"),
        "{plan}"
    );
    assert!(
        notes(&plan).contains("the tag v1.5.0 is of a commit that this one does not come from"),
        "{plan}"
    );
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    for at in 0..4 {
        assert_eq!(log.matches(&format!("- part {at} ")).count(), 1, "{log}");
    }
    assert!(!log.contains("Merge") && !log.contains("a break"), "{log}");
}

#[test]
fn what_was_written_by_hand_stays_and_the_manifest_counts() {
    let repository = Repository::single("0.1.0");
    let old = "# Log\r\n\r\n## [Unreleased]\r\n\r\n### Fixed\r\n\r\n- Mine.\r\n\r\n## [0.1.0] - 2025-01-01\r\n\r\n- Old.\r\n";
    repository.0.write("CHANGELOG.md", old);
    repository.commit("docs: a changelog");
    repository.git(&["tag", "v0.1.0"]);
    repository.change("src/lib.rs", "fix: one");
    let manifest = repository.0.read("Cargo.toml").replace("0.1.0", "0.4.0");
    repository.0.write("Cargo.toml", &manifest);
    let lock = repository.0.read("Cargo.lock").replace("0.1.0", "0.4.0");
    repository.0.write("Cargo.lock", &lock);
    repository.commit("feat!: raised by hand");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 0.4.0"]);
    assert!(notes(&plan).contains("has entries by hand, and so 1 commits make none"), "{plan}");
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    assert!(
        log.contains("- 2026-01-31\r\n\r\n### Breaking changes\r\n\r\n- raised by hand"),
        "{log}"
    );
    assert!(
        log.contains(
            "\r\n\r\n### Fixed\r\n\r\n- Mine.\r\n\r\n## [0.1.0] - 2025-01-01\r\n\r\n- Old.\r\n"
        ),
        "{log}"
    );
    assert!(!log.replace("\r\n", "").contains('\n'), "{log}");
}

#[test]
fn it_is_prepared_of_what_is_committed_on_its_branch_only() {
    let repository = Repository::single("0.1.0");
    repository.0.write("src/more.rs", "//! More.\n");
    repository.release(&["prepare"]).expect(2, &["files differ from the last commit"]);
    repository.commit("feat: more");
    repository.git(&["switch", "--quiet", "--create", "other"]);
    repository
        .release(&["prepare"])
        .expect(2, &["this is the branch `other`, and releases are made on `main`"]);
    repository.git(&["switch", "--quiet", "--detach"]);
    repository.release(&["prepare"]).expect(2, &["this is no branch"]);
    repository.git(&["switch", "--quiet", "main"]);
    repository.0.write(".github/pipeline-config.yml", "");
    repository.commit("ci: no branch");
    repository.release(&["prepare"]).expect(2, &["say so with `release.branch`"]);
    repository.0.write(".github/pipeline-config.yml", "release:\n  branch: main\n");
    repository.commit("ci: a branch");
    let head = repository.out(&["rev-parse", "HEAD"]);
    repository.release(&["prepare", "--pull-request", "release/next"]).expect(0, &["committed as"]);
    assert_eq!(repository.out(&["branch", "--show-current"]), "release/next");
    assert_eq!(repository.out(&["rev-parse", "main"]), head);
    assert_eq!(repository.out(&["rev-parse", "release/next~1"]), head);
}

#[test]
fn its_versions_and_its_changelogs_can_be_written_alone() {
    let repository = Repository::single("0.1.0");
    repository.git(&["tag", "v0.1.0"]);
    repository.change("src/lib.rs", "feat: more");
    let head = repository.out(&["rev-parse", "HEAD"]);
    let changed = || repository.out(&["status", "--porcelain"]);
    let planned = repository.versions(&[]);
    repository.release(&["bump_version"]).expect(0, &["Cargo.toml is written"]);
    assert_eq!(
        changed().lines().map(str::trim_start).collect::<Vec<_>>(),
        ["M Cargo.lock", "M Cargo.toml"]
    );
    assert!(repository.0.read("Cargo.toml").contains("version = \"0.1.1\" # mine"));
    repository.release(&["bump"]).expect(0, &["nothing was changed"]);
    assert_eq!(repository.versions(&[]), planned, "a version that is written is not raised again");
    repository.release(&["update_changelog"]).expect(0, &["CHANGELOG.md is written"]);
    assert!(repository.0.read("CHANGELOG.md").contains("## [0.1.1] - 2026-01-31"));
    repository.release(&["changelog"]).expect(0, &["nothing was changed"]);
    assert_eq!(repository.plan(&[])["state"], "prepared");
    assert_eq!(repository.out(&["rev-parse", "HEAD"]), head, "nothing is committed");
}

#[test]
fn what_a_clone_does_not_have_is_not_taken_for_nothing() {
    let repository = Repository::single("0.1.0");
    repository.change("src/lib.rs", "feat: more");
    let (from, to) = (repository.0.root(), repository.0.path("target/clone"));
    let url = format!("file://{}", from.display());
    repository.git(&["clone", "--quiet", "--depth=1", &url, &to.display().to_string()]);
    let said = repository.0.run(&["release", "--workspace", &to.display().to_string()]);
    said.expect(2, &["the clone is shallow"]);
    let members = [("a", "version = \"0.1.0\"\n"), ("b", "version = \"0.1.0\"\n")];
    let repository = Repository::members("", &members, "  tag: v{version}\n");
    repository.release(&[]).expect(2, &["`release.tag` is `v{version}`"]);
    let repository =
        Repository::members("", &[("a", "version = \"0.1.0\"\npublish = false\n")], "");
    repository.release(&[]).expect(2, &["no member is published"]);
}

#[test]
fn an_interface_that_breaks_raises_what_no_commit_says() {
    let mut repository = Repository::single("1.0.0");
    repository.0.program("cargo-semver-checks", TOOL);
    let chosen = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rust-toolchain.toml");
    if let Ok(text) = std::fs::read_to_string(chosen) {
        repository.0.write("rust-toolchain.toml", &text);
    }
    repository.0.write("src/lib.rs", "//! Small.\n\n/// One.\npub fn one() {}\n");
    repository.commit("feat: one");
    repository.git(&["tag", "v1.0.0"]);
    repository.0.write("src/lib.rs", "//! Small.\n\n/// Two.\npub fn two() {}\n");
    repository.commit("fix: another name");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 1.0.1"]);
    let unknown = plan["members"][0]["interface_unknown"].as_str().expect("said");
    assert!(unknown.starts_with("no record compares it"), "{unknown}");
    repository.0.check(&["semver", "--baseline", "v1.0.0"]).expect(1, &["1 breaking change"]);
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 2.0.0"]);
    assert_eq!(plan["members"][0]["interface_unknown"], Value::Null);
    assert!(plan["members"][0]["reasons"].to_string().contains("function a::one"), "{plan}");
    assert!(
        notes(&plan).contains("the interface of small breaks, and no commit says so"),
        "{plan}"
    );
    // A record of other sources says nothing of these.
    repository.change("src/lib.rs", "docs: a word");
    let plan = repository.plan(&[]);
    assert_eq!(versions(&plan), ["small 1.0.1"]);
    let unknown = plan["members"][0]["interface_unknown"].as_str().expect("said");
    assert!(unknown.starts_with("no record of these sources"), "{unknown}");
}

#[test]
fn a_workspace_below_its_repository_counts_what_is_its_own() {
    let mut bench = Bench::empty();
    bench.write(
        "tools/Cargo.toml",
        "[package]\nname = \"small\"\nversion = \"1.0.0\"\nedition = \"2024\"\n",
    );
    bench.write("tools/src/lib.rs", "//! Small.\n");
    bench.write("tools/.github/pipeline-config.yml", "release:\n  branch: main\n");
    // A library may keep its lock file to itself.
    prepare(&mut bench, "");
    bench.write(".gitignore", "target\nCargo.lock\n");
    let lock = "# This file is automatically @generated by Cargo.\n# It is not intended for manual editing.\nversion = 4\n\n\
                [[package]]\nname = \"small\"\nversion = \"1.0.0\"\n";
    bench.write("tools/Cargo.lock", lock);
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    let repository = Repository(bench);
    repository.commit("feat: all of it");
    repository.git(&["tag", "v1.0.0"]);
    repository.change("other/src/lib.rs", "feat!: of no matter");
    let there = repository.0.path("tools").display().to_string();
    let plan = |words: &[&str]| {
        let words = [&["release"], words, &["--workspace", &there], &DAY[..]].concat();
        repository.0.run(&words)
    };
    plan(&["plan"]).expect(0, &["there is nothing to release"]);
    repository.change("tools/src/lib.rs", "fix: one");
    plan(&["plan"]).expect(0, &["small 1.0.0 -> 1.0.1"]);
    plan(&["prepare"]).expect(0, &["committed as"]);
    let changed = repository.out(&["show", "--format=", "--name-only", "HEAD"]);
    assert_eq!(changed, "tools/CHANGELOG.md\ntools/Cargo.toml");
    plan(&["plan"]).expect(0, &["prepared, not yet tagged"]);
}

#[test]
fn what_a_commit_says_is_shown_and_does_nothing() {
    let repository = Repository::single("1.0.0");
    repository.git(&["tag", "v1.0.0"]);
    let message = "feat(<b>)!: \u{1b}[31m# <script>alert(1)</script> `a` [x](javascript:y)\n\n\
                   BREAKING CHANGE: ## [9.9.9] - never\n## [8.8.8] - never\n```\n<img src=x>";
    repository.change("src/lib.rs", message);
    let said = repository.release(&[]);
    said.expect(0, &["small 1.0.0 -> 2.0.0"]);
    assert!(!said.out.contains('\u{1b}'), "{said:?}");
    repository.prepared(&[]);
    let log = repository.0.read("CHANGELOG.md");
    let head =
        "- **\\<b\\>:** \\[31m# \\<script\\>alert(1)\\</script\\> `a` \\[x\\](javascript:y) ([";
    assert!(log.contains(head), "{log}");
    assert!(log.contains("\n  \\## \\[9.9.9\\] - never\n  \\## \\[8.8.8\\] - never\n  \\`\\`\\`\n  \\<img src=x\\>\n"), "{log}");
    let links: Vec<_> = log.lines().filter(|line| line.starts_with("[Unreleased]:")).collect();
    assert_eq!(links, ["[Unreleased]: https://example.org/a/small/compare/v2.0.0...HEAD"]);
}
