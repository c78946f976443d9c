//! Results that are kept from commit to commit: what `check` keeps, and what `history` shows of it.

use std::fs;

use crate::{
    affected::{commit, git},
    bench::Bench,
};
use serde_json::Value;

/// A checkout of a workspace with a program of two crates.
fn program() -> Bench {
    let bench = Bench::crew(&[("app", "lib = { path = \"../lib\" }"), ("lib", "")]);
    bench.write(".gitignore", "/target\n");
    bench.write(
        "crates/lib/src/lib.rs",
        "//! Says.\n\n/// Says.\npub fn say(what: &str) {\n    println!(\"{what}\");\n}\n",
    );
    bench.write("crates/app/src/main.rs", "//! Says.\n\nfn main() {\n    lib::say(\"a\");\n}\n");
    fs::remove_file(bench.path("crates/app/src/lib.rs")).expect("removed");
    git(&bench, &["init", "--quiet", "--initial-branch=main"]);
    bench
}

/// The series of what was measured, each with its number of points.
fn kept(bench: &Bench) -> Vec<(String, usize)> {
    let mut kept = all_kept(bench);
    kept.retain(|(name, _)| !name.starts_with("outcome/"));
    kept
}

/// The same with what stages came to.
fn all_kept(bench: &Bench) -> Vec<(String, usize)> {
    let said = bench.run(&["history", "--json"]);
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    let json: Value = serde_json::from_str(&said.out).expect("JSON");
    let series = json["series"].as_array().expect("a list").iter();
    let points = |one: &Value| one["points"].as_array().map_or(0, Vec::len);
    series.map(|one| (one["series"].as_str().unwrap_or_default().to_owned(), points(one))).collect()
}

fn all(points: usize) -> Vec<(String, usize)> {
    ["compile/app", "compile/lib", "seconds/fmt", "seconds/size", "size/app/app"]
        .map(|name| (name.to_owned(), points))
        .into()
}

#[test]
fn what_is_measured_of_a_commit_is_kept_and_shown() {
    let bench = program();
    bench.run(&["history"]).expect(0, &["no results are kept yet in ", "blocks/results: "]);
    // Cargo writes the lock file, which no commit has yet.
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    assert_eq!(kept(&bench), [], "the files are those of no commit");
    commit(&bench);
    bench.check(&["fmt", "size", "--again", "size"]).expect(0, &["size   ✓ pass"]);
    let found = kept(&bench);
    assert!(!found.iter().any(|(name, _)| name.starts_with("compile/")), "{found:?}");
    let lib = "//! Says.\n\n/// Says.\npub fn say(what: &str) {\n    println!(\"{what}, {}\", what.len());\n}\n";
    bench.write("crates/lib/src/lib.rs", lib);
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    assert_eq!(kept(&bench), found, "a file differs from the commit");
    // Of the commit, too, all is there but the time of what was compiled before.
    bench.write("crates/lib/src/lib.rs", &lib.replace("len()", "len() + 1"));
    commit(&bench);
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    let mut both = all(2);
    both[0].1 = 1;
    both[1].1 = 1;
    assert_eq!(kept(&bench), both);
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    assert_eq!(kept(&bench), both, "records that are kept are nothing new");
    let pages = fs::read_dir(bench.path("target/cargo-timings")).expect("a folder").count();
    assert_eq!(pages, 1, "cargo's page of each run does not stay");

    let table = bench.run(&["history", "size"]);
    table.expect(0, &["linux-", "series        unit   points", "size/app/app  bytes       2"]);
    assert!(!table.out.contains("compile/"), "{}", table.out);
    let csv = bench.run(&["history", "size/", "--csv", "--last", "1"]);
    assert_eq!(csv.out.lines().count(), 2, "{}", csv.out);
    let plot = bench.run(&["history", "--plot", "target/plot.svg"]);
    plot.expect(0, &["target/plot.svg: 7 series\n"]);
    assert!(bench.read("target/plot.svg").starts_with("<svg "));
    let unknown = "error: no series begins with `sizes`; did you mean `size`? there are series of: compile, outcome, seconds, size";
    bench.run(&["history", "sizes"]).expect(2, &[unknown]);
    bench
        .run(&["history", "--machine", "x"])
        .expect(2, &["nothing is kept of the machine `x`", "\n  linux-"]);
    let status = bench.run(&["status"]);
    status
        .expect(0, &["where the time went: ", " seconds\nstage  seconds  share", "\nsize ", " %"]);
}

