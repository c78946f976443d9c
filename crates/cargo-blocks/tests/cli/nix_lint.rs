//! `check nix-lint`: what Nix files name and do not use, where the configuration asks for it.
//!
//! A line of shell stands for deadnix, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool
//! itself.

use crate::{affected::git, bench::Bench};

const FILE: &str = ".github/pipeline-config.yml";

/// Finds the name `idle`, and cannot read a brace too many, for which it ends with 0.
const FINDS: &str = r#"case "$*" in *--version) echo deadnix 1.3.1; exit ;; esac
[ "$1 $2 $3" = "--output-format json --fail" ] && [ $# -eq 4 ] || exit 3
if grep -q '}}' "$4"; then
  echo "{\"file\":\"$4\",\"results\":[{\"message\":\"unexpected token\"}]}"
elif grep -q idle "$4"; then
  echo "{\"file\":\"$4\",\"results\":[{\"column\":5,\"endColumn\":9,\"line\":1,\"message\":\"Unused let binding: idle\"}]}"
  exit 1
fi"#;

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    bench.program("deadnix", script);
    bench.write(FILE, "stages:\n  nix-lint:\n    enabled: true\n");
    bench
}

#[test]
fn a_name_that_nothing_uses_is_red_with_its_place_and_so_is_what_is_no_nix() {
    let bench = with_tool(FINDS);
    bench.check(&["nix-lint"]).expect(0, &["not applicable", "there is no Nix file"]);
    bench.write("flake.nix", "{ a = 1; }\n");
    bench.write("target/made.nix", "let idle = 1; in 2\n");
    bench.check(&["nix-lint"]).expect(0, &["✓ pass", "no unused name in 1 file"]);
    bench.write("nix/two words.nix", "let idle = 1; in 2\n");
    let words = [
        "nix/two words.nix:1",
        "Unused let binding: idle (column 5)",
        "1 unused name",
        "deadnix $(",
    ];
    bench.check(&["nix-lint"]).expect(1, &words);
    bench.write("nix/two words.nix", "{ }}\n");
    let words =
        ["nix/two words.nix", "this cannot be read as Nix: unexpected token", "1 syntax error"];
    bench.check(&["nix-lint"]).expect(1, &words);
}

#[test]
fn in_a_checkout_the_files_are_those_that_git_knows_or_would_know() {
    let bench = with_tool(FINDS);
    bench.write(".gitignore", "target\nmade\n");
    bench.write("made/by.nix", "let idle = 1; in 2\n");
    git(&bench, &["init", "--quiet"]);
    bench.check(&["nix-lint"]).expect(0, &["there is no Nix file"]);
    bench.write("new.nix", "let idle = 1; in 2\n");
    bench.check(&["nix-lint"]).expect(1, &["new.nix:1", "1 unused name in 1 file"]);
}

#[test]
fn a_tool_that_fails_is_no_verdict() {
    let bench = with_tool("case \"$*\" in *--version) echo deadnix 1.3.1; exit ;; esac; exit 101");
    bench.write("a.nix", "{ }\n");
    let words = ["? no verdict", "ended with status 101, which is no answer"];
    bench.check(&["nix-lint"]).expect(3, &words);
}
