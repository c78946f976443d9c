//! `check nix-format`: Nix files, where the configuration asks for it.
//!
//! A line of shell stands for nixfmt, which the sandbox of the tests does not have; `.ci/both-engines` runs the tool
//! itself.

use crate::{affected::git, bench::Bench};

const FILE: &str = ".github/pipeline-config.yml";
const ON: &str = "stages:\n  nix-format:\n    enabled: true\n";

/// Puts a blank before each `=`, and takes a brace too many for no Nix.
const FORMATS: &str = r#"case "$*" in *--version) echo nixfmt 1.2.0; exit ;; esac
[ "$*" = is.nix ] || exit 3
! grep -q '}}' is.nix || { printf 'is.nix:2:3:\n  |\n2 | }}\n  |  ^\nunexpected }\n'; exit 1; }
sed -i 's/\([^ ]\)=/\1 =/' is.nix"#;

fn with_tool(script: &str) -> Bench {
    let mut bench = Bench::green();
    bench.program("nixfmt", script);
    bench.write(FILE, ON);
    bench
}

#[test]
fn nobody_is_asked_who_does_not_want_to_be() {
    let mut bench = Bench::green();
    bench.write("a.nix", "{ a=1; }\n");
    bench.program("nixfmt", "touch ran; exit 1");
    let off = ["not applicable", "opt-in: stages.nix-format.enabled is not true"];
    bench.check(&["nix-format"]).expect(0, &off);
    assert!(!bench.path("ran").exists(), "its tool runs for nothing");
    let all = bench.check(&["--json"]).outcomes();
    assert!(all.iter().all(|(id, _)| id != "nix-format"), "{all:?}");
    let doctor = bench.run(&["doctor"]).out;
    assert!(!doctor.contains("nixfmt"), "{doctor}");
    let explain = |what: &str| bench.run(&["explain", what]);
    explain("nix-format").expect(0, &["opt-in, switched on by: stages.nix-format.enabled"]);
    let value = "stages.nix-format.enabled = false (default)";
    explain("stages.nix-format.enabled").expect(0, &[value, "default false"]);
    bench.write(FILE, "stages:\n  nix-format: {}\n");
    bench.check(&["nix-format"]).expect(0, &off);
    bench.write(FILE, ON);
    explain("stages.nix-format.enabled").expect(0, &["= true (", "default false"]);
    assert!(bench.run(&["doctor"]).out.contains("nixfmt"));
    bench.check(&["nix-format"]).expect(3, &["? no verdict", "nixfmt is not on this machine"]);
}

#[test]
fn a_file_that_is_not_formatted_or_no_nix_is_red_with_its_line() {
    let bench = with_tool(FORMATS);
    bench.check(&["nix-format"]).expect(0, &["not applicable", "there is no Nix file"]);
    bench.write("flake.nix", "{ a = 1; }\n");
    bench.write("target/made.nix", "a=1\n");
    let pass = "all files are formatted, 1 file of Nix";
    bench.check(&["nix-format"]).expect(0, &["✓ pass", pass]);
    bench.write("nix/two words.nix", "{\n  a = 1;\n  b=2;\n}\n");
    let words = ["nix/two words.nix:3", "1 file is not formatted", "nixfmt $(git ls-files"];
    bench.check(&["nix-format"]).expect(1, &words);
    bench.write("-bad.nix", "{\n}}\n");
    bench
        .check(&["nix-format"])
        .expect(1, &["-bad.nix:2", "unexpected }", "1 syntax error, 1 file"]);
}

#[test]
fn in_a_checkout_the_files_are_those_that_git_knows_or_would_know() {
    let bench = with_tool(FORMATS);
    bench.write(".gitignore", "target\nmade\n");
    bench.write("made/by.nix", "a=1\n");
    git(&bench, &["init", "--quiet"]);
    bench.check(&["nix-format"]).expect(0, &["there is no Nix file"]);
    bench.write("new.nix", "a=1\n");
    // What a link leads to is asked where it is.
    std::os::unix::fs::symlink("new.nix", bench.path("link.nix")).expect("a link");
    bench.check(&["nix-format"]).expect(1, &["new.nix:1", "1 file is not formatted"]);
}

#[test]
fn a_tool_that_fails_or_writes_another_format_is_no_verdict() {
    let say = |version: &str, rest: &str| {
        let bench =
            with_tool(&format!("case \"$*\" in *--version) echo {version}; exit ;; esac; {rest}"));
        bench.write("a.nix", "{ }\n");
        bench.check(&["nix-format"])
    };
    let failed = say("nixfmt-rs 0.5.3", "exit 101");
    failed.expect(3, &["? no verdict", "ended with status 101, which is no answer"]);
    say("nixfmt-rs 0.5.3", "exit 64").expect(3, &["ended with status 70, which is no answer"]);
    say("nixfmt 0.6.0", "exit 0").expect(3, &["ended with status 70, which is no answer"]);
    say("nixfmt 0.5.0", "exit 0").expect(3, &["nixfmt is not on this machine"]);
}
