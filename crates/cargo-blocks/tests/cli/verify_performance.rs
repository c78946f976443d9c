//! `verify-performance`: what `cargo bench` left, beside what it left before.

use std::{
    fs::{self, File},
    os::unix::fs::symlink,
    process::Command,
    time::{Duration, SystemTime},
};

use crate::affected::git;
use crate::bench::{Bench, Said};

const NAME: &str = "verify-performance";

/// A workspace whose sources are older than all results that are written into it now.
fn workspace() -> Bench {
    let bench = Bench::crew(&[("app", ""), ("shapes", "")]);
    bench.write("Cargo.lock", "version = 4\n");
    for file in ["Cargo.toml", "Cargo.lock", "crates/app/Cargo.toml", "crates/app/src/lib.rs"] {
        age(&bench, file, 3600);
    }
    for file in ["crates/shapes/Cargo.toml", "crates/shapes/src/lib.rs"] {
        age(&bench, file, 3600);
    }
    bench
}

/// Lets a file be older by so many seconds.
fn age(bench: &Bench, file: &str, seconds: u64) {
    let then = SystemTime::now() - Duration::from_secs(seconds);
    let file = File::options().append(true).open(bench.path(file)).expect("a file");
    file.set_modified(then).expect("an older file");
}

/// Writes a measurement of criterion: twenty times around one, in nanoseconds.
fn measured(bench: &Bench, folder: &str, time: f64, noise: f64) {
    let (name, _) = folder.rsplit_once('/').expect("a run");
    let times: Vec<_> =
        (0..20).map(|at| time * (1.0 + noise * (f64::from(at) - 9.5) / 9.5)).collect();
    let put = |file: &str, text: String| {
        bench.write(&format!("target/criterion/{folder}/{file}"), &text);
    };
    put(
        "benchmark.json",
        format!(
            r#"{{"group_id":"{name}","function_id":null,"value_str":null,"throughput":null,"full_id":"{name}","directory_name":"{name}","title":"{name}"}}"#
        ),
    );
    put("estimates.json", format!(r#"{{"median":{{"point_estimate":{time:?}}}}}"#));
    let iters = vec![1.0; times.len()];
    put(
        "sample.json",
        format!(r#"{{"sampling_mode":"Flat","iters":{iters:?},"times":{times:?}}}"#),
    );
}

/// Writes a summary of gungraun.
fn counted(bench: &Bench, folder: &str, values: &str) {
    let text = format!(
        r#"{{"version":"7","module_path":"counts::add","profiles":[{{"tool":"Callgrind","data":{{"total":{{"metrics":{{"Ir":{{"values":{{{values}}}}}}},"regressions":[]}}}}}}]}}"#
    );
    bench.write(&format!("target/gungraun/{folder}/summary.json"), &text);
}

fn limits(bench: &Bench, entries: &str) {
    bench.write(".github/pipeline-config.yml", &format!("performance:\n  limits:\n{entries}"));
}

#[test]
fn a_slower_benchmark_fails_and_each_is_a_line_with_both_numbers() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1200.0, 0.01);
    measured(&bench, "group/write/base", 1000.0, 0.01);
    measured(&bench, "group/write/new", 1001.0, 0.01);
    counted(&bench, "app/counts/sums/add", r#""new":1005,"old":1000"#);
    let said = bench.run(&[NAME]);
    said.expect(
        1,
        &[
            "1.00 µs",
            "1.20 µs",
            "+20.0 %",
            "✗ regressed: 3 % allowed",
            "✓ within 3 %",
            "one after the other",
        ],
    );
    let lines: Vec<_> = said.out.lines().map(|it| it.split_whitespace().next()).collect();
    assert_eq!(lines, [Some("benchmark"), Some("group/write"), Some("read"), Some("app")]);
    said.expect(1, &["app counts::add", "1000 instructions", "+0.50 %", "exact", "within 1 %"]);
    measured(&bench, "read/new", 800.0, 0.01);
    bench.run(&[NAME]).expect(0, &["✓ improved"]);
    counted(&bench, "app/counts/sums/add", r#""new":1011,"old":1000"#);
    bench.run(&[NAME]).expect(1, &["✗ regressed: 1 % allowed"]);
}

#[test]
fn what_cannot_be_told_has_no_verdict() {
    let bench = workspace();
    bench.run(&[NAME]).expect(3, &["no result of a benchmark", "--save-baseline", "SAVE_SUMMARY"]);
    measured(&bench, "read/base", 1000.0, 0.3);
    measured(&bench, "read/new", 1001.0, 0.3);
    bench.run(&[NAME]).expect(3, &["cannot tell: the noise (±", "above the threshold (3 %)"]);
    // Criterion copies each run to the place of the one before it.
    measured(&bench, "read/new", 1000.0, 0.3);
    bench.run(&[NAME]).expect(3, &["a copy of the same run", "-- --baseline before"]);
    fs::remove_dir_all(bench.path("target/criterion/read/base")).expect("removed");
    bench.run(&[NAME]).expect(3, &["- new", "no benchmark was held against a baseline"]);
}

#[test]
fn a_benchmark_that_did_not_run_has_no_verdict() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1001.0, 0.01);
    measured(&bench, "gone/base", 1000.0, 0.01);
    bench.run(&[NAME]).expect(3, &["? no result: it did not run", "target/criterion/gone"]);
    fs::remove_dir_all(bench.path("target/criterion/gone")).expect("removed");
    let entry = "    - {member: app, benchmark: read*, threshold: 3, measure: time}\n";
    limits(&bench, entry);
    bench.run(&[NAME]).expect(0, &["✓ within 3 %"]);
    limits(&bench, &format!("{entry}    - {{member: app, benchmark: add, threshold: 3}}\n"));
    bench.run(&[NAME]).expect(3, &["app: no benchmark add ran whose instructions"]);
    limits(&bench, "    - {member: none, benchmark: add, threshold: 3}\n");
    bench.run(&[NAME]).expect(2, &["unknown member `none`", "pipeline-config.yml:3"]);
}

#[test]
fn a_limit_of_its_own_holds() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1200.0, 0.01);
    counted(&bench, "shapes/counts/sums/add", r#""new":1011,"old":1000"#);
    limits(
        &bench,
        "    - {member: app, benchmark: r*, threshold: 25, measure: time}\n    - {member: shapes, \
         benchmark: \"counts::*\", threshold: 2}\n",
    );
    bench.run(&[NAME]).expect(0, &["✓ within 25 %", "✓ within 2 %"]);
}

