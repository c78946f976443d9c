//! `docs examples`, and the stage that is made of it.

use crate::{affected::git, bench::Bench};

/// A program that says what it is asked.
const PROGRAM: &str = "//! Talks.\n\nfn main() {\n    let words: Vec<String> = std::env::args().skip(1).collect();\n    println!(\"small {}\", words.join(\" \"));\n}\n";

/// A workspace whose examples are right, and in which the stage is on.
fn bench() -> Bench {
    let bench = Bench::green();
    bench.write("src/main.rs", PROGRAM);
    bench.write(
        "examples/areas.rs",
        "//! Adds.\n\nfn main() {\n    println!(\"{}\", small::add(1, 2));\n}\n",
    );
    bench.write("examples/areas.stdout", "3\n");
    bench.write("README.md", "# Small\n\n```rust\nassert_eq!(small::add(1, 2), 3);\n```\n\n```console\n$ small one\nsmall one\n\n$ small two | cat\n```\n");
    bench.write(".github/pipeline-config.yml", "stages:\n  examples:\n    enabled: true\n");
    bench.write(".gitignore", "target\n");
    git(&bench, &["init", "--quiet"]);
    bench
}

#[test]
fn what_passes_fails_and_is_not_run_is_told() {
    let bench = bench();
    let all = [
        "✓ example `areas` (examples/areas.rs)",
        "✓ code (README.md:3)",
        "✓ command `small one` (README.md:8)",
        "- command `small two | cat` (README.md:11): not run: `|` is for a shell, and none is started",
        "0 failed, 3 passed, 1 not run",
    ];
    for words in [&["docs", "examples"][..], &["docs", "verify_examples"], &["verify_examples"]] {
        bench.run(words).expect(0, &all);
    }
    bench.write("examples/areas.stdout", "4\n");
    bench.run(&["docs", "examples", "examples/areas.rs"]).expect(
        1,
        &[
            "✗ example `areas` (examples/areas.rs): it prints something else",
            "    -4\n    +3\n",
            "1 failed, 0 passed",
        ],
    );
    bench.run(&["docs", "examples", "README.md:3"]).expect(0, &["0 failed, 1 passed, 0 not run"]);
    bench
        .run(&["docs", "examples", "README.md:4"])
        .expect(2, &["there is no example at README.md:4"]);
    bench
        .run(&["docs", "examples", "README.md:3", "nowhere.md:9"])
        .expect(2, &["there is no example at nowhere.md:9"]);
    let config = "examples:\n  compile_only: [small/areas]\n";
    bench.write(".github/pipeline-config.yml", config);
    bench
        .run(&["docs", "examples"])
        .expect(0, &["it is compiled only", "0 failed, 2 passed, 2 not run"]);
    bench.write(".github/pipeline-config.yml", &config.replace("areas", "area"));
    let gone =
        "examples.compile_only names `small/area`, and no member has an example of that name";
    bench.run(&["docs", "examples"]).expect(2, &[gone]);
}

#[test]
fn what_commands_print_is_written_where_it_is_accepted() {
    let bench = bench();
    let stale = bench.read("README.md").replace("\nsmall one\n", "\nsmall three\n");
    bench.write("README.md", &stale);
    assert!(stale.contains("$ small one\nsmall three"), "{stale}");
    bench.run(&["docs", "examples"]).expect(1, &["    -small three\n    +small one\n"]);
    assert_eq!(bench.read("README.md"), stale);
    bench.run(&["docs", "examples", "--accept"]).expect(0, &["README.md is written"]);
    assert_eq!(bench.read("README.md"), stale.replace("small three", "small one"));
    bench.run(&["docs", "examples"]).expect(0, &["0 failed"]);
    // What no text mends is still a failure.
    bench.write("examples/areas.stdout", "4\n");
    bench.run(&["docs", "examples", "--accept"]).expect(1, &["1 failed"]);
}

#[test]
fn the_stage_is_green_red_and_tells_how_to_ask_again() {
    let bench = bench();
    bench.check(&["examples"]).expect(0, &["3 passed, 1 not run"]);
    assert_eq!(
        bench.check(&["examples", "--json"]).outcomes(),
        [("examples".to_owned(), "pass".to_owned())]
    );
    bench.write("README.md", "```console\n$ small one\nsmall two\n```\n");
    let words = [
        "the command `small one`: it prints something else",
        "-small two",
        "+small one",
        "cargo blocks docs examples README.md:2",
    ];
    bench.check(&["examples"]).expect(1, &words);
    let verdict = bench.check(&["examples", "--json"]).json()["verdicts"][0].clone();
    assert_eq!(verdict["causes"][0]["code"], "example-failed");
    // Who asks for nothing has nothing.
    bench.write(".github/pipeline-config.yml", "");
    bench.check(&["examples"]).expect(0, &["opt-in: stages.examples.enabled is not true"]);
}

#[test]
fn a_name_of_no_example_leaves_no_verdict() {
    let bench = bench();
    let config =
        "examples:\n  compile_only: [small/gone]\nstages:\n  examples:\n    enabled: true\n";
    bench.write(".github/pipeline-config.yml", config);
    bench.check(&["examples"]).expect(3, &["status 2"]);
}
