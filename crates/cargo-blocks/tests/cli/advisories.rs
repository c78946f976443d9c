//! `check advisories`: what is known to be wrong with dependencies.
//!
//! A line of shell stands for cargo-deny, which the sandbox of the tests does not have; `.ci/both-engines` runs the
//! tool itself.

use std::{fs, path::Path, process::Command};

use crate::bench::Bench;

/// What the tool says of no finding, and what it was given: its configuration, and the advisories that it sees there.
const TOOL: &str = r#"case "$*" in *--version) echo cargo-deny 0.20.2; exit ;; esac
while [ "$1" != --config ]; do shift; done
cp "$2" "$HOME/config"
db=$(sed -n "s/^db-path = '\(.*\)'$/\1/p" "$2")/advisory-db-3157b0e258782691
[ -f "$db/.git/FETCH_HEAD" ] && ls "$db/crates/left" >"$HOME/seen"
echo '{"type":"summary","fields":{"advisories":{"errors":0}}}' >&2"#;

fn with_tool() -> Bench {
    let mut bench = Bench::green();
    bench.program("cargo-deny", TOOL);
    bench
}

/// A database below the home folder, of a commit of 2026-07-25.
pub fn database(bench: &Bench, name: &str) -> String {
    let folder = Path::new(&bench.variable("HOME").expect("a home")).join(name);
    fs::create_dir_all(folder.join("crates/left")).expect("a folder");
    fs::write(folder.join("crates/left/RUSTSEC-2026-0001.md"), "one").expect("written");
    commit(&folder);
    folder.to_str().expect("UTF-8").to_owned()
}

/// Commits all of a folder, on 2026-07-25.
fn commit(folder: &Path) {
    for words in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "-m", "one"]]
    {
        let git = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@localhost"])
            .args(words)
            .current_dir(folder)
            .env("GIT_COMMITTER_DATE", "1784984400 +0000")
            .status();
        assert!(git.expect("git").success());
    }
}

fn home(bench: &Bench, name: &str) -> String {
    let folder = bench.variable("HOME").expect("a home");
    fs::read_to_string(Path::new(&folder).join(name)).expect("read")
}

#[test]
fn without_a_database_there_is_nothing_to_ask_and_no_tool_is_needed() {
    let mut bench = Bench::green();
    bench.program("cargo-deny", "exit 1");
    bench.check(&["advisories"]).expect(0, &["not applicable", "no advisory database is given"]);
}

#[test]
fn a_database_is_asked_and_a_change_of_it_asks_again() {
    let bench = with_tool();
    let folder = database(&bench, "db");
    let check = |day| bench.check(&["advisories", "--advisory-db", &folder, "--today", day]);
    check("2026-08-08").expect(0, &["✓ pass", "(1 advisory of 2026-07-25)"]);
    assert_eq!(home(&bench, "seen"), "RUSTSEC-2026-0001.md\n");
    let later = check("2026-08-09");
    later.expect(3, &["? no verdict", "database-old", "older than 14 days"]);
    assert_eq!(later.kept(), ["advisories"], "another day is no reason to ask again");
    // The gate knows the database's date from the record.
    let gate = |day| bench.run(&["gate", "advisories", "--today", day]);
    gate("2026-08-08").expect(0, &["✓ pass advisories"]);
    gate("unknown").expect(3, &["day-unknown"]);
    fs::write(Path::new(&folder).join("crates/left/RUSTSEC-2026-0002.md"), "two").expect("written");
    check("2026-08-08").expect(3, &["nobody knows how old the advisory database is"]);
    commit(Path::new(&folder));
    let again = check("2026-08-08");
    again.expect(0, &["(2 advisories of 2026-07-25)"]);
    assert!(again.kept().is_empty());
}

#[test]
fn the_database_in_cargos_home_is_the_default_and_a_variable_names_another() {
    let mut bench = with_tool();
    database(&bench, ".cargo/advisory-db");
    let check = |bench: &Bench| bench.check(&["advisories", "--today", "2026-08-01"]);
    check(&bench).expect(0, &["✓ pass", "(1 advisory of 2026-07-25)"]);
    bench.set("BLOCKS_ADVISORY_DB", bench.path("src"));
    check(&bench).expect(2, &["--advisory-db: cannot use", "no folder `crates`"]);
}

#[test]
fn the_rules_count_but_for_where_a_database_is() {
    let bench = with_tool();
    let folder = database(&bench, "db");
    let check = || bench.check(&["advisories", "--advisory-db", &folder, "--today", "2026-08-01"]);
    bench.write(
        "deny.toml",
        "[graph]\nall-features = true\n\n[ advisories ] # rules\ndb-path = \"~/other\"\ndb-urls = [\n  \"https://example.org/a\",\n]\n\
         maximum-db-staleness = \"P1D\"\nignore = [\n  \"RUSTSEC-2026-0001\",\n]\n\n[bans]\nmultiple-versions = \"deny\"\n",
    );
    check().expect(0, &["✓ pass"]);
    let config = home(&bench, "config");
    let (before, after) = config.split_once("\ndb-path = '").expect("a place");
    assert_eq!(before, "[graph]\nall-features = true\n\n[ advisories ] # rules");
    let (_, after) = after.split_once("'\n").expect("a line");
    assert_eq!(
        after,
        "disable-yank-checking = true\nignore = [\n  \"RUSTSEC-2026-0001\",\n]\n\n[bans]\nmultiple-versions = \"deny\"\n"
    );
    // Other rules are another question.
    bench.write("deny.toml", "[bans]\n");
    assert!(check().kept().is_empty());
    assert!(home(&bench, "config").starts_with("[bans]\n[advisories]\ndb-path = '"));
    fs::remove_file(bench.path("deny.toml")).expect("removed");
    check().expect(0, &["✓ pass"]);
    assert!(home(&bench, "config").starts_with("[advisories]\ndb-path = '"));
}

#[test]
fn a_tool_that_fails_is_no_verdict() {
    let mut bench = with_tool();
    let folder = database(&bench, "db");
    let version = "case \"$*\" in *--version) echo cargo-deny 0.20.2; exit ;; esac";
    let log =
        r#"{"type":"log","fields":{"level":"ERROR","message":"failed to load advisory database"}}"#;
    bench.program("cargo-deny", &format!("{version}\necho '{log}' >&2; exit 1"));
    let said = bench.check(&["advisories", "--advisory-db", &folder, "--today", "2026-08-01"]);
    said.expect(3, &["? no verdict", "evidence-malformed", "failed to load advisory database"]);
}