/// A folder of results that git sees, such as one that is committed.
#[test]
fn results_beside_the_sources_make_no_record_stale() {
    let bench = program();
    bench.write(".github/pipeline-config.yml", "performance:\n  results_folder: results\n");
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    assert_eq!(kept(&bench), [("seconds/fmt".to_owned(), 1)]);
    assert!(bench.path("results").is_dir());
    bench.run(&["status"]).expect(0, &["\nfmt           ✓ pass"]);
    bench
        .check(&["fmt", "--affected=HEAD"])
        .expect(0, &["no member is affected by what changed since HEAD"]);
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    assert_eq!(kept(&bench), [("seconds/fmt".to_owned(), 1)], "the record was kept");
    // What is no result is a source, wherever it lies.
    bench.write("results/notes.rs", "");
    bench.run(&["status"]).expect(0, &["\nfmt           ? no verdict"]);
}

/// What a check leaves elsewhere in a checkout is no source of the next one.
#[test]
fn records_beside_the_sources_make_none_stale() {
    let bench = program();
    let asked = ["fmt", "--out", "reports"];
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    bench.write("kept/notes", "");
    commit(&bench);
    bench.check(&asked).expect(0, &["fmt    ✓ pass"]);
    assert_eq!(bench.check(&asked).kept(), ["fmt"]);
    assert_eq!(bench.read("reports/.gitignore"), "*\n");
    // A folder that is there is the user's.
    bench.check(&["fmt", "--out", "kept"]).expect(0, &["fmt    ✓ pass"]);
    assert!(!bench.path("kept/.gitignore").exists());
}

#[test]
fn a_record_that_is_kept_is_measured_once_and_where_it_was_made() {
    let bench = program();
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    commit(&bench);
    // Of the record that was made before there was a commit.
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    let found = kept(&bench);
    assert_eq!(found, all(1));
    git(&bench, &["commit", "--quiet", "--amend", "--message", "another"]);
    bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
    let size =
        found.iter().map(|(name, _)| (name.clone(), 1 + usize::from(name.starts_with("size/"))));
    assert_eq!(kept(&bench), size.collect::<Vec<_>>(), "a time is no second measurement");
    let record = "target/blocks/records/fmt/workspace/record.json";
    let mut made: Value = serde_json::from_str(&bench.read(record)).expect("JSON");
    let machine = made["machine"].as_str().expect("a machine").to_owned();
    assert!(machine.starts_with("linux-"), "{machine}");
    for (other, series) in [("linux-x86_64, another, 64 cores", 6), ("", 6)] {
        made["machine"] = other.into();
        made["steps"][0]["seconds"] = 17.25.into();
        bench.write(record, &made.to_string());
        git(&bench, &["commit", "--quiet", "--amend", "--message", "once more"]);
        bench.check(&["fmt", "size"]).expect(0, &["size   ✓ pass"]);
        assert_eq!(kept(&bench).len(), series, "of {other}: {:?}", kept(&bench));
    }
    let here = bench.run(&["history", "seconds/fmt", "--machine", &machine, "--json"]);
    assert!(!here.out.contains("17.25"), "{}", here.out);
}

#[test]
fn what_stages_come_to_is_kept_where_it_is_known() {
    let bench = program();
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    bench.write("crates/lib/src/lib.rs", "//! Says.\npub fn  say(_: &str) {}\n");
    commit(&bench);
    // There is no baseline, so that `semver` has nothing to ask.
    let stages = ["fmt", "doc-coverage", "semver"];
    bench.check(&stages).expect(1, &["✗ fail"]);
    let names: Vec<_> = all_kept(&bench).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["documented/doc-coverage", "outcome/doc-coverage", "outcome/fmt", "seconds/doc-coverage",]
    );
    bench.write("crates/lib/src/lib.rs", "//! Says.\npub fn say(_: &str) {}\n");
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &["✓ pass"]);
    let json = bench.run(&["history", "outcome/fmt", "--json"]).json();
    let points = json["series"][0]["points"].as_array().expect("points").iter();
    let mut values: Vec<_> = points.map(|point| point["value"].to_string()).collect();
    // Both may be of one second.
    values.sort();
    assert_eq!(values, ["0.0", "1.0"]);
    // The status has it by branches.
    let known: Value =
        serde_json::from_str(&bench.read("target/blocks/status/branches.json")).expect("JSON");
    let commits = known["branches"][0]["commits"].as_array().expect("commits");
    let of = |at: usize| (&commits[at]["stages"]["fmt"], &commits[at]["stages"]["semver"]);
    assert_eq!((&known["branches"][0]["name"], commits.len()), (&"main".into(), 2));
    assert_eq!([of(0), of(1)], [(&1.0.into(), &Value::Null), (&0.0.into(), &Value::Null)]);
    bench.run(&["update_status", "--out", "target/status"]).expect(0, &["✓ pass"]);
    let page = bench.read("target/status/status.html");
    assert!(page.contains("<h2>Stages on main</h2>") && page.contains("50 %"), "{page}");
}

