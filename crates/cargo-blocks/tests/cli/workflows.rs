//! `check workflows`: those of GitHub's, by the workspace's own rules.
//!
//! A line of shell stands for zizmor, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool
//! itself.

use crate::bench::Bench;

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    let version = "case \"$*\" in *--version) echo zizmor 1.12.0; exit ;; esac";
    bench.program("zizmor", &format!("{version}\n{script}"));
    bench
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let mut bench = Bench::green();
    bench.program("zizmor", "exit 1");
    bench.check(&["workflows"]).expect(0, &["not applicable", "there is no zizmor.yml"]);
    bench.write("zizmor.yml", "rules: {}\n");
    bench.check(&["workflows"]).expect(3, &["? no verdict", "zizmor is not on this machine"]);
}

#[test]
fn rules_at_each_of_their_places_are_asked() {
    for place in ["zizmor.yml", ".github/zizmor.yml"] {
        let bench = with_tool("echo ' INFO audit: completed ./a.yml' >&2; echo '[]'");
        bench.write(place, "rules: {}\n");
        bench.check(&["workflows"]).expect(0, &["✓ pass", "no finding in 1 file"]);
    }
}

#[test]
fn a_tool_that_cannot_read_a_workflow_is_no_verdict() {
    let bench = with_tool("case \"$*\" in *--strict-collection*) exit 1 ;; esac; echo '[]'");
    bench.write("zizmor.yml", "rules: {}\n");
    bench
        .check(&["workflows"])
        .expect(3, &["? no verdict", "ended with status 1, which is no answer"]);
}
