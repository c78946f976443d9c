//! Stages of a workspace's own.

use crate::affected::crew;
use crate::bench::Bench;

const CONFIG: &str = ".github/pipeline-config.yml";

/// A workspace with a stage that looks into a file.
fn with_stage() -> Bench {
    let bench = Bench::green();
    bench.write(CONFIG, "stages:\n  notes:\n    run: [grep, -q, done, docs/notes.txt]\n    title: Notes\n    files: [docs]\n");
    bench.write("docs/notes.txt", "done\n");
    bench
}

#[test]
fn a_stage_of_ones_own_is_one_like_the_others() {
    let bench = with_stage();
    bench.check(&["fmt", "notes"]).expect(0, &["fmt    ✓ pass", "notes  ✓ pass", "done"]);
    let again = bench.check(&["notes"]);
    assert_eq!(again.kept(), ["notes"]);
    bench.write("docs/notes.txt", "not yet\n");
    let said = bench.check(&["notes"]);
    let command = "`grep -q done docs/notes.txt` ended with status 1";
    said.expect(1, &["notes  ✗ fail", "1 command failed", command]);
    bench.run(&["gate", "notes"]).expect(1, &["✗ fail notes"]);
    bench.run(&["stages"]).expect(0, &["notes", "Notes"]);
    let explained = bench.run(&["explain", "notes"]);
    explained.expect(0, &["notes: Notes", "grep -q done docs/notes.txt", "stdout.txt (text)"]);
    bench.run(&["explain", "stages.notes.title"]).expect(0, &["stages.notes.title = Notes"]);
    assert!(bench.read("target/blocks/status/status.json").contains("\"notes\""));
}

#[test]
fn what_it_says_last_is_the_cause_and_its_compilers_errors_have_places() {
    let bench = Bench::green();
    let script =
        "echo it looked; echo 'error: this is wrong' >&2; echo '  --> src/lib.rs:7:1' >&2; exit 3";
    bench.write("look.sh", script);
    bench.write(CONFIG, "stages: {look: {run: [sh, look.sh]}}\n");
    let said = bench.check(&["look", "--json"]);
    assert_eq!(said.code, Some(1));
    let causes = said.json()["verdicts"][0]["causes"].clone();
    assert_eq!((&causes[0]["code"], &causes[0]["line"]), (&"compile-error".into(), &7.into()));
    assert_eq!(causes[1]["code"], "command-failed");
    assert_eq!(causes[1]["message"], "`sh look.sh` ended with status 3");
    let detail = causes[1]["detail"].as_str().expect("text");
    assert!(detail.starts_with("it looked\nerror: this is wrong"), "{detail}");
}

#[test]
fn a_command_that_cannot_be_run_is_no_verdict() {
    let bench = Bench::green();
    for run in ["[no-such-program]", "[sh, -c, no-such-program]", "[sh, -c, kill -9 $$]"] {
        bench.write(CONFIG, &format!("stages: {{mine: {{run: {run}}}}}\n"));
        bench.check(&["mine"]).expect(3, &["? no verdict"]);
    }
}

#[test]
fn of_members_it_has_the_words_that_select_them() {
    let bench = crew();
    let config = "stages:\n  mine:\n    run:\n      - echo\n      - \"{packages}\"\n";
    bench.write(CONFIG, config);
    bench.check(&["mine"]).expect(0, &["✓ pass"]);
    let record = "target/blocks/records/mine";
    assert_eq!(bench.read(&format!("{record}/workspace/stdout.txt")), "--workspace\n");
    bench.write("crates/c/src/lib.rs", "//! Other.\n");
    let said = bench.check(&["mine", "--affected"]);
    said.expect(0, &["mine"]);
    assert_eq!(said.code, Some(0));
}

#[test]
fn a_name_that_is_taken_or_unknown_is_refused_with_its_line() {
    let bench = Bench::green();
    for (config, words) in [
        (
            "stages:\n  fmt:\n    run: [true]\n",
            &["pipeline-config.yml:3", "`fmt` is a stage already"][..],
        ),
        (
            "stages:\n  mine:\n    enabled: false\n",
            &["pipeline-config.yml:2", "unknown stage `mine`"],
        ),
        ("stages:\n  Mine:\n    run: [x]\n", &["`Mine` is no name of a stage", "lower-case"]),
        ("stages:\n  mine:\n    title: x\n", &["`stages.mine` has a `title` and no `run`"]),
        ("stages:\n  fmt:\n    title: x\n", &["`stages.fmt` has a `title` and no `run`"]),
        ("stages:\n  mine:\n    run: [x]\n    layer: cheque\n", &["none, check, build, release"]),
        ("stages:\n  mine:\n    run: [\"\"]\n", &["`stages.mine.run[0]` is empty"]),
    ] {
        bench.write(CONFIG, config);
        bench.run(&["check", "fmt"]).expect(2, words);
    }
}

#[test]
fn quick_mode_and_full_proofs_say_which_sets_run() {
    let bench = Bench::green();
    let stages = ["quick", "full", "proofs"]
        .map(|set| format!("  my-{set}:\n    run: [true]\n    set: {set}\n"));
    let stages = crate::bench::only(&[]) + &stages.concat();
    for (verify, runs) in [
        ("", &["my-quick"][..]),
        ("verify: {quick_mode: false}\n", &["my-full", "my-quick"]),
        ("verify: {full_proofs: true}\n", &["my-full", "my-proofs", "my-quick"]),
    ] {
        bench.write(CONFIG, &format!("{verify}{stages}"));
        let outcomes = bench.check(&["--json"]).outcomes();
        let ran: Vec<_> = outcomes.iter().map(|(stage, _)| stage.as_str()).collect();
        assert_eq!(ran, runs, "{verify}");
    }
}
