//! `check toml-format`: manifests and other TOML, by the workspace's own rules.
//!
//! A line of shell stands for taplo, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool
//! itself.

use crate::{affected::git, bench::Bench};

/// Puts a blank before each `=`.
const FORMATS: &str = r#"case "$*" in *--version) echo taplo 0.10.0; exit ;; esac
[ "$*" = "fmt --colors never" ] || exit 3
find . -name '*.toml' -exec sed -i 's/\([^ ]\)=/\1 =/' {} +
echo " INFO taplo: found files total=$(find . -name '*.toml' | wc -l) excluded=0 files=[] cwd=\"$PWD\"" >&2"#;

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    bench.program("taplo", script);
    bench
}

#[test]
fn without_rules_there_is_nothing_to_ask() {
    let bench = with_tool("exit 1");
    bench.check(&["toml-format"]).expect(0, &["not applicable", "there is no taplo.toml"]);
    bench.write("taplo.toml", "");
    bench.check(&["toml-format"]).expect(3, &["? no verdict", "taplo is not on this machine"]);
}

#[test]
fn a_file_that_is_not_formatted_is_red_with_its_line_but_not_what_cargo_made() {
    for rules in ["taplo.toml", ".taplo.toml"] {
        let bench = with_tool(FORMATS);
        bench.write(rules, "");
        bench.write("target/made.toml", "a=1\n");
        bench.check(&["toml-format"]).expect(0, &["✓ pass", "all files are formatted, "]);
        bench.write("notes/two words.toml", "[a]\n\nb=1\nc = 1\n");
        let words = ["notes/two words.toml:3", "1 file is not formatted", "taplo fmt"];
        bench.check(&["toml-format"]).expect(1, &words);
    }
}

#[test]
fn in_a_checkout_the_files_are_those_that_git_knows_or_would_know() {
    let bench = with_tool(FORMATS);
    bench.write("taplo.toml", "");
    bench.write(".gitignore", "target\nmade\n");
    bench.write("made/by.toml", "a=1\n");
    git(&bench, &["init", "--quiet"]);
    bench.check(&["toml-format"]).expect(0, &["✓ pass"]);
    bench.write("new.toml", "a=1\n");
    bench.check(&["toml-format"]).expect(1, &["new.toml:1"]);
}

#[test]
fn a_tool_that_fails_is_no_verdict() {
    let bench = with_tool("case \"$*\" in *--version) echo taplo 0.10.0; exit ;; esac; exit 101");
    bench.write("taplo.toml", "");
    bench
        .check(&["toml-format"])
        .expect(3, &["? no verdict", "ended with status 101, which is no answer"]);
}
