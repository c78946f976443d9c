//! Mistakes of users and lacks of machines: what is said, and which status is given.

use crate::bench::{Bench, real};

#[test]
fn a_stage_that_there_is_not_is_a_mistake() {
    let bench = Bench::green();
    let words = ["there is no stage `lint`", "fmt, clippy, test, coverage, doctest, docs"];
    bench.check(&["lint"]).expect(2, &words);
    bench.run(&["gate", "lint"]).expect(2, &words);
    bench.run(&["check", "--engine", "nothing"]).expect(2, &["auto, host, nix"]);
    bench.run(&[]).expect(2, &["Usage: cargo blocks"]);
}

#[test]
fn a_folder_without_a_workspace_is_a_mistake() {
    let bench = Bench::empty();
    for arguments in [&["check"][..], &["gate"], &["doctor"], &["status"], &["badges"]] {
        bench.run(arguments).expect(2, &["cargo does not accept", "could not find `Cargo.toml`"]);
    }
    let gone = bench.run(&["check", "--workspace", "gone"]);
    gone.expect(2, &["there is no such file or folder"]);
}

#[test]
fn a_manifest_that_cargo_refuses_is_shown_in_cargos_words() {
    let bench = Bench::green();
    bench.write("Cargo.toml", "[package]\nname = \"small\"\nversion = 1\n");
    bench.check(&["fmt"]).expect(2, &["Cargo.toml:3:11", "cargo does not accept"]);
}

#[test]
fn a_lock_file_that_disagrees_is_refused_before_anything_runs() {
    let bench = Bench::green();
    bench.check(&["fmt"]).expect(0, &[]);
    let manifest = bench.read("Cargo.toml").replace("0.1.0", "0.2.0");
    bench.write("Cargo.toml", &manifest);
    let said = bench.check(&["fmt"]);
    said.expect(2, &["Cargo.lock", "--locked"]);
    assert!(!said.err.contains("started"), "{said:?}");
}

#[test]
fn nix_without_a_flake_is_a_mistake() {
    let bench = Bench::green();
    let said = bench.run(&["check", "--engine", "nix"]);
    said.expect(2, &["has no flake.nix", "use --engine host"]);
}

#[test]
fn a_workspace_without_a_flake_is_checked_by_this_machine() {
    let mut bench = Bench::green();
    bench.program("nix", "echo nix 2; [ \"$1\" = --version ]");
    bench.run(&["check", "fmt", "--no-install"]).expect(0, &["fmt    ✓ pass"]);
}

#[test]
fn a_flake_whose_nix_is_not_there_is_a_fault_of_the_machine() {
    let bench = Bench::green();
    bench.write("flake.nix", "{ }");
    let said = bench.run(&["check", "fmt", "--engine", "nix", "--nix", "no-such-nix"]);
    said.expect(4, &["cannot run `no-such-nix`"]);
    let said = bench.run(&["check", "fmt", "--nix", "no-such-nix", "--no-install"]);
    said.expect(0, &["fmt    ✓ pass"]);
}

#[test]
fn a_flake_is_built_by_nix() {
    let mut bench = Bench::green();
    bench.write("flake.nix", "{ }");
    bench.check(&["fmt"]).expect(0, &[]);
    let store = bench.path("store-fmt");
    std::fs::rename(bench.path("target/blocks/records/fmt/workspace"), &store).expect("moved");
    let record: blocks_records::Record = blocks_records::Record::load(&store).expect("a record");
    let answer =
        serde_json::json!({"fmt": {"workspace": {"path": store, "sources": record.sources}}});
    bench.program("nix", &format!("cat <<'END'\n{answer}\nEND"));
    let said = bench.run(&["check", "fmt", "--engine", "nix"]);
    said.expect(0, &["fmt    ✓ pass", "evaluating the flake", "unchanged, its record is kept"]);
    bench.run(&["check", "fmt"]).expect(0, &["evaluating the flake"]);
    bench.program("nix", "echo error: flake says no >&2; exit 1");
    bench.set("BLOCKS_NIX", "nix");
    let said = bench.run(&["check", "fmt", "--engine", "nix"]);
    said.expect(2, &["nix does not evaluate the flake", "error: flake says no"]);
}

