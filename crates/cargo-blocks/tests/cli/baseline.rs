//! `check --baseline`: what is compared with an earlier commit.

use crate::affected::{commit, crew, git};

const LIBRARY: &str = "crates/a/src/lib.rs";

#[test]
fn documentation_that_got_less_fails_and_names_the_member() {
    let bench = crew();
    bench.write(LIBRARY, "//! Documented.\n\n/// Documented.\npub fn one() {}\n");
    commit(&bench);
    bench
        .write(LIBRARY, "//! Documented.\n\n/// Documented.\npub fn one() {}\n\npub fn two() {}\n");
    let alone = bench.check(&["doc-coverage"]);
    alone.expect(0, &["✓ pass", "not compared"]);
    let said = bench.check(&["doc-coverage", "--baseline", "HEAD"]);
    let what = "a: 2 of 3 items are documented, 66.6 % (2 of 2, 100.0 % at the baseline)";
    said.expect(1, &["✗ fail", "1 member with less than at the baseline", what]);
    let show = "show --baseline target/blocks/baseline doc-coverage";
    said.expect(1, &[&format!("\nmore: cargo blocks {show}\n")]);
    bench.run(&show.split(' ').collect::<Vec<_>>()).expect(0, &["✗ fail doc-coverage", what]);
    bench.write(".github/pipeline-config.yml", "test: {doc_coverage: false}\n");
    bench.check(&["doc-coverage", "--baseline", "HEAD"]).expect(0, &["✓ pass"]);
    bench.run(&["gate", "doc-coverage", "--baseline", "target/blocks/baseline"]).expect(0, &[]);
    let folder = bench.path("target/blocks/baseline/tree");
    assert!(folder.join("Cargo.toml").is_file());
    assert!(!bench.path(".git/worktrees").exists(), "git knows nothing of it");
}

#[test]
fn items_are_counted_whatever_pages_are_there() {
    let bench = crew();
    for _ in 0..2 {
        for stage in ["docs", "doc-coverage"] {
            let said = bench.check(&[stage, "--again", stage]);
            let word = if stage == "docs" { "✓ pass" } else { "100.0 % of items documented" };
            said.expect(0, &[word]);
        }
    }
}

#[test]
fn a_baseline_that_is_no_workspace_gives_no_verdict() {
    let bench = crew();
    let manifest = bench.read("Cargo.toml");
    bench.write("Cargo.toml", "nonsense");
    commit(&bench);
    bench.write("Cargo.toml", &manifest);
    let said = bench.check(&["doc-coverage", "fmt", "--baseline", "HEAD"]);
    said.expect(3, &["? no verdict", "it cannot be compared with the baseline, HEAD ("]);
    assert!(said.err.contains("has no records: cargo does not accept"), "{}", said.err);
}

#[test]
fn the_commit_in_common_is_compared_with_and_a_revision_has_to_be_known() {
    let bench = crew();
    git(&bench, &["checkout", "--quiet", "-b", "topic"]);
    bench.write(LIBRARY, "//! Documented.\n");
    commit(&bench);
    git(&bench, &["checkout", "--quiet", "main"]);
    bench.check(&["doc-coverage", "--baseline", "topic"]).expect(0, &["✓ pass"]);
    let name = bench.read("target/blocks/baseline/name");
    assert!(name.starts_with("topic ("), "{name}");
    assert_eq!(bench.read("target/blocks/baseline/tree/crates/a/src/lib.rs"), bench.read(LIBRARY));
    let said = bench.check(&["doc-coverage", "--baseline", "nowhere"]);
    said.expect(2, &["git knows no revision `nowhere`"]);
}
