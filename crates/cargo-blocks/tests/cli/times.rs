//! Benchmarks that are measured side by side. Their harness is a package of the workspace that is called criterion, leaves
//! files as that does, and whose times are fixed: no test asserts what a machine takes.

use std::process::Command;

use crate::affected::{commit, git};
use crate::bench::Bench;

/// What a benchmark of the small harness is made of: its name, and the nanoseconds that it takes.
const HARNESS: &str = r#"//! Leaves results as criterion does.

/// Runs what the command line names of benchmarks, each with its time; one that takes no time fails.
pub fn main(benchmarks: &[(&str, u32)]) {
    let words: Vec<String> = std::env::args().collect();
    if words.iter().any(|word| word == "--list") {
        for (name, _) in benchmarks {
            println!("{name}: benchmark");
        }
        return;
    }
    let home = std::env::var("CRITERION_HOME").expect("a folder");
    let wanted = words.last().expect("a name").trim_matches(['^', '$']);
    let (name, time) = benchmarks.iter().find(|(name, _)| *name == wanted).expect("a benchmark");
    assert!(*time > 0, "{name} fails");
    let new = std::path::Path::new(&home).join(name).join("new");
    std::fs::create_dir_all(&new).expect("a folder");
    let put = |file: &str, text: String| std::fs::write(new.join(file), text).expect("written");
    let id = format!("\"group_id\":\"{name}\",\"function_id\":null,\"value_str\":null");
    put("benchmark.json", format!("{{{id},\"throughput\":null,\"full_id\":\"{name}\"}}"));
    put("estimates.json", format!("{{\"median\":{{\"point_estimate\":{time}}}}}"));
    put("sample.json", format!("{{\"sampling_mode\":\"Flat\",\"iters\":[1],\"times\":[{time}]}}"));
}
"#;

const BENCHES: &str = "crates/app/benches/sums.rs";

/// A workspace with benchmarks at its last commit, and others now.
fn bench(before: &str, now: &str) -> Bench {
    let bench =
        Bench::crew(&[("app", "criterion = { path = \"../criterion\" }"), ("criterion", "")]);
    bench.write("crates/criterion/src/lib.rs", HARNESS);
    let manifest = bench.read("crates/app/Cargo.toml");
    let target = "\n[[bench]]\nname = \"sums\"\nharness = false\n";
    bench.write("crates/app/Cargo.toml", &format!("{manifest}{target}"));
    bench.write(".gitignore", "target\n");
    configure(&bench, "");
    write(&bench, before);
    git(&bench, &["init", "--quiet"]);
    commit(&bench);
    write(&bench, now);
    bench
}

fn write(bench: &Bench, benchmarks: &str) {
    bench.write(BENCHES, &format!("fn main() {{\n    criterion::main(&[{benchmarks}]);\n}}\n"));
}

fn configure(bench: &Bench, more: &str) {
    let text =
        format!("stages: {{time: {{enabled: true}}}}\nperformance:\n  time_rounds: 10\n{more}");
    bench.write(".github/pipeline-config.yml", &text);
}

const VERIFY: [&str; 3] = ["verify-performance", "--baseline", "HEAD"];
const CHECK: [&str; 3] = ["time", "--baseline", "HEAD"];

#[test]
fn each_benchmark_is_a_line_and_a_slower_one_fails() {
    let bench = bench(
        r#"("same", 1000), ("slower", 1000), ("faster", 1000), ("went", 1000)"#,
        r#"("same", 1000), ("slower", 1100), ("faster", 800), ("came", 1000)"#,
    );
    let said = bench.run(&VERIFY);
    said.expect(1, &[]);
    insta::assert_snapshot!(said.out);
    let json = bench.run(&[&VERIFY[..], &["--json"]].concat()).json();
    assert_eq!(
        (&json["outcome"], &json["benchmarks"].as_array().map(Vec::len)),
        (&"fail".into(), &Some(5))
    );
    assert!(json["against"].as_str().is_some_and(|it| it.starts_with("HEAD (")), "{json}");
    // The stage says the same, of the same record, whatever is allowed then.
    let said = bench.check(&CHECK);
    said.expect(
        1,
        &[
            "✗ fail",
            "1 slower, 4 benchmarks, 1 faster than before, 1 new, 1 gone",
            "app: the benchmark slower takes 10.0 % more time",
        ],
    );
    let others =
        "{stages: {time: {enabled: true}}, performance: {time_rounds: 10, time_threshold: 10.5}}";
    bench.write("target/others.yml", others);
    let said = bench.check(&[&CHECK[..], &["--config", "target/others.yml"]].concat());
    said.expect(0, &["✓ pass"]);
    assert!(said.kept().contains(&"time"), "{}", said.err);
    // Another version may measure in another way.
    let said = bench.check_by_another(&CHECK);
    said.expect(1, &["✗ fail"]);
    assert!(!said.kept().contains(&"time"), "{}", said.err);
}