#[test]
fn a_branch_holds_what_is_kept_and_the_work_tree_stays_clean() {
    let bench = program();
    bench.write(".github/pipeline-config.yml", "performance:\n  results_branch: kept/results\n");
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    assert_eq!(kept(&bench), [("seconds/fmt".to_owned(), 1)]);
    assert!(!bench.path("target/blocks/results").exists());
    git(&bench, &["diff", "--quiet", "HEAD"]);
    git(&bench, &["rev-parse", "--verify", "kept/results:.gitattributes"]);
    // What cannot be kept is told, and no matter of the verdict.
    bench.write(".github/pipeline-config.yml", "performance:\n  results_branch: main\n");
    commit(&bench);
    let said = bench.check(&["fmt"]);
    said.expect(0, &["fmt    ✓ pass"]);
    let warning =
        "warning: results are not kept: the branch `main` cannot hold results: a work tree has it";
    assert!(said.err.contains(warning), "{}", said.err);
    bench.run(&["history"]).expect(2, &["which is no file of results"]);
}

#[test]
fn nothing_is_kept_where_that_is_not_wanted_or_nothing_passed() {
    let bench = program();
    bench.write(".github/pipeline-config.yml", "performance:\n  store_results: false\n");
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench.check(&["fmt", "--again", "fmt"]).expect(0, &["fmt    ✓ pass"]);
    bench.run(&["history"]).expect(0, &["`performance.store_results` is false"]);
    assert!(!bench.path("target/blocks/results").exists());
    bench.write(".github/pipeline-config.yml", "");
    bench.write("crates/lib/src/lib.rs", "//! Says.\npub fn  say(_: &str) {}\n");
    commit(&bench);
    bench.check(&["fmt"]).expect(1, &["fmt    ✗ fail"]);
    assert_eq!(kept(&bench), [], "what failed may have stopped early");
}

#[test]
fn a_damaged_line_is_told_and_costs_nothing_else() {
    let bench = program();
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    let folder = fs::read_dir(bench.path("target/blocks/results")).expect("a folder").next();
    let folder = folder.expect("a machine").expect("a folder").path();
    fs::write(folder.join("\u{1b}[2J.jsonl"), "<<<<<<< HEAD\n{\n").expect("written");
    let said = bench.run(&["history"]);
    said.expect(0, &["seconds/fmt"]);
    assert!(said.err.contains("/.jsonl:1: no measurement: a mark of a merge"), "{}", said.err);
    assert!(said.err.contains("/.jsonl:2: ") && !said.err.contains('\u{1b}'), "{}", said.err);
}

#[test]
fn what_changes_during_a_run_is_kept_of_no_commit() {
    let bench = program();
    bench.write(
        ".github/pipeline-config.yml",
        "stages: {edit: {run: [cp, Cargo.toml, notes.txt]}}\n",
    );
    bench.write("notes.txt", "before\n");
    bench.check(&["fmt"]).expect(0, &["fmt    ✓ pass"]);
    commit(&bench);
    bench.check(&["edit"]).expect(0, &["edit   ✓ pass"]);
    assert_eq!(kept(&bench), []);
    commit(&bench);
    bench.check(&["edit"]).expect(0, &["edit   ✓ pass"]);
    assert_eq!(kept(&bench), [("seconds/edit".to_owned(), 1)], "it stays as it is");
}