#[test]
fn results_that_are_older_than_the_sources_have_no_verdict() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1001.0, 0.01);
    counted(&bench, "app/counts/sums/add", r#""new":1000,"old":1000"#);
    for file in [
        "target/criterion/read/new/sample.json",
        "target/gungraun/app/counts/sums/add/summary.json",
    ] {
        age(&bench, file, 60);
    }
    bench.run(&[NAME]).expect(0, &["✓ within 3 %"]);
    for (file, is_source) in [
        ("crates/app/src/lib.rs", true),
        ("crates/shapes/benches/read.rs", true),
        ("crates/app/Cargo.toml", true),
        ("Cargo.lock", true),
        ("README.md", false),
        ("target/release/build/out/made.rs", false),
    ] {
        if bench.path(file).is_file() {
            age(&bench, file, 0);
        } else {
            bench.write(file, "\n");
        }
        let said = bench.run(&[NAME]);
        let words = if is_source { "older than the sources" } else { "✓ within 3 %" };
        said.expect(if is_source { 3 } else { 0 }, &[words]);
        assert_eq!(said.out.matches("older than").count(), if is_source { 2 } else { 0 }, "{file}");
        age(&bench, file, 3600);
    }
    // Where git is asked for the sources, and was never told to leave out the target folder.
    git(&bench, &["init", "--quiet"]);
    bench.write("target/release/build/out/made.rs", "\n");
    bench.run(&[NAME]).expect(0, &["✓ within 3 %"]);
    bench.write("crates/shapes/build.rs", "\n");
    bench.run(&[NAME]).expect(3, &["older than the sources"]);
}

#[test]
fn a_baseline_that_was_saved_is_named() {
    let bench = workspace();
    measured(&bench, "read/base", 1200.0, 0.01);
    measured(&bench, "read/main", 1000.0, 0.01);
    measured(&bench, "read/new", 1200.0, 0.011);
    bench.run(&[NAME]).expect(0, &["within"]);
    bench.run(&[NAME, "--saved", "main"]).expect(1, &["regressed"]);
    bench.run(&[NAME, "--saved", "other"]).expect(3, &["- new"]);
    for name in ["", "new", "change", "..", "a/b", "../read/main"] {
        bench.run(&[NAME, "--saved", name]).expect(2, &["is no baseline"]);
    }
}

