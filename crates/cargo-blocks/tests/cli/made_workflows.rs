//! `workflows`: what is made, shown, written, and left alone.

use crate::bench::Bench;

#[test]
fn workflows_are_shown_written_and_then_as_they_should_be() {
    let bench = Bench::green();
    let shown = ["+# Made by `cargo blocks workflows`", "ci.yml: is new", "nothing is written"];
    bench.run(&["workflows"]).expect(0, &shown);
    bench.run(&["workflows", "--check"]).expect(1, &["ci.yml: is new", "--write writes them"]);
    bench.run(&["workflows", "--write"]).expect(0, &[".github/workflows/ci.yml is written"]);
    bench.run(&["workflows", "--check"]).expect(0, &["are as they should be"]);
    let made = bench.read(".github/workflows/ci.yml");
    assert!(made.contains("cargo blocks check --engine host --yes"), "{made}");
    bench.write(".github/workflows/ci.yml", &made.replace("fail-fast: false", "fail-fast: true"));
    bench.run(&["workflows", "--check"]).expect(1, &["+      fail-fast: false", "ci.yml: differs"]);
    bench.write(".github/pipeline-config.yml", "ci:\n  workflows: [ci]\n");
    bench.run(&["workflows", "--check"]).expect(1, &["update.yml: is no longer made, and goes"]);
    bench.run(&["workflows", "--write"]).expect(0, &["update.yml is removed", "ci.yml is written"]);
    assert_eq!(bench.read(".github/workflows/ci.yml"), made);
}

#[test]
fn a_file_of_somebody_else_is_written_over_by_force_only() {
    let bench = Bench::green();
    bench.write(".github/workflows/ci.yml", "name: mine\n");
    bench.run(&["workflows"]).expect(0, &["ci.yml: is somebody else's, and differs"]);
    bench.run(&["workflows", "--write"]).expect(2, &["not made here", "`--force` writes over it"]);
    assert_eq!(bench.read(".github/workflows/ci.yml"), "name: mine\n");
    bench.run(&["workflows", "--write", "--force"]).expect(0, &["ci.yml is written"]);
}

#[test]
fn a_value_that_would_be_evaluated_is_refused() {
    let bench = Bench::green();
    let key = "cache:\n  key: \"a-${{ secrets.X }}\"\n";
    bench.write(".github/pipeline-config.yml", key);
    bench.run(&["workflows", "--write"]).expect(2, &["which GitHub would evaluate", "cache_key"]);
}
