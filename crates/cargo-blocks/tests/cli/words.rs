//! What users see, word by word, and to whom it is written.

use std::process::Stdio;

use crate::bench::{Bench, Said};

/// Shows a text without what differs from run to run.
macro_rules! shown {
    ($text:expr) => {
        insta::with_settings!({filters => [
            (r" +\d+\.\d  ", "  [s]  "),
            (r"in \d+\.\d s:", "in [s] s:"),
            (r"thread '(.*)' \(\d+\)", "thread '$1' ([id])"),
        ]}, { insta::assert_snapshot!($text) })
    };
}

#[test]
fn the_help_names_commands_and_statuses() {
    let said = Bench::empty().run(&["--help"]);
    assert_eq!(said.code, Some(0));
    shown!(said.out);
}

#[test]
fn the_help_of_check_names_its_options() {
    let said = Bench::empty().run(&["check", "--help"]);
    assert_eq!(said.code, Some(0));
    shown!(said.out);
}

#[test]
fn a_red_run_shows_what_to_do() {
    let bench = Bench::green();
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", "assert_eq!(add(1, 2), 4);\n    }");
    let said = bench.check(&["fmt", "test", "coverage"]);
    assert_eq!(said.code, Some(1));
    shown!(said.out);
}

#[test]
fn a_stage_is_explained() {
    shown!(Bench::empty().run(&["explain", "test"]).out);
}

#[test]
fn the_stages_are_listed() {
    let bench = Bench::empty();
    shown!(bench.run(&["stages"]).out);
    let list = bench.run(&["stages", "--json"]).json();
    let ids: Vec<_> = list.as_array().expect("a list").iter().map(|it| &it["id"]).collect();
    assert_eq!(
        ids,
        [
            "fmt",
            "clippy",
            "test",
            "coverage",
            "doctest",
            "docs",
            "doc-coverage",
            "examples",
            "unsafe",
            "properties",
            "memory",
            "thread",
            "miri",
            "loom",
            "features",
            "powerset",
            "msrv",
            "deps",
            "advisories",
            "unused-deps",
            "package",
            "sbom",
            "size",
            "instructions",
            "time",
            "readme",
            "book",
            "spelling",
            "toml-format",
            "workflows",
            "nix-format",
            "nix-lint",
            "semver",
            "mutants"
        ]
    );
    assert_eq!((&list[3]["record"], &list[3]["tools"]), (&list[2]["id"], &list[2]["tools"]));
}

#[test]
fn cargo_may_say_the_name_of_the_subcommand_first() {
    let bench = Bench::empty();
    assert_eq!(bench.run(&["blocks", "stages"]).out, bench.run(&["stages"]).out);
    assert!(bench.run(&["blocks", "--version"]).out.starts_with("cargo blocks 0."));
}

#[test]
fn a_reader_that_closed_the_pipe_has_read_enough() {
    let bench = Bench::green();
    bench.check(&["fmt"]).expect(0, &[]);
    for arguments in [&["stages"][..], &["explain", "test"], &["status"], &["gate", "fmt"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let child = bench.command(arguments).stdout(writer).stderr(Stdio::piped()).spawn();
        let said = Said::from(child.expect("the program").wait_with_output().expect("an end"));
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_a_fault() {
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else { return };
    let child = Bench::empty().command(&["stages"]).stdout(full).stderr(Stdio::piped()).spawn();
    let said = Said::from(child.expect("the program").wait_with_output().expect("an end"));
    said.expect(4, &["No space left on device"]);
}

#[test]
fn no_colour_reaches_a_pipe() {
    let mut bench = Bench::green();
    bench.set("CLICOLOR_FORCE", "1");
    let said = bench.check(&["fmt"]);
    said.expect(0, &["fmt    ✓ pass"]);
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
}
