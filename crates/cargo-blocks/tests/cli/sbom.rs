//! `check sbom` and `sbom`: what packages that are shipped are built of.
//!
//! A few lines of shell stand for cargo-cyclonedx, which the sandbox of the tests does not have; `.ci/both-engines` runs
//! the tool itself.

use crate::bench::{Bench, Said};

/// Writes what the real tool would of two members, `b` of which needs `a`, and keeps what it was told.
pub const TOOL: &str = r#"case "$*" in *--version) echo "cargo-cyclonedx 0.5.9"; exit ;; esac
[ "$*" = "cyclonedx --format json --spec-version 1.5 --all --target all" ] || exit 3
"$CARGO" metadata --format-version 1 >"$HOME/told.json"
pwd >"$HOME/place"
grep -q '"license":"MIT"' "$HOME/told.json" && licences='[{}]' || licences='[]'
package() {
  printf '{"bom-ref":"%s","name":"%s","version":"0.1.0","purl":"pkg:cargo/%s@0.1.0","licenses":%s}' "$1" "$1" "$1" "$licences"
}
list() {
  printf '{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"timestamp":"%s","component":%s},"components":[%s],"dependencies":[%s]}' \
    "$SOURCE_DATE_EPOCH" "$(package "$1")" "$2" "$3"
}
[ ! -d crates/a ] || list a '' '{"ref":"a"}' >crates/a/a.cdx.json
[ ! -d crates/b ] || list b "$(package a)" '{"ref":"a"},{"ref":"b","dependsOn":["a"]}' >crates/b/b.cdx.json
"#;

pub const MANIFEST: &str =
    "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2024\"\nlicense = \"MIT\"\n";

/// Two members that go to a registry, and have a licence.
fn licensed() -> Bench {
    let mut bench = Bench::crew(&[("a", ""), ("b", "")]);
    bench.program("cargo-cyclonedx", TOOL);
    bench.write("crates/a/Cargo.toml", &MANIFEST.replace("NAME", "a"));
    let on = "[dependencies]\na = { path = \"../a\" }\n";
    bench.write("crates/b/Cargo.toml", &(MANIFEST.replace("NAME", "b") + on));
    bench
}

fn check(bench: &Bench) -> Said {
    bench.check(&["sbom"])
}

/// The names of the files that are there.
fn files(bench: &Bench, folder: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(bench.path(folder)) else { return Vec::new() };
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry").file_name().into_string().expect("UTF-8")
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}

const VIEW: &str = "target/blocks/sbom";

#[test]
fn each_package_has_a_file_and_nothing_is_written_into_the_workspace() {
    let bench = licensed();
    check(&bench).expect(0, &["✓ pass", "1 component of 2 packages"]);
    assert_eq!(files(&bench, VIEW), ["a.cdx.json", "b.cdx.json"]);
    assert!(bench.read("target/blocks/sbom/b.cdx.json").contains("\"dependsOn\":[\"a\"]"));
    // The time is none of the run.
    assert!(bench.read("target/blocks/sbom/a.cdx.json").contains("\"timestamp\":\"315532800\""));
    assert_eq!(files(&bench, "crates/a"), ["Cargo.toml", "src"]);
    assert_eq!(
        files(&bench, "."),
        ["Cargo.lock", "Cargo.toml", "crates", "rust-toolchain.toml", "target"]
    );
}

#[test]
fn the_tool_is_told_of_no_place_of_this_machine() {
    let bench = licensed();
    check(&bench).expect(0, &["✓ pass"]);
    let told = std::fs::read_to_string(bench.root().join("../home/told.json")).expect("read");
    for id in ["\"path+file:///crates/a#a@0.1.0\"", "\"manifest_path\":\"./crates/b/Cargo.toml\""] {
        assert!(told.contains(id), "{id}: {told}");
    }
    // What it does not look at is as it was.
    let paths = ["\"path\":\"", "\"target_directory\":\"", "\"build_directory\":\""];
    let shown = paths.iter().fold(told, |text, key| {
        let parts = text.split(key).enumerate().map(|(number, part)| {
            if number == 0 { part } else { part.split_once('"').expect("an end").1 }
        });
        parts.collect::<String>()
    });
    let root = bench.root();
    assert!(!shown.contains(root.to_str().expect("UTF-8")), "{shown}");
    let place = std::fs::read_to_string(root.join("../home/place")).expect("read");
    assert!(!std::path::Path::new(place.trim()).exists(), "{place}");
}

#[test]
fn what_has_no_licence_is_red_and_has_its_file_all_the_same() {
    let bench = licensed();
    for name in ["a", "b"] {
        let manifest = bench.read(&format!("crates/{name}/Cargo.toml"));
        bench.write(
            &format!("crates/{name}/Cargo.toml"),
            &manifest.replace("license = \"MIT\"\n", ""),
        );
    }
    let words = ["✗ fail", "crates/a/Cargo.toml: a: its manifest has no license or license-file"];
    check(&bench).expect(1, &words);
    bench.run(&["sbom"]).expect(0, &["target/blocks/sbom/a.cdx.json: 0 components\n"]);
    assert_eq!(files(&bench, VIEW), ["a.cdx.json", "b.cdx.json"]);
}

