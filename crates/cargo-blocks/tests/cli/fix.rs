//! `fix`: what failed, mended by a patch that git takes, so that a check passes.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

use crate::advisories;
use crate::affected::{commit, git};
use crate::bench::{Bench, GREEN, Said};
use crate::semver;

/// Sources with what compilers and formatters have something to say about.
const RED: &str = r"//! Small.
use std::collections::HashMap;

/// Adds.
pub fn add(a: u32,  b: u32) -> u32 {
    let mut sum = a;
    sum += b; let mut other = sum;
    return other;
}
";

/// A committed workspace with this library.
fn committed(library: &str) -> Bench {
    let bench = Bench::green();
    start(&bench, library);
    bench
}

fn start(bench: &Bench, library: &str) {
    bench.write(".gitignore", "/target\n");
    bench.write("src/lib.rs", library);
    git(bench, &["init", "--quiet", "--initial-branch=main"]);
    git(bench, &["config", "core.autocrlf", "false"]);
    // Cargo writes the lock file before the first commit.
    bench.check(&["fmt"]);
    commit(bench);
}

/// The names of what is in the folder of `--out`.
fn written(bench: &Bench) -> Vec<String> {
    let entries = fs::read_dir(bench.path("target/out")).expect("a folder").flatten();
    let mut names: Vec<_> =
        entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// `fix`, with the patch beside, and nothing applied.
fn patched(bench: &Bench, words: &[&str]) -> Said {
    bench.run(&[&["fix", "--dry-run", "--out", "target/out"], words].concat())
}

fn fixes(bench: &Bench) -> Value {
    serde_json::from_str(&bench.read("target/out/fixes.json")).expect("JSON")
}

#[test]
fn lints_and_formats_are_mended_by_one_patch_that_git_takes_and_a_check_is_green_then() {
    let bench = committed(RED);
    bench.check(&["fmt", "clippy"]).expect(1, &["2 of 2 stages fail"]);
    let said = patched(&bench, &[]);
    said.expect(0, &["Lints (clippy)", "-use std::collections::HashMap;", "Formatting (fmt)"]);
    said.expect(0, &["nothing was changed"]);
    assert_eq!(bench.read("src/lib.rs"), RED);
    let names = ["01-clippy.patch", "02-fmt.patch", "fixes.json", "fixes.md", "fixes.patch"];
    assert_eq!(written(&bench), names);
    let told = fixes(&bench);
    assert!(told["parts"].as_array().expect("parts").iter().all(|part| part["checked"] == true));
    git(&bench, &["apply", "target/out/fixes.patch"]);
    let whole = bench.read("src/lib.rs");
    bench.check(&["fmt"]).expect(0, &["✓ pass"]);
    git(&bench, &["checkout", "--quiet", "."]);
    for part in &names[..2] {
        git(&bench, &["apply", &format!("target/out/{part}")]);
    }
    assert_eq!(bench.read("src/lib.rs"), whole);
}

#[test]
fn what_is_applied_is_what_was_shown_and_what_is_left_is_found_by_the_next_check() {
    let bench = committed(RED);
    bench.check(&["fmt", "clippy"]).expect(1, &[]);
    for _ in 0..2 {
        let said = bench.run(&["suggest_fixes", "--yes", "--allow-dirty"]);
        said.expect(0, &["1 file was changed"]);
        if bench.check(&["fmt", "clippy"]).code == Some(0) {
            break;
        }
    }
    bench.check(&["fmt", "clippy"]).expect(0, &["✓ pass"]);
    bench.run(&["fix"]).expect(0, &["there is nothing to mend"]);
}

#[test]
fn a_stage_that_is_named_is_mended_alone() {
    let bench = committed(RED);
    bench.check(&["fmt", "clippy"]).expect(1, &[]);
    bench.run(&["fix", "--yes", "fmt"]).expect(0, &["1 file was changed"]);
    assert!(bench.read("src/lib.rs").contains("HashMap"));
    bench.check(&["fmt"]).expect(0, &[]);
}

#[test]
fn what_nobody_could_get_back_is_not_written_over() {
    let bench = committed(RED);
    bench.write("other.txt", "new\n");
    bench.check(&["fmt"]).expect(1, &[]);
    bench.run(&["fix", "--yes"]).expect(2, &["files differ from the last commit", "--allow-dirty"]);
    assert_eq!(bench.read("src/lib.rs"), RED);
    bench.run(&["fix", "--yes", "--allow-dirty"]).expect(0, &["1 file was changed"]);
    assert_eq!(bench.read("other.txt"), "new\n");
}

#[test]
fn records_of_other_sources_are_refused() {
    let bench = committed(RED);
    bench.check(&["fmt", "clippy"]).expect(1, &[]);
    let edited = RED.replace("//! Small.", "//! Smaller.");
    bench.write("src/lib.rs", &edited);
    let said = bench.run(&["fix", "--yes", "--allow-dirty"]);
    said.expect(3, &["Records that cannot be used", "the record is of sources"]);
    assert_eq!(bench.read("src/lib.rs"), edited);
}

/// Lets something stand for typos that finds these words: file, line, place, word and how it is spelled.
fn with_typos(bench: &mut Bench, found: &[(&str, u32, usize, &str, &str)]) {
    let line = |(file, line, at, word, right): &(&str, u32, usize, &str, &str)| {
        serde_json::json!({
            "type": "typo", "path": format!("./{file}"), "line_num": line, "byte_offset": at,
            "typo": word, "corrections": right.split(',').collect::<Vec<_>>(),
        })
        .to_string()
    };
    let lines: Vec<_> = found.iter().map(line).collect();
    bench.write("typos.toml", "");
    bench.write("target/said", &format!("{}\n", lines.join("\n")));
    let mut files: Vec<_> = found.iter().map(|it| format!("./{}\n", it.0)).collect();
    files.dedup();
    bench.write("target/files", &files.concat());
    bench.program(
        "typos",
        "case \"$*\" in *--version) echo typos-cli 1.52.0; exit ;; *--files) cat target/files; exit ;; esac\n\
         if grep -qs teh ./*.md src/*.rs; then cat target/said; exit 2; fi",
    );
}

#[test]
fn names_and_contents_of_all_kinds_are_mended_and_do_nothing_to_a_terminal() {
    let mut bench = Bench::green();
    let name = "a \"b\" ü\\.md";
    with_typos(&mut bench, &[(name, 1, 6, "teh", "the"), (name, 3, 0, "teh", "the")]);
    let text = "\u{1b}]0;x\u{7}teh\r\n::error::x\r\nteh";
    bench.write(name, text);
    start(&bench, GREEN);
    bench.check(&["spelling"]).expect(1, &["2 misspelled words"]);
    let said = patched(&bench, &[]);
    said.expect(0, &["Spelling"]);
    let all = format!("{}{}", said.out, said.err);
    assert!(!all.contains('\u{1b}') && !all.contains("\n::error"), "{all}");
    git(&bench, &["apply", "target/out/fixes.patch"]);
    let mended = "\u{1b}]0;x\u{7}the\r\n::error::x\r\nthe";
    assert_eq!(bench.read(name), mended);
    git(&bench, &["checkout", "--quiet", "."]);
    bench.run(&["fix", "--yes"]).expect(0, &["1 file was changed"]);
    assert_eq!(bench.read(name), mended);
    bench.check(&["spelling"]).expect(0, &["✓ pass"]);
}

#[test]
fn what_does_not_compile_is_left_out_and_the_rest_is_mended() {
    let mut bench = Bench::green();
    let library = "//! Small.\n\n/// Is teh.\npub fn teh() {}\n";
    let found = [
        ("src/lib.rs", 4, 7, "teh", "the"),
        ("README.md", 1, 0, "teh", "the"),
        ("README.md", 2, 0, "teh", "the,ten"),
    ];
    with_typos(&mut bench, &found);
    bench.write("README.md", "teh\nteh\n");
    bench.write("tests/uses.rs", "//! Uses.\n\n#[test]\nfn uses() {\n    small::teh();\n}\n");
    start(&bench, library);
    bench.check(&["spelling"]).expect(1, &["3 misspelled words"]);
    let said = bench.run(&["fix", "--yes", "--out", "target/out"]);
    said.expect(0, &["what it leaves does not compile", "it could be the or ten"]);
    assert_eq!(bench.read("src/lib.rs"), library);
}

#[test]
fn what_is_generated_is_left_alone() {
    let mark = concat!("@", "generated");
    let text = format!("// {mark}\n{RED}");
    let bench = committed(&text);
    bench.check(&["clippy"]).expect(1, &[]);
    let said = bench.run(&["fix", "--yes", "clippy"]);
    said.expect(0, &["it is generated"]);
    assert_eq!(bench.read("src/lib.rs"), text);
}

/// Stands for cargo-machete, which finds a dependency of a package while the manifest has it.
fn machete(package: &str, dependency: &str, manifest: &str) -> String {
    format!(
        "case \"$*\" in *--version) echo 0.9.2; exit ;; esac\n\
         echo Done! >&2\n\
         if grep -q '^{dependency} = ' {manifest}; then\n\
         echo \"cargo-machete found the following unused dependencies in this directory:\"\n\
         printf '{package}:\\n\\t{dependency}\\nother -- ./other/Cargo.toml:\\n\\ta\\n\\n'\n\
         exit 1\nfi\n\
         echo \"cargo-machete didn't find any unused dependencies in this directory. Good job!\""
    )
}

#[test]
fn a_dependency_that_nobody_uses_goes_from_the_manifest_and_the_lock_file() {
    let on = "# Comments stay.\na = { path = \"../a\" } # This one goes.\nc = { path = \"../c\" }";
    let mut bench = Bench::crew(&[("a", ""), ("b", on), ("c", "")]);
    bench.write("crates/b/src/lib.rs", "//! Member `b`.\n\npub use c as other;\n");
    let tool = machete("b -- ./crates/b/Cargo.toml", "a", "crates/b/Cargo.toml");
    bench.program("cargo-machete", &tool);
    bench.write(".gitignore", "/target\n");
    git(&bench, &["init", "--quiet"]);
    bench.check(&["fmt"]).expect(0, &[]);
    commit(&bench);
    bench.check(&["unused-deps"]).expect(1, &["no code names the dependency a"]);
    // What the tool says of others than members is asked by nobody.
    patched(&bench, &["unused-deps"]);
    let told = bench.read("target/out/fixes.json");
    assert!(told.contains("b does without") && !told.contains("other"), "{told}");
    // It is of the full set, which no check has asked by itself: but somebody has asked it.
    bench.run(&["fix", "--yes"]).expect(0, &["b does without `a`", "2 files were changed"]);
    let manifest = bench.read("crates/b/Cargo.toml");
    assert!(manifest.ends_with("[dependencies]\nc = { path = \"../c\" }\n"), "{manifest}");
    assert!(!bench.read("Cargo.lock").contains("dependencies = [\n \"a\""));
    bench.check(&["unused-deps"]).expect(0, &["✓ pass"]);
}

#[test]
fn a_break_gets_its_version_with_all_who_need_it() {
    let on = "# Of this one.\na = { version = \"0.1\", path = \"../a\" } # Needed.";
    let mut bench = Bench::crew(&[("a", ""), ("b", on)]);
    bench.program("cargo-semver-checks", semver::TOOL);
    bench.write(".github/pipeline-config.yml", "verify:\n  migrations: false\n");
    bench.write(".gitignore", "/target\n");
    let of = |name: &str| format!("//! Documented.\n\n/// Documented.\npub fn {name}() {{}}\n");
    bench.write("crates/a/src/lib.rs", &of("one"));
    git(&bench, &["init", "--quiet"]);
    bench.check(&["fmt"]).expect(0, &[]);
    commit(&bench);
    bench.write("crates/a/src/lib.rs", &of("two"));
    bench.check(&["semver", "--baseline", "HEAD"]).expect(1, &["1 breaking change"]);
    let baseline = ["--baseline", "target/blocks/baseline"];
    let said = bench.run(&[&["fix", "semver", "--yes", "--allow-dirty"], &baseline[..]].concat());
    said.expect(0, &["a 0.1.0 becomes 0.2.0", "3 files were changed"]);
    assert!(bench.read("crates/a/Cargo.toml").contains("version = \"0.2.0\"\n"));
    let manifest = bench.read("crates/b/Cargo.toml");
    assert!(manifest.contains(&on.replace("\"0.1\"", "\"0.2.0\"")), "{manifest}");
    assert!(bench.read("Cargo.lock").contains("name = \"a\"\nversion = \"0.2.0\"\n"));
    bench.check(&["semver", "--baseline", "HEAD"]).expect(0, &["✓ pass"]);
}

#[test]
fn where_nothing_compiles_the_parts_say_that_they_were_not_checked() {
    let bench = committed(RED);
    bench.write("tests/broken.rs", "//! Broken.\n\nfn broken() -> u32 {\n    small::gone()\n}\n");
    bench.check(&["fmt"]).expect(1, &[]);
    let said = patched(&bench, &[]);
    said.expect(0, &["not checked by building: the workspace does not compile"]);
    assert_eq!(fixes(&bench)["parts"][0]["checked"], false);
    assert!(bench.read("target/out/fixes.md").contains("**Not checked by building**"));
}

/// A crate without anything in it, in a registry that is a folder, and its line in the index of it.
fn publish(registry: &Path, version: &str) -> String {
    let name = format!("left-{version}");
    let folder = registry.join(&name);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest =
        format!("[package]\nname = \"left\"\nversion = \"{version}\"\nedition = \"2024\"\n");
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    fs::write(folder.join("src/lib.rs"), "").expect("written");
    let packed = format!("tar -czf {name}.crate {name} && sha256sum {name}.crate | cut -d' ' -f1");
    let output = Command::new("sh").args(["-c", &packed]).current_dir(registry).output();
    let digest = String::from_utf8(output.expect("a shell").stdout).expect("text");
    let line = serde_json::json!({
        "name": "left", "vers": version, "deps": [], "features": {}, "yanked": false,
        "cksum": digest.trim(),
    });
    format!("{line}\n")
}

/// A workspace that needs the crate `left` of a version with an advisory, which another version mends.
fn with_advisory() -> Bench {
    let mut bench = Bench::green();
    let registry = bench.path("target/registry");
    fs::create_dir_all(registry.join("index/le/ft")).expect("a folder");
    let first = publish(&registry, "1.0.0");
    fs::write(registry.join("index/le/ft/left"), &first).expect("written");
    let config = format!(
        "[source.crates-io]\nreplace-with = \"local\"\n\n[source.local]\nlocal-registry = \"{}\"\n",
        registry.display()
    );
    bench.write(".cargo/config.toml", &config);
    let manifest = bench.read("Cargo.toml");
    bench.write("Cargo.toml", &format!("{manifest}\n[dependencies]\nleft = \"1\"\n"));
    let finding = serde_json::json!({ "type": "diagnostic", "fields": {
        "code": "vulnerability", "severity": "error", "message": "Freed twice", "labels": [],
        "notes": ["ID: RUSTSEC-2026-0001", "Solution: Upgrade to >=1.0.1 (try `cargo update -p left`)"],
        "advisory": { "id": "RUSTSEC-2026-0001", "package": "left", "title": "Freed twice" },
        "graphs": [{ "Krate": { "name": "left", "version": "1.0.0" }, "parents": [] }],
    }});
    let sum = |errors| serde_json::json!({ "type": "summary", "fields": { "advisories": { "errors": errors } } });
    bench.write("target/red", &format!("{finding}\n{}\n", sum(1)));
    bench.write("target/green", &format!("{}\n", sum(0)));
    bench.program(
        "cargo-deny",
        "case \"$*\" in *--version) echo cargo-deny 0.20.2; exit ;; esac\n\
         if grep -A1 '\"left\"' Cargo.lock | grep -q 1.0.0; then cat target/red >&2; exit 1; fi\n\
         cat target/green >&2",
    );
    start(&bench, GREEN);
    let second = publish(&registry, "1.0.1");
    fs::write(registry.join("index/le/ft/left"), first + &second).expect("written");
    bench
}

#[test]
fn a_crate_with_an_advisory_is_updated_to_the_version_that_mends_it() {
    let bench = with_advisory();
    let database = advisories::database(&bench, "db");
    let check =
        || bench.check(&["advisories", "--advisory-db", &database, "--today", "2026-08-01"]);
    check().expect(1, &["RUSTSEC-2026-0001"]);
    let fix = ["fix", "advisories", "--yes", "--today", "2026-08-01"];
    bench
        .run(&fix)
        .expect(0, &["left 1.0.0 becomes 1.0.1 (RUSTSEC-2026-0001)", "1 file was changed"]);
    assert!(bench.read("Cargo.lock").contains("name = \"left\"\nversion = \"1.0.1\"\n"));
    check().expect(0, &["✓ pass"]);
}

#[test]
fn what_only_an_unused_dependency_needed_is_gone_from_the_lock_file() {
    let mut bench = with_advisory();
    bench.program("cargo-machete", &machete("small -- ./Cargo.toml", "left", "Cargo.toml"));
    bench.check(&["unused-deps"]).expect(1, &["no code names the dependency left"]);
    bench.run(&["fix", "--yes", "unused-deps"]).expect(0, &["small does without `left`"]);
    let lock = bench.read("Cargo.lock");
    assert!(!lock.contains("left"), "{lock}");
    // Cargo would not write it otherwise.
    bench.check(&["fmt", "unused-deps"]).expect(0, &[]);
    assert_eq!(bench.read("Cargo.lock"), lock);
}

#[test]
fn an_update_that_cargo_cannot_make_is_told_with_its_command() {
    let bench = with_advisory();
    let database = advisories::database(&bench, "db");
    bench
        .check(&["advisories", "--advisory-db", &database, "--today", "2026-08-01"])
        .expect(1, &[]);
    fs::remove_dir_all(bench.path("target/registry/index")).expect("removed");
    let said = bench.run(&["fix", "advisories", "--yes", "--today", "2026-08-01"]);
    said.expect(0, &["cargo update --package left@1.0.0 --precise 1.0.1"]);
}

#[test]
fn what_no_patch_can_do_is_told_in_words() {
    let bench = committed(&GREEN.replace("assert_eq!(add(1, 2), 3)", "assert_eq!(add(1, 2), 4)"));
    bench.check(&["doctest"]).expect(0, &[]);
    bench.write("src/lib.rs", &GREEN.replace("add(1, 2), 3);\n/// ```", "add(1, 2), 4);\n/// ```"));
    bench.check(&["doctest"]).expect(1, &[]);
    let said = patched(&bench, &[]);
    said.expect(0, &["For you to do", "run the example alone", "cargo test --workspace --doc"]);
    assert_eq!(written(&bench), ["fixes.json", "fixes.md"]);
    assert!(fixes(&bench)["patch"].is_null());
}

#[test]
fn a_run_that_was_killed_while_it_changed_files_is_finished_by_the_next() {
    let bench = committed(GREEN);
    let digest = |text: &str| {
        let output = Command::new("sh")
            .args(["-c", "printf %s \"$0\" | sha256sum | cut -d' ' -f1", text])
            .output()
            .expect("a shell");
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    bench.write("a.txt", "new");
    bench.write("b.txt", "old");
    bench.write(".b.txt.blocks-part", "new");
    let entry = |file: &str| serde_json::json!({ "file": file, "before": digest("old"), "after": digest("new") });
    let journal = serde_json::json!([entry("a.txt"), entry("b.txt")]).to_string();
    bench.write("target/blocks/fixes/journal.json", &journal);
    bench.check(&["fmt"]).expect(0, &[]);
    bench.run(&["fix", "fmt"]).expect(3, &["an earlier run was killed while it changed files: 2"]);
    assert_eq!(bench.read("b.txt"), "new");
    assert!(!bench.path(".b.txt.blocks-part").exists());
    assert!(!bench.path("target/blocks/fixes/journal.json").exists());
}
