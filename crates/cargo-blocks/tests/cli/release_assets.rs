//! `release assets`, with real cargo and git; what it makes is read by the system's own tar and sha256sum.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::bench::{Bench, Said};
use crate::release_publish::{commit, run};
use crate::sbom::{MANIFEST, TOOL};

const CHANGELOG: &str =
    "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [0.1.0] - 2026-11-28\n\n### Added\n\n- All.\n";

/// A library, and a program that needs it, with a record of what they are built of.
fn released() -> Bench {
    let mut bench = Bench::crew(&[("a", ""), ("b", "")]);
    bench.program("cargo-cyclonedx", TOOL);
    bench.write("crates/a/Cargo.toml", &MANIFEST.replace("NAME", "a"));
    let on = "[dependencies]\na = { path = \"../a\" }\n";
    bench.write("crates/b/Cargo.toml", &(MANIFEST.replace("NAME", "b") + on));
    bench.write(
        "crates/b/src/main.rs",
        "//! A program.\nfn main() {\n    println!(\"hello\");\n}\n",
    );
    bench.write("crates/b/LICENSE-MIT", "Of the member.\n");
    bench.write("LICENSE-MIT", "Of the workspace.\n");
    bench.write("LICENSE-APACHE", "Another.\n");
    bench.write("README.md", "# It\n");
    bench.write("CHANGELOG.md", CHANGELOG);
    bench.write(".gitignore", "/target\n");
    bench.write(".github/pipeline-config.yml", "release:\n  versions: lockstep\n");
    bench.set("GIT_CONFIG_GLOBAL", "/dev/null");
    run(&bench, "cargo", &["generate-lockfile", "--offline"]);
    run(&bench, "git", &["init", "--quiet", "--initial-branch", "main"]);
    commit(&bench);
    bench
}

/// The same, asked what it is built of.
fn recorded() -> Bench {
    let bench = released();
    bench.check(&["sbom"]).expect(0, &["✓ pass"]);
    bench
}

fn assets(bench: &Bench, words: &[&str]) -> Said {
    bench.run(&[&["release", "assets"], words].concat())
}

