//! `check semver`: what was exported is compared with an earlier commit.
//!
//! A few lines of shell stand for cargo-semver-checks, which the sandbox of the tests does not have. They look for
//! functions in rustdoc's own description of both sides; `.ci/both-engines` runs the tool itself.

use crate::affected::{commit, crew};
use crate::bench::Bench;

const LIBRARY: &str = "crates/a/src/lib.rs";
const OLD: &str = "//! Documented.\n\n/// Documented.\npub fn one() {}\n";
const NEW: &str = "//! Documented.\n\n/// Documented.\npub fn two() {}\n";

/// Answers as the tool does about one function: the words are those of version 0.51.
pub const TOOL: &str = r#"case "$*" in *--version) echo "cargo-semver-checks 0.51.0"; exit ;; esac
now=$5 before=$7
case "$*" in *" --release-type patch --verbose") ;; *) exit 2 ;; esac
version() { sed 's/.*"crate_version":"\([^"]*\)".*/\1/' "$1"; }
echo "    Checking <unknown> v$(version "$before") -> v$(version "$now") (assume patch change)" >&2
if grep -q '"name":"one"' "$before" && ! grep -q '"name":"one"' "$now"; then
  echo "        FAIL [   0.001s]       major        function_missing" >&2
  echo "     Checked [   0.029s] 202 checks: 201 pass, 1 fail, 0 warn, 58 skip" >&2
  printf '\n--- failure function_missing: pub fn removed or renamed ---\n\nDescription:\nIt is gone.\n'
  printf 'Failed in:\n  function a::one, previously in file crates/a/src/lib.rs:4\n'
  exit 100
fi
echo "     Checked [   0.019s] 202 checks: 202 pass, 58 skip" >&2
"#;

/// Members of which `a` has another function than at the last commit.
fn renamed() -> Bench {
    let mut bench = crew();
    bench.program("cargo-semver-checks", TOOL);
    bench.write(LIBRARY, OLD);
    commit(&bench);
    bench.write(LIBRARY, NEW);
    bench
}

#[test]
fn what_others_use_and_is_gone_is_red() {
    let bench = renamed();
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    let cause = "a: pub fn removed or renamed: function a::one, previously in file crates/a/src/lib.rs:4 \
                 (function_missing)";
    said.expect(1, &["semver  ✗ fail", "1 breaking change, 3 libraries compared", cause]);
    let again = bench.check(&["semver", "--baseline", "HEAD"]);
    again.expect(1, &["1 breaking change"]);
    assert_eq!(again.kept(), ["baseline", "interface", "semver"]);
    bench.write(LIBRARY, &format!("{OLD}{}", NEW.replace("//! Documented.\n\n", "\n")));
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(0, &["semver  ✓ pass", "3 libraries compared"]);
}

#[test]
fn the_other_side_is_a_part_of_what_the_record_is_of() {
    let bench = renamed();
    commit(&bench);
    bench.check(&["semver", "--baseline", "HEAD"]).expect(0, &["✓ pass"]);
    let said = bench.check(&["semver", "--baseline", "HEAD^"]);
    said.expect(1, &["1 breaking change"]);
    assert_eq!(said.kept(), ["interface"]);
}

#[test]
fn without_a_baseline_nothing_is_asked_and_no_tool_is_wanted() {
    let mut bench = renamed();
    bench.program("cargo-semver-checks", "exit 1");
    let said = bench.check(&["semver"]);
    said.expect(0, &["not applicable", "there is no baseline to compare with"]);
    assert!(!bench.path("target/blocks/records/interface").exists());
}

#[test]
fn a_side_that_does_not_compile_is_no_verdict() {
    let bench = renamed();
    bench.write(LIBRARY, "//! Documented.\n\npub use gone::Gone;\n");
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(3, &["? no verdict", "most likely because their code does not compile"]);
    commit(&bench);
    bench.write(LIBRARY, OLD);
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(3, &["? no verdict", "the baseline, HEAD (", "its libraries were not described"]);
}

#[test]
fn what_is_new_is_not_compared_and_what_is_not_published_may_change() {
    let bench = renamed();
    let manifest = "crates/a/Cargo.toml";
    let text = bench.read(manifest);
    bench.write(manifest, &text.replace("edition", "publish = false\nedition"));
    bench.write("crates/new/Cargo.toml", &text.replace("\"a\"", "\"new\""));
    bench.write("crates/new/src/lib.rs", NEW);
    // Cargo writes it anew, with the member that is new.
    std::fs::remove_file(bench.path("Cargo.lock")).expect("removed");
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(0, &["✓ pass", "2 libraries compared, 1 new"]);
}

#[test]
fn a_tool_that_fails_is_no_verdict_and_its_words_are_in_the_record() {
    let mut bench = renamed();
    let fails = "case \"$*\" in *--version) echo 0.51.0; exit ;; esac\necho 'error: unsupported format'; exit 101";
    bench.program("cargo-semver-checks", fails);
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(3, &["? no verdict", "ended with status 101, which is no answer"]);
    let words = bench.read("target/blocks/records/semver/workspace/semver.txt");
    assert!(words.contains("error: unsupported format"), "{words}");
}

#[test]
fn of_some_members_their_own_libraries_are_compared() {
    let bench = renamed();
    let said = bench.check(&["semver", "--affected=HEAD", "--baseline", "HEAD"]);
    said.expect(1, &["semver/a+1", "1 breaking change, 2 libraries compared"]);
}

