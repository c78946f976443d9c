//! `check mutants`: what is new or changed is changed again, and tests have to notice.
//!
//! A few lines of shell stand for cargo-mutants, which the sandbox of the tests does not have; `.ci/both-engines` runs the
//! tool itself.

use crate::affected::{commit, crew};
use crate::bench::Bench;

const LIBRARY: &str = "crates/a/src/lib.rs";
const NEW: &str = "//! Documented.\n\n/// Documented.\npub fn two() {}\n";

/// Has one mutant, in a line that is new, and leaves the code as the tool would if it were killed.
const TOOL: &str = r#"case "$*" in *--version) echo "cargo-mutants 27.1.0"; exit ;; esac
diff='' output=''
while [ $# -gt 0 ]; do
  case $1 in
    --in-diff) diff=$2 && shift ;;
    --output) output=$2 && shift ;;
  esac
  shift
done
grep -q '^+++ b/crates/a/src/lib.rs' "$diff" && grep -q '^+pub fn two' "$diff" || exit 0
echo 'not Rust' >crates/a/src/lib.rs
mkdir -p "$output/mutants.out"
end=MissedMutant missed=1 caught=0 status=2
if [ -e crates/a/tests/two.rs ]; then end=CaughtMutant missed=0 caught=1 status=0; fi
cat >"$output/mutants.out/outcomes.json" <<END
{"outcomes":[{"scenario":"Baseline","summary":"Success"},{"scenario":{"Mutant":{
"name":"crates/a/src/lib.rs:4:5: replace two with ()","package":"a","file":"crates/a/src/lib.rs",
"span":{"start":{"line":4,"column":5}}}},"summary":"$end"}],
"total_mutants":1,"missed":$missed,"caught":$caught,"timeout":0,"unviable":0}
END
exit "$status"
"#;

/// Members of which `a` has another function than at the last commit.
fn changed() -> Bench {
    let mut bench = crew();
    bench.program("cargo-mutants", TOOL);
    bench.write(LIBRARY, NEW);
    bench
}

const ASKED: [&str; 3] = ["mutants", "--baseline", "HEAD"];

#[test]
fn a_change_that_no_test_notices_is_red_and_the_workspace_stays_as_it_is() {
    let bench = changed();
    let said = bench.check(&ASKED);
    let cause = "a: no test fails with this change: replace two with ()";
    said.expect(
        1,
        &["✗ fail", "1 missed mutant, 0 mutants caught", "crates/a/src/lib.rs:4", cause],
    );
    assert_eq!(bench.read(LIBRARY), NEW);
    bench.write("crates/a/tests/two.rs", "//! Tests.\n");
    bench.check(&ASKED).expect(0, &["✓ pass", "1 mutant caught"]);
    assert_eq!(bench.check(&ASKED).kept(), ["baseline", "mutants", "sources"]);
}

#[test]
fn without_a_change_of_code_nothing_is_missed() {
    let bench = changed();
    commit(&bench);
    bench.check(&ASKED).expect(0, &["✓ pass", "no code to change is new or changed"]);
    // What is gone cannot be changed, and neither can what only the tool leaves out.
    std::fs::remove_file(bench.path("crates/c/src/lib.rs")).expect("removed");
    bench.write("crates/c/src/main.rs", "fn main() {}\n");
    bench.check(&ASKED).expect(0, &["✓ pass", "no code to change is new or changed"]);
}

#[test]
fn tests_that_fail_anyhow_are_no_verdict() {
    let mut bench = changed();
    bench.program("cargo-mutants", "case \"$*\" in *--version) echo 27.1.0; exit ;; esac\nexit 4");
    bench
        .check(&ASKED)
        .expect(3, &["? no verdict", "the tests fail without any change of the code"]);
}

#[test]
fn without_a_baseline_nothing_is_asked() {
    let bench = changed();
    let said = bench.check(&["mutants"]);
    said.expect(0, &["not applicable", "there is no baseline to compare with"]);
}