fn system(program: &str, words: &[&str], folder: &Path) -> String {
    let output: Output =
        Command::new(program).args(words).current_dir(folder).output().expect("a program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The one archive of a folder.
fn archive(bench: &Bench, folder: &str) -> String {
    let names = files(&bench.path(folder));
    names.into_iter().find(|it| it.ends_with(".tar.gz")).expect("an archive")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|it| it.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn a_release_carries_its_programs_and_all_that_belongs_to_them() {
    let bench = recorded();
    assets(&bench, &["--output", "target/out"]).expect(0, &["release.json: ", "SHA256SUMS: "]);
    let out = bench.path("target/out");
    let archive = archive(&bench, "target/out");
    let root = archive.strip_suffix(".tar.gz").expect("an archive").to_owned();
    assert!(root.starts_with("b-0.1.0-"), "{root}");
    let names = ["SHA256SUMS", &archive, "b-0.1.0.cdx.json", "release-notes.md", "release.json"];
    assert_eq!(files(&out), names);
    assert_eq!(bench.read("target/out/release-notes.md"), "### Added\n\n- All.\n");
    // Others read it as we wrote it.
    system("sha256sum", &["--check", "--strict", "SHA256SUMS"], &out);
    let told = system("tar", &["--list", "--verbose", "--numeric-owner", "--file", &archive], &out);
    let told: Vec<Vec<&str>> = told.lines().map(|it| it.split_whitespace().collect()).collect();
    let found: Vec<_> = told.iter().map(|it| (it[0], it[1], it[5])).collect();
    let texts = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];
    let texts = texts.map(|it| format!("{root}/{it}"));
    let mut wanted: Vec<_> = texts.iter().map(|it| ("-rw-r--r--", "0/0", it.as_str())).collect();
    let program = format!("{root}/b");
    wanted.push(("-rwxr-xr-x", "0/0", &program));
    assert_eq!(found, wanted);
    system("tar", &["--extract", "--file", &archive, "--directory", ".."], &out);
    let unpacked = bench.path("target").join(&root);
    assert_eq!(system("./b", &[], &unpacked), "hello\n");
    let licence = std::fs::read_to_string(unpacked.join("LICENSE-MIT")).expect("a licence");
    assert_eq!(licence, "Of the member.\n");
    is_listed(&bench, &archive);
    assets(&bench, &["--verify", "target/out"]).expect(
        0,
        &["✓ checksums", "✓ list", "✓ archives", "✓ boms", "✓ versions", "✓ revision", "✓ notes"],
    );
    // A folder that is there is not written over, which is told before anything is compiled.
    assets(&bench, &["--output", "target/out"]).expect(2, &["is not empty: name another folder"]);
    // What is made is no difference from the commit, wherever it lies.
    assets(&bench, &["--output", "dist"]).expect(0, &["release.json: "]);
    assets(&bench, &["--verify", "dist"]).expect(0, &["✓ revision"]);
    bench.write("elsewhere.txt", "Another.\n");
    assets(&bench, &["--verify", "dist"]).expect(1, &["✗ revision"]);
}

/// The list for programs says what there is.
fn is_listed(bench: &Bench, archive: &str) {
    let list: Value = serde_json::from_str(&bench.read("target/out/release.json")).expect("JSON");
    let head = system("git", &["rev-parse", "HEAD"], &bench.root());
    assert_eq!(list["revision"], head.trim());
    assert_eq!(list["members"][0]["tag"], "v0.1.0");
    assert_eq!(list["builds"][0]["engine"], "host");
    let file = &list["files"][0];
    assert_eq!(file["name"], archive);
    let program = &file["programs"][0];
    assert_eq!(program["name"], "b");
    let needs = &program["needs"];
    if cfg!(target_os = "linux") {
        assert_eq!(needs["format"], "elf");
        assert!(needs["interpreter"].as_str().is_some_and(|it| it.contains("ld-")), "{needs}");
        let version = needs["glibc"].as_str().expect("a version").to_owned();
        assert!(version.starts_with("2."), "{needs}");
    }
}

#[test]
fn the_same_commit_is_the_same_bytes_whoever_packs_it() {
    let bench = recorded();
    assets(&bench, &["--output", "target/one"]).expect(0, &[]);
    let command = bench.command(&["release", "assets", "--output", "target/two"]);
    // Somebody in another time zone, whose files nobody else may read.
    let mut other = Command::new("sh");
    other
        .args(["-c", "umask 077; touch LICENSE-MIT; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(bench.root())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("TZ", "Asia/Kathmandu");
    let output = other.output().expect("a program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = files(&bench.path("target/one"));
    assert_eq!(files(&bench.path("target/two")), names);
    for name in names {
        let read = |folder: &str| std::fs::read(bench.path(folder).join(&name)).expect("a file");
        assert!(read("target/one") == read("target/two"), "{name}");
    }
    // What one system alone made is merged as it is.
    let words = ["--merge", "target/one", "target/two", "--output", "target/both"];
    assets(&bench, &words).expect(0, &[]);
    assert_eq!(bench.read("target/both/SHA256SUMS"), bench.read("target/one/SHA256SUMS"));
}

#[test]
fn what_was_changed_since_it_was_made_is_found() {
    let bench = recorded();
    assets(&bench, &["--output", "target/out"]).expect(0, &[]);
    let archive = archive(&bench, "target/out");
    for name in files(&bench.path("target/out")) {
        let path = bench.path("target/out").join(&name);
        let whole = std::fs::read(&path).expect("a file");
        let mut broken = whole.clone();
        broken[whole.len() / 2] ^= 1;
        std::fs::write(&path, broken).expect("written");
        assets(&bench, &["--verify", "target/out"]).expect(1, &["✗ "]);
        std::fs::write(&path, whole).expect("written");
    }
    let path = bench.path("target/out").join(&archive);
    let aside = bench.path("target/aside");
    std::fs::rename(&path, &aside).expect("moved");
    assets(&bench, &["--verify", "target/out"]).expect(1, &["is in SHA256SUMS, and not there"]);
    std::fs::rename(&aside, &path).expect("moved");
    bench.write("target/out/more.txt", "");
    assets(&bench, &["--verify", "target/out"]).expect(1, &["more.txt is there, and not in"]);
    std::fs::remove_file(bench.path("target/out/more.txt")).expect("removed");
    assets(&bench, &["--verify", "target/out"]).expect(0, &[]);
    // It is of this commit, and of no other; and of no other changelog.
    bench.write("CHANGELOG.md", &CHANGELOG.replace("All.", "All and more."));
    let words = ["✗ notes", "✗ revision", "differ from the last commit"];
    assets(&bench, &["--verify", "target/out"]).expect(1, &words);
    commit(&bench);
    assets(&bench, &["--verify", "target/out"]).expect(1, &["✗ revision", "and this is"]);
}

#[test]
fn nothing_is_made_of_what_nobody_knows() {
    let bench = released();
    assets(&bench, &["--output", "target/out"]).expect(3, &["b has no bill of materials"]);
    assert!(!bench.path("target/out").exists());
    bench.check(&["sbom"]).expect(0, &[]);
    bench.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- All.\n");
    assets(&bench, &["--output", "target/out"]).expect(2, &["tells nothing of b 0.1.0"]);
    assert!(!bench.path("target/out").exists());
}

#[test]
fn programs_of_members_that_are_not_published_are_released_by_name() {
    let bench = released();
    let manifest = bench.read("crates/b/Cargo.toml");
    let hidden = manifest.replace("license", "publish = false\nlicense");
    bench.write("crates/b/Cargo.toml", &hidden);
    assets(&bench, &["--output", "target/out"]).expect(2, &["`release.programs` names others"]);
    bench.write(".github/pipeline-config.yml", "release:\n  programs: [b]\n");
    bench.check(&["sbom"]).expect(0, &[]);
    let said = assets(&bench, &["--output", "target/out"]);
    said.expect(0, &["b-0.1.0.cdx.json"]);
    said.expect(0, &["warning: files differ from the last commit"]);
    bench.write(".github/pipeline-config.yml", "release:\n  programs: [a]\n");
    assets(&bench, &["--output", "target/no"]).expect(2, &["no member of that name has a program"]);
}

/// A program that is linked as Nix links it runs on no other machine.
#[test]
#[cfg(target_os = "linux")]
fn a_program_of_a_store_is_refused() {
    let bench = recorded();
    let flags = "-Clink-arg=-Wl,-rpath,/nix/store/00000000000000000000000000000000-x/lib";
    let mut command = bench.command(&["release", "assets", "--output", "target/out"]);
    let output = command.env("RUSTFLAGS", flags).output().expect("a program");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("b: it needs /nix/store/"), "{told}");
    assert!(told.contains("release.targets: [x86_64-unknown-linux-musl]"), "{told}");
    assert!(!bench.path("target/out").exists());
}