#[test]
fn the_files_are_written_from_the_record_where_one_says() {
    let bench = licensed();
    check(&bench).expect(0, &["✓ pass"]);
    let said = bench.run(&["sbom", "--out", "out"]);
    said.expect(0, &["out/a.cdx.json: 0 components\nout/b.cdx.json: 1 component\n"]);
    assert_eq!(files(&bench, "out"), ["a.cdx.json", "b.cdx.json"]);
    // The files there are sources, too; without them the record is of the sources as they are.
    std::fs::remove_dir_all(bench.path("out")).expect("removed");
    let list = bench.run(&["sbom", "--json"]).json();
    assert_eq!((&list[1]["package"], &list[1]["components"]), (&"b".into(), &1.into()));
    assert!(list[1]["file"].as_str().expect("a path").ends_with("target/blocks/sbom/b.cdx.json"));
}

#[test]
fn what_is_of_other_sources_is_not_shown() {
    let bench = licensed();
    bench.run(&["sbom"]).expect(3, &["? no verdict sbom", "record-absent"]);
    check(&bench).expect(0, &["✓ pass"]);
    bench.write("crates/a/src/lib.rs", "//! Edited.\n");
    bench.run(&["sbom"]).expect(3, &["? no verdict sbom", "other-sources"]);
    assert_eq!(files(&bench, VIEW), [""; 0], "what was written is of what was");
    check(&bench).expect(0, &["✓ pass"]);
    std::fs::remove_dir_all(bench.path("crates/b")).expect("removed");
    check(&bench).expect(0, &["✓ pass", "0 components of 1 package"]);
    assert_eq!(files(&bench, VIEW), ["a.cdx.json"]);
}

#[test]
fn what_nobody_ships_has_no_file() {
    let bench = licensed();
    for name in ["a", "b"] {
        let manifest = bench.read(&format!("crates/{name}/Cargo.toml"));
        let private = manifest.replace("license", "publish = false\nlicense");
        bench.write(&format!("crates/{name}/Cargo.toml"), &private);
    }
    check(&bench).expect(0, &["not applicable", "no member is published, or has a program"]);
    bench.run(&["sbom"]).expect(0, &["no bill of materials: no member is published"]);
    assert_eq!(files(&bench, VIEW), [""; 0]);
    // One that has a program.
    bench.write("crates/b/src/main.rs", "//! Ends.\n\nfn main() {}\n");
    check(&bench).expect(0, &["✓ pass", "1 component of 1 package"]);
    assert_eq!(files(&bench, VIEW), ["b.cdx.json"]);
    bench.write(".github/pipeline-config.yml", "stages: {sbom: {enabled: false}}\n");
    bench.run(&["sbom"]).expect(0, &["no bill of materials: switched off"]);
}

#[test]
fn a_tool_that_leaves_something_out_or_fails_is_no_verdict() {
    let mut bench = licensed();
    let alone = TOOL.replace("\"$(package a)\" '{\"ref\":\"a\"},", "'' '").replace("[\"a\"]", "[]");
    for (tool, words) in [
        (alone, "lacks a 0.1.0, which cargo resolves for it"),
        (TOOL.replace("[ ! -d crates/a ] ||", "false &&"), "a has no bill of materials"),
        (format!("{TOOL}exit 1"), "ended with status 70, which is no answer"),
    ] {
        bench.program("cargo-cyclonedx", &tool);
        bench.check(&["sbom", "--again", "sbom"]).expect(3, &["? no verdict"]);
        bench.run(&["gate", "sbom"]).expect(3, &[words]);
        bench.run(&["sbom"]).expect(3, &["? no verdict sbom"]);
        assert_eq!(files(&bench, VIEW), [""; 0]);
    }
}

#[test]
fn quick_runs_leave_the_files_alone_that_are_of_now() {
    let bench = licensed();
    check(&bench).expect(0, &["✓ pass"]);
    bench.check(&["fmt"]).expect(0, &[]);
    assert_eq!(files(&bench, VIEW), ["a.cdx.json", "b.cdx.json"]);
    bench.write("crates/a/README.md", "An edit of what is packaged.\n");
    bench.check(&["fmt"]).expect(0, &[]);
    assert_eq!(files(&bench, VIEW), [""; 0], "they are of other sources");
}

#[test]
fn what_a_crate_says_for_other_tools_is_not_taken_for_cargos_own_words() {
    let bench = licensed();
    let said = r#"
[package.metadata]
a = [{ name = "x" }, { version = "y" }, { id = "path+file:///z" }, { manifest_path = "/Cargo.toml" }]
b = { said = "\\\"", c = [{ d = [1] }], workspace_members = ["path+q"], workspace_root = "/" }
"#;
    bench.write("crates/a/Cargo.toml", &(MANIFEST.replace("NAME", "a") + said));
    check(&bench).expect(0, &["✓ pass"]);
    assert_eq!(files(&bench, VIEW), ["a.cdx.json", "b.cdx.json"]);
    let told = std::fs::read_to_string(bench.root().join("../home/told.json")).expect("read");
    for own in ["\"path+file:///crates/a#a@0.1.0\"", "\"manifest_path\":\"./crates/b/Cargo.toml\""]
    {
        assert!(told.contains(own), "{own}: {told}");
    }
}

#[test]
fn without_a_workspace_one_says_where_they_go() {
    let bench = Bench::empty();
    bench.write("expected.json", "{\"schema\": 1, \"stages\": {}}");
    bench.write("records/readme", "");
    let asked = ["sbom", "--records", "records", "--expect", "expected.json"];
    bench.run(&asked).expect(2, &["say with --out where the bills of materials go"]);
    bench.run(&[&asked[..], &["--out", "out"]].concat()).expect(3, &["no record of sbom"]);
}