/// Members of which `a` has two features, and another function behind `plot` than at the last commit.
fn renamed_behind_a_feature() -> Bench {
    let mut bench = crew();
    bench.program("cargo-semver-checks", TOOL);
    let manifest = "crates/a/Cargo.toml";
    let text = bench.read(manifest);
    bench.write(manifest, &format!("{text}\n[features]\nplot = []\nother = []\n"));
    let behind = |text: &str| text.replace("pub fn", "#[cfg(feature = \"plot\")]\npub fn");
    bench.write(LIBRARY, &behind(OLD));
    commit(&bench);
    bench.write(LIBRARY, &behind(NEW));
    bench
}

/// Asks for features of `a`, after what the configuration says already.
fn ask(bench: &Bench, what: &str) {
    bench.write(".github/pipeline-config.yml", &format!("members:\n  a:\n    {what}\n"));
}

#[test]
fn what_is_behind_a_feature_is_compared_where_the_feature_is_asked_for() {
    let bench = renamed_behind_a_feature();
    let asked = ["semver", "--baseline", "HEAD"];
    bench.check(&asked).expect(0, &["✓ pass", "3 libraries compared"]);
    ask(&bench, "interface_features: [other]");
    bench.check(&asked).expect(0, &["✓ pass"]);
    for what in ["interface_features: [plot]", "interface_all_features: true"] {
        ask(&bench, what);
        let said = bench.check(&asked);
        said.expect(1, &["1 breaking change, 3 libraries compared", "function a::one"]);
        assert!(said.kept().is_empty(), "another feature is another record: {:?}", said.kept());
    }
    let said = bench.check(&asked);
    said.expect(1, &["1 breaking change"]);
    assert_eq!(said.kept(), ["baseline", "interface", "semver"]);
}

#[test]
fn a_feature_that_the_baseline_does_not_have_is_left_out_there_and_told() {
    let bench = renamed_behind_a_feature();
    let manifest = "crates/a/Cargo.toml";
    let text = bench.read(manifest);
    bench.write(manifest, &text.replace("other = []", "other = []\nyoung = []"));
    ask(&bench, "interface_features: [young, plot]");
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(1, &["3 libraries compared, 1 feature that the baseline does not have"]);
    said.expect(1, &["function a::one"]);
}

#[test]
fn a_feature_that_is_not_there_is_a_mistake() {
    let bench = renamed_behind_a_feature();
    ask(&bench, "interface_features: [plott]");
    let said = bench.check(&["semver", "--baseline", "HEAD"]);
    said.expect(2, &["`a` has no feature `plott`", "pipeline-config.yml:3:"]);
}

#[test]
fn what_a_new_version_breaks_has_to_be_in_the_changelog() {
    let bench = renamed();
    let raise = |text: &str| text.replace("version = \"0.1.0\"", "version = \"0.2.0\"");
    for file in ["crates/a/Cargo.toml", "crates/b/Cargo.toml", "crates/c/Cargo.toml"] {
        bench.write(file, &raise(&bench.read(file)));
    }
    std::fs::remove_file(bench.path("Cargo.lock")).expect("removed");
    let asked = ["semver", "--baseline", "HEAD"];
    let said = bench.check(&asked);
    let cause = "a: no migration note: pub fn removed or renamed: function a::one";
    said.expect(1, &["1 break without a migration note, 3 libraries compared", cause]);
    said.expect(1, &["there is no CHANGELOG.md", "`## [Unreleased]`"]);
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.2.0]\n\n- one is gone.\n");
    bench.check(&asked).expect(1, &["CHANGELOG.md:3", "below \"[0.2.0]\""]);
    bench.write("CHANGELOG.md", "# Changelog\n\n## [0.2.0]\n\n- `one` is gone: call `two`.\n");
    bench.check(&asked).expect(0, &["✓ pass", "3 libraries compared"]);
    bench.write("crates/a/CHANGELOG.md", "# Changelog\n\n## [0.1.0]\n\n- `one` is new.\n");
    bench
        .check(&asked)
        .expect(1, &["crates/a/CHANGELOG.md has no section of a version after 0.1.0"]);
    std::fs::remove_file(bench.path("crates/a/CHANGELOG.md")).expect("removed");
    std::os::unix::fs::symlink("../../CHANGELOG.md", bench.path("crates/a/CHANGELOG.md"))
        .expect("a link");
    bench.check(&asked).expect(0, &["✓ pass"]);
}

#[test]
fn a_changelog_is_a_reason_to_ask_this_stage_and_no_other() {
    let bench = renamed();
    commit(&bench);
    bench.write("CHANGELOG.md", "# Changelog\n");
    let asked = ["fmt", "semver", "--affected=HEAD", "--baseline", "HEAD"];
    let said = bench.check(&asked);
    said.expect(0, &["by semver, for a text that changed:", "a, b, c (CHANGELOG.md)"]);
    let none =
        "fmt     - not applicable      0.0  no member is affected by what changed since HEAD";
    said.expect(0, &[none, "3 libraries compared"]);
    bench.write("crates/c/src/lib.rs", OLD);
    let said = bench.check(&asked);
    said.expect(0, &["fmt/c ", "1 of 3 members: c (crates/c/src/lib.rs)", "3 libraries compared"]);
}