#[test]
fn a_tool_that_is_missing_is_no_verdict_and_the_way_to_it_is_said() {
    let mut bench = Bench::green();
    // Too old is as good as missing.
    bench.program("cargo-nextest", "echo cargo-nextest 0.1.0");
    let said = bench.check(&["test", "fmt"]);
    let words = ["missing: cargo-nextest", "to add it: cargo install --locked cargo-nextest"];
    said.expect(3, &words);
    said.expect(
        3,
        &["fmt    ✓ pass", "test   ? no verdict", "cargo-nextest is not on this machine"],
    );
    let doctor = bench.run(&["doctor"]);
    doctor.expect(3, &["✗ cargo-nextest: Runs tests", "to add it: cargo install --locked"]);
    let report = bench.run(&["doctor", "--json"]);
    assert_eq!(report.code, Some(3));
    let tools = report.json()["tools"].as_array().expect("tools").clone();
    let nextest = tools.iter().find(|it| it["tool"] == "cargo-nextest").expect("a tool");
    assert!(nextest["version"].is_null(), "{nextest}");
    assert!(nextest["to_add"].as_str().expect("a way").contains("cargo install"), "{nextest}");
}

#[test]
fn a_toolchain_without_its_components_is_no_verdict_and_the_command_names_them() {
    let mut bench = Bench::green();
    bench.nightly("rustc-x86_64-unknown-linux-gnu\n");
    let said = bench.check(&["miri", "thread"]);
    let install = "to add it: rustup toolchain install nightly --profile minimal --no-self-update";
    said.expect(
        3,
        &["missing: rust-miri", &format!("{install} --component miri --component rust-src")],
    );
    said.expect(3, &["missing: rust-nightly-src", &format!("{install} --component rust-src")]);
    said.expect(3, &["rust-miri is not on this machine: `cargo blocks doctor` says how to add it"]);
    said.expect(3, &["miri    ? no verdict", "thread  ? no verdict"]);
    bench
        .run(&["doctor"])
        .expect(3, &["✗ rust-miri: An interpreter of Rust", "✗ rust-nightly-src"]);
}

#[test]
fn a_tool_that_cannot_be_installed_is_no_verdict() {
    let mut bench = Bench::green();
    // Nothing but that tool is to be installed: a toolchain would be the machine's own.
    bench.stand_ins();
    bench.program("cargo-nextest", "exit 1");
    // Nobody is at a terminal, so nothing is asked; the machine is offline, so nothing is got.
    let said = bench.run(&["check", "test", "--engine", "host", "--yes"]);
    said.expect(
        3,
        &["installing cargo-nextest", "cannot install cargo-nextest", "cargo install --locked"],
    );
    let said = bench.run(&["doctor", "--install"]);
    said.expect(3, &["cannot install cargo-nextest", "✗ cargo-nextest"]);
}

#[test]
fn a_tool_that_is_installed_serves_at_once() {
    let mut bench = Bench::green();
    bench.stand_ins();
    bench.program("cargo-nextest", "exit 1");
    // Stands for cargo: puts the tool where it is told to, and leaves all else to the real one.
    let real = real("cargo");
    let real = real.display();
    bench.program(
        "cargo",
        &format!(
            "[ \"$1\" = install ] || exec {real} \"$@\"\n\
             while [ \"$1\" != --root ]; do shift; done\nmkdir -p \"$2/bin\"\n\
             printf '#!/bin/sh\\necho cargo-nextest 0.9.143\\n' >\"$2/bin/cargo-nextest\"\n\
             chmod +x \"$2/bin/cargo-nextest\""
        ),
    );
    bench.run(&["doctor"]).expect(3, &["✗ cargo-nextest"]);
    let said = bench.run(&["doctor", "--install", "--yes"]);
    said.expect(0, &["installing cargo-nextest", "✓ cargo-nextest 0.9.143", "target/blocks/tools"]);
}

#[test]
fn doctor_says_what_there_is() {
    let mut bench = Bench::green();
    bench.stand_ins();
    bench.program("nix", "exit 1");
    let said = bench.run(&["doctor"]);
    said.expect(0, &["✓ rustc 1.", "✓ cargo 1.", "✓ cargo-nextest ", "✓ cargo-llvm-cov "]);
    said.expect(0, &["✓ llvm-tools ", "– no nix"]);
    let report = bench.run(&["doctor", "--json"]).json();
    assert_eq!((&report["nix"], report["tools"][0]["to_add"].is_null()), (&false.into(), true));
    bench.program("nix", "echo nix 2");
    bench.run(&["doctor"]).expect(0, &["✓ nix: "]);
    assert_eq!(bench.run(&["doctor", "--json"]).json()["nix"], true);
}

#[test]
fn a_compiler_that_cannot_be_run_is_a_fault_of_the_machine() {
    let mut bench = Bench::green();
    bench.program("rustc", "echo no compiler today >&2; exit 1");
    bench.check(&["fmt"]).expect(4, &["cannot run `rustc`", "no compiler today"]);
}
