//! What a step of GitHub Actions shows of a check.

use crate::{
    affected::{commit, git},
    bench::Bench,
};

/// A workspace of which a test fails, in a step.
fn step() -> Bench {
    let mut bench = Bench::green();
    bench.replace("assert_eq!(add(1, 2), 3);\n    }", "assert_eq!(add(1, 2), 4);\n    }");
    let summary = bench.path("target/summary.md");
    bench.write("target/summary.md", "# before\n");
    bench.set("GITHUB_ACTIONS", "true");
    bench.set("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"));
    bench
}

fn commit_all(bench: &Bench) {
    bench.write(".gitignore", "/target\n");
    git(bench, &["init", "--quiet", "--initial-branch=main"]);
    commit(bench);
}

#[test]
fn a_step_shows_what_failed_and_where() {
    let bench = step();
    let said = bench.check(&["fmt", "test"]);
    said.expect(1, &["✗ fail test"]);
    let commands: Vec<_> = said.err.lines().filter(|line| line.starts_with("::")).collect();
    let [command] = commands.as_slice() else { panic!("{commands:?}") };
    assert!(
        command.starts_with("::error file=src/lib.rs,line=35,title=test%3A test-failed::"),
        "{command}"
    );
    let summary = bench.read("target/summary.md");
    assert!(
        summary.starts_with("# before\n**fail: 1 pass, 1 fail** in small\n\n| Stage |"),
        "{summary}"
    );
    assert!(!said.out.contains("::error"), "{}", said.out);
}

#[test]
fn a_step_that_asks_all_has_the_whole_report_in_its_summary() {
    let bench = step();
    bench.check(&[]).expect(1, &["✗ fail test"]);
    let summary = bench.read("target/summary.md");
    let report = bench.read("target/blocks/report/report.md");
    assert_eq!(summary, format!("# before\n{report}"));
    assert!(report.contains("src/lib.rs") && report.contains("| Stage |"), "{report}");
}

#[test]
fn a_page_that_was_not_written_is_not_named() {
    let bench = step();
    commit_all(&bench);
    let lints = (0..12)
        .map(|at| format!("/// A lint.\npub fn lint_{at}() -> u8 {{\n    return 0;\n}}\n\n"));
    let lints = lints.collect::<Vec<_>>().concat();
    bench.replace("#[cfg(test)]", &format!("{lints}#[cfg(test)]"));
    let said = bench.check(&["clippy", "--affected"]);
    said.expect(1, &["::error ", "2 more are not shown here: the log of this step has more"]);
    let summary = bench.read("target/summary.md");
    assert!(!format!("{summary}{}", said.err).contains("report.html"), "{summary}{}", said.err);
}

#[test]
fn elsewhere_and_where_nobody_wants_it_nothing_is_shown() {
    let mut bench = step();
    let quiet = |bench: &Bench, arguments: &[&str]| {
        let said = bench.check(arguments);
        assert!(!said.err.lines().any(|line| line.starts_with("::")), "{}", said.err);
        assert_eq!(bench.read("target/summary.md"), "# before\n");
    };
    quiet(&bench, &["test", "--github", "never"]);
    bench.set("GITHUB_ACTIONS", "false");
    quiet(&bench, &["test"]);
}

#[test]
fn a_summary_that_is_full_or_cannot_be_written_is_no_fault_of_what_is_checked() {
    let mut bench = step();
    bench.write("target/summary.md", &"x".repeat(1024 * 1024));
    let said = bench.check(&["fmt"]);
    said.expect(0, &["✓ pass"]);
    assert!(
        said.err.contains("warning: the summary of the step is not written: it is full"),
        "{}",
        said.err
    );
    bench.set("GITHUB_STEP_SUMMARY", bench.path("target").to_str().expect("UTF-8"));
    let said = bench.check(&["fmt"]);
    said.expect(0, &["✓ pass"]);
    assert!(said.err.contains("warning: the summary of the step is not written: "), "{}", said.err);
}