/// What others had is not gone.
#[test]
fn one_member_alone_is_measured() {
    let bench = bench(r#"("sum", 1000)"#, r#"("sum", 1000)"#);
    let of = |name| bench.run(&[&VERIFY[..], &["--package", name]].concat());
    of("app").expect(0, &["app sum", "✓ within 3 %"]);
    let said = of("criterion");
    said.expect(3, &["no benchmark of criterion or gungraun was compared"]);
    assert!(!said.out.contains("gone"), "{}", said.out);
    of("other").expect(2, &["there is no member `other`; there are: app, criterion"]);
}

#[test]
fn a_benchmark_that_fails_leaves_no_verdict_and_says_why() {
    let bench = bench(r#"("sum", 1000)"#, r#"("sum", 0)"#);
    let words = ["? no result: it came to no time: it ended with exit status: 101", "sum fails"];
    bench.run(&VERIFY).expect(3, &words);
    bench
        .check(&CHECK)
        .expect(3, &["1 benchmark came to no time, the first of them sum", "benchmark-broken"]);
    // What is expected and is not there is no pass.
    write(&bench, r#"("other", 1000)"#);
    configure(&bench, "  limits: [{member: app, benchmark: sum, threshold: 1, measure: time}]\n");
    bench.check(&CHECK).expect(3, &["benchmark-missing"]);
}

#[test]
fn benchmarks_that_do_not_compile_leave_no_verdict() {
    let bench = bench(r#"("sum", 1000)"#, "oops");
    let words =
        ["no verdict: no benchmark of criterion or gungraun was compared", "were not compiled"];
    bench.run(&VERIFY).expect(3, &words);
}

#[test]
fn where_nobody_has_benchmarks_nothing_was_compared() {
    let bench = Bench::crew(&[("app", "")]);
    git(&bench, &["init", "--quiet"]);
    commit(&bench);
    bench.run(&VERIFY).expect(3, &["no benchmark of criterion or gungraun was compared"]);
}

#[test]
fn what_measures_a_machine_is_not_asked_by_nix() {
    let bench = bench(r#"("sum", 1000)"#, r#"("sum", 1000)"#);
    bench.write("flake.nix", "{ outputs = _: { }; }\n");
    let words = ["the stage `time` measures a machine, which Nix does not: use --engine host"];
    bench.run(&[&["check", "--engine", "nix"], &CHECK[..]].concat()).expect(2, &words);
}

/// What the program that Nix makes does: the sides were built by somebody.
#[test]
fn programs_of_both_sides_are_measured() {
    let bench = bench(r#"("sum", 1000)"#, r#"("sum", 1200)"#);
    bench.check(&CHECK).expect(1, &[]);
    for (side, records) in
        [("before", "target/blocks/baseline/records"), ("now", "target/blocks/records")]
    {
        std::fs::create_dir(bench.path(side)).expect("a folder");
        let archive = bench.path(&format!("{records}/benchmarks/workspace/benchmarks.tar"));
        let unpacked =
            Command::new("tar").arg("-xf").arg(archive).current_dir(bench.path(side)).status();
        assert!(unpacked.expect("tar").success());
    }
    let sides = ["verify-performance", "--before", "before", "--now", "now"];
    bench.run(&sides).expect(1, &["app sum", "1.00 µs", "1.20 µs", "✗ regressed: 3 % allowed"]);
    let named = [&sides[..], &["--json", "--baseline-name", "main"]].concat();
    assert_eq!(bench.run(&named).json()["against"], "main");
    bench.run(&["verify-performance", "--before", "before"]).expect(2, &["--now"]);
}