#[test]
fn damaged_results_are_told_and_links_are_not_followed() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1001.0, 0.01);
    fs::remove_file(bench.path("target/criterion/read/new/estimates.json")).expect("removed");
    let said = bench.run(&[NAME]);
    said.expect(
        3,
        &["cannot be read: target/criterion/read: not a whole criterion file: estimates.json"],
    );
    measured(&bench, "read/new", 1001.0, 0.01);
    bench.write("target/gungraun/app/counts/summary.json", "{}");
    bench
        .run(&[NAME])
        .expect(3, &["target/gungraun/app/counts: not a whole gungraun-summaries file"]);
    fs::remove_dir_all(bench.path("target/gungraun")).expect("removed");
    symlink(bench.path("target/criterion/read"), bench.path("target/criterion/linked"))
        .expect("a link");
    let said = bench.run(&[NAME]);
    said.expect(0, &["read"]);
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
}

#[test]
fn names_of_benchmarks_cannot_paint_or_move() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1001.0, 0.01);
    for run in ["base", "new"] {
        let file = format!("target/criterion/read/{run}/benchmark.json");
        let text = bench
            .read(&file)
            .replace("\"full_id\":\"read\"", r#""full_id":"\u001b[31m::error::x\nread""#);
        bench.write(&file, &text);
    }
    let said = bench.run(&[NAME]);
    said.expect(0, &["\\::error::x\\nread"]);
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
}

#[test]
fn programs_read_json() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1200.0, 0.01);
    let said = bench.run(&[NAME, "--json"]);
    said.expect(
        1,
        &["\"outcome\": \"fail\"", "\"standing\": \"regressed\"", "\"unit\": \"nanoseconds\""],
    );
    let value: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(value["benchmarks"][0]["before"], 1000);
    assert_eq!((&value["against"], said.err.as_str()), (&"base".into(), ""));
    bench.run(&[NAME, "--json", "--saved", "x"]).expect(3, &["\"no-verdict\""]);
}

#[test]
fn it_is_a_subcommand_of_cargo_itself() {
    let bench = workspace();
    measured(&bench, "read/base", 1000.0, 0.01);
    measured(&bench, "read/new", 1200.0, 0.01);
    let run = |words: &[&str]| -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-verify-performance"));
        command.args(words).current_dir(bench.root()).env_clear();
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME"] {
            command.envs(bench.variable(name).map(|value| (name, value)));
        }
        command.output().expect("the program").into()
    };
    // Cargo says the name of the subcommand, and a shell does not.
    run(&[NAME]).expect(1, &["✗ regressed"]);
    run(&[]).expect(1, &["✗ regressed"]);
    run(&[NAME, "--json"]).expect(1, &["\"fail\""]);
    run(&["--nonsense"]).expect(2, &["--nonsense"]);
}

#[test]
fn without_a_program_beside_it_the_one_on_the_path_runs() {
    let mut bench = Bench::empty();
    let (root, alone) = (bench.path(""), bench.path("alone"));
    // Another program writes it: one that this one had open for writing might not run yet.
    let copied =
        Command::new("cp").arg(env!("CARGO_BIN_EXE_cargo-verify-performance")).arg(&alone).status();
    assert!(copied.is_ok_and(|status| status.success()));
    let run = |path: &str| -> Said {
        let mut command = Command::new(&alone);
        // Where its coverage is counted, it leaves a profile where it runs.
        command.args([NAME, "--saved", "a b"]).current_dir(&root);
        command.env_clear().env("PATH", path);
        command.output().expect("the program").into()
    };
    run("/nowhere").expect(4, &["error: cannot run cargo-blocks", "install cargo-blocks"]);
    bench.program("cargo-blocks", "printf '%s.' \"$@\"; kill -TERM $$");
    let path = bench.variable("PATH").expect("a path").into_string().expect("UTF-8");
    let said = run(&path);
    assert_eq!((said.code, said.out.as_str()), (None, "verify-performance.--saved.a b."));
}
