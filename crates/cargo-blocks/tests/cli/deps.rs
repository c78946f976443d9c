//! `check deps`: what a workspace depends on, by its own rules.
//!
//! A line of shell stands for cargo-deny, which the sandbox of the tests does not have; `.ci/both-engines` runs the
//! tool itself.

use crate::bench::Bench;

const NUMBERS: &str = r#"{\"type\":\"summary\",\"fields\":{\"bans\":{\"errors\":0},\"licenses\":{\"errors\":0},\"sources\":{\"errors\":0}}}"#;

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    let version = "case \"$*\" in *--version) echo cargo-deny 0.20.2; exit ;; esac";
    bench.program("cargo-deny", &format!("{version}\n{script}"));
    bench
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let mut bench = Bench::green();
    // Nobody has to install a tool for that.
    bench.program("cargo-deny", "exit 1");
    bench.check(&["deps"]).expect(0, &["not applicable", "there is no deny.toml"]);
    bench.write("deny.toml", "[bans]\n");
    bench.check(&["deps"]).expect(3, &["? no verdict", "cargo-deny is not on this machine"]);
}

#[test]
fn rules_at_each_of_their_places_are_asked_and_a_change_of_them_asks_again() {
    for place in ["deny.toml", ".deny.toml", ".cargo/deny.toml"] {
        let bench = with_tool(&format!("echo \"{NUMBERS}\" >&2"));
        bench.write(place, "[bans]\n");
        bench.check(&["deps"]).expect(0, &["✓ pass"]);
        assert_eq!(bench.check(&["deps"]).kept(), ["deps"], "{place}");
        bench.write(place, "[bans]\nwildcards = \"deny\"\n");
        assert!(bench.check(&["deps"]).kept().is_empty(), "{place}");
    }
}

#[test]
fn a_tool_that_cannot_ask_is_no_verdict() {
    // 1 says that advisories were found, which are not asked for, or that the tool itself failed.
    let bench = with_tool("echo '{\"type\":\"log\",\"fields\":{}}' >&2; exit 1");
    bench.write("deny.toml", "[bans]\n");
    bench.check(&["deps"]).expect(3, &["? no verdict", "ended with status 1, which is no answer"]);
}
