//! No bytes make a reader panic, and no cut or garbage makes it give an answer for a whole file.

use crate::criterion::{SAMPLE, read_lines};
use blocks_evidence::{
    EvidenceError, read_advisory_database, read_book_links, read_cargo_builds, read_cargo_deny,
    read_cargo_graph, read_cargo_hack, read_cargo_messages, read_cargo_metadata,
    read_cargo_mutants, read_cargo_timings, read_changelogs, read_compiler_runs,
    read_compiler_text, read_cyclonedx, read_deadnix, read_diffs, read_doc_coverage, read_examples,
    read_file_list, read_file_sizes, read_gungraun, read_junit, read_lcov, read_libtest_text,
    read_llvm_cov, read_machete_text, read_nixfmt_runs, read_package_runs, read_rustfmt_diff,
    read_semver_text, read_sources, read_taplo_text, read_times, read_typos, read_zizmor,
};
use proptest::prelude::*;

type Reader = fn(&[u8]) -> Result<(), EvidenceError>;

/// Readers whose format has an end, each with a whole file.
const STRICT: [(Reader, &str); 17] = [
    (|b| read_junit(b).map(drop), include_str!("../samples/junit-flaky.xml")),
    (|b| read_junit(b).map(drop), include_str!("../samples/junit-hostile.xml")),
    (|b| read_junit(b).map(drop), include_str!("../samples/junit-sanitizer.xml")),
    (|b| read_llvm_cov(b).map(drop), include_str!("../samples/coverage.json")),
    (|b| read_cargo_messages(b).map(drop), include_str!("../samples/clippy-errors.jsonl")),
    (|b| read_cargo_messages(b).map(drop), include_str!("../samples/docs-warnings.jsonl")),
    (|b| read_libtest_text(b).map(drop), include_str!("../samples/doctest-failed.txt")),
    (|b| read_cargo_metadata(b).map(drop), include_str!("../samples/metadata.json")),
    (|b| read_cargo_mutants(b).map(drop), include_str!("../samples/mutants.json")),
    (|b| read_cargo_deny(b).map(drop), include_str!("../samples/deny.jsonl")),
    (|b| read_advisory_database(b).map(drop), include_str!("../samples/database.txt")),
    (|b| read_cyclonedx(b).map(drop), include_str!("../samples/boms.txt")),
    (|b| read_examples(b).map(drop), include_str!("../samples/examples.json")),
    (|b| read_times(b).map(drop), include_str!("../samples/times.json")),
    (|b| read_lines(b).map(drop), SAMPLE),
    (|b| read_cargo_timings(b).map(drop), include_str!("../samples/timings.html")),
    (|b| read_lcov(b).map(drop), include_str!("../samples/lcov.info")),
];

const LOOSE: [(Reader, &str); 21] = [
    (|b| read_deadnix(b).map(drop), include_str!("../samples/deadnix.jsonl")),
    (|b| read_nixfmt_runs(b).map(drop), include_str!("../samples/nixfmt.txt")),
    // The reader of packages alone takes it, too.
    (|b| read_cargo_graph(b).map(drop), include_str!("../samples/graph.json")),
    (|b| read_sources(b).map(drop), include_str!("../samples/sources.txt")),
    (|b| read_gungraun(b).map(drop), include_str!("../samples/benchmarks.txt")),
    (|b| read_zizmor(b).map(drop), include_str!("../samples/workflows.json")),
    (|b| read_diffs(b).map(drop), include_str!("../samples/toml.diffs")),
    (|b| read_taplo_text(b).map(drop), include_str!("../samples/toml.stderr")),
    (|b| read_book_links(b).map(drop), include_str!("../samples/links.txt")),
    (|b| read_file_list(b).map(drop), include_str!("../samples/files.txt")),
    (|b| read_typos(b).map(drop), include_str!("../samples/spelling.jsonl")),
    (|b| read_doc_coverage(b).map(drop), include_str!("../samples/doc-coverage.jsonl")),
    (|b| read_cargo_builds(b).map(drop), include_str!("../samples/features.jsonl")),
    (|b| read_machete_text(b).map(drop), include_str!("../samples/unused.txt")),
    (|b| read_cargo_hack(b).map(drop), include_str!("../samples/features.stderr")),
    (|b| read_semver_text(b).map(drop), include_str!("../samples/semver.txt")),
    (|b| read_changelogs(b).map(drop), include_str!("../samples/changelogs.txt")),
    (|b| read_file_sizes(b).map(drop), include_str!("../samples/sizes.txt")),
    (|b| read_rustfmt_diff(b).map(drop), include_str!("../samples/fmt.diff")),
    (|b| read_compiler_text(b).map(drop), include_str!("../samples/doctest-compile-error.stderr")),
    (|b| read_compiler_text(b).map(drop), include_str!("../samples/fmt-syntax.stderr")),
];

#[test]
fn every_whole_sample_is_read() {
    for (read, text) in STRICT.iter().chain(&LOOSE) {
        read(text.as_bytes()).unwrap();
    }
}

#[test]
fn a_file_without_its_last_line_is_no_answer() {
    for (read, text) in STRICT {
        let cut = &text.as_bytes()[..text.trim_end().len() - 1];
        // A libtest text may lose the rest of its result's time.
        if !text.trim_end().ends_with('s') {
            assert!(read(cut).is_err(), "{text}");
        }
        assert!(read(&cut[..cut.len() / 2]).is_err(), "{text}");
    }
}

/// A list of runs with what they printed: a whole one, and none that was cut.
#[test]
fn a_list_of_runs_agrees_with_what_they_printed() {
    const MESSAGES: &str = include_str!("../samples/clippy-errors.jsonl");
    const SAID: &str = include_str!("../samples/doctest-compile-error.stderr");
    let runs = format!("1.70.0 a 101 {} {}\n", MESSAGES.lines().count(), SAID.lines().count());
    let read = |messages: &str, said: &str| {
        read_compiler_runs(runs.as_bytes(), messages.as_bytes(), said.as_bytes())
    };
    let whole = read(MESSAGES, SAID).unwrap();
    assert_eq!((whole.len(), whole[0].exit), (1, 101));
    assert!(whole[0].build.as_ref().is_some_and(|build| !build.success));
    assert!(whole[0].said.errors().next().is_some());
    let without_last = |text: &str| {
        let cut = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
        text[..cut].to_owned()
    };
    assert!(read(&without_last(MESSAGES), SAID).is_err());
    assert!(read(MESSAGES, &without_last(SAID)).is_err());
    assert!(read(MESSAGES, &format!("{SAID}more\n")).is_err());
}

/// The same of packages.
#[test]
fn a_list_of_packages_agrees_with_what_was_said_of_them() {
    const SAID: &str = include_str!("../samples/package.stderr");
    const RUNS: &str = include_str!("../samples/packages.txt");
    let read = |runs: &str, said: &str| read_package_runs(runs.as_bytes(), said.as_bytes());
    let whole = read(RUNS, SAID).unwrap();
    let found: Vec<_> = whole
        .iter()
        .map(|run| {
            let reason = run.last_error.as_ref().and_then(|error| error.reason.as_deref());
            (&*run.package, run.exit, run.is_verified, reason)
        })
        .collect();
    let unversioned = "all dependencies must have a version requirement specified when packaging. \
        dependency `shapes` does not specify a version";
    assert_eq!(found, [("shapes", 101, true, None), ("survey", 101, false, Some(unversioned))]);
    let error = whole[0].said.errors().next().unwrap();
    assert_eq!(error.place, Some(("src/lib.rs".to_owned(), 80)));
    let cut = SAID.trim_end().rfind('\n').unwrap() + 1;
    assert!(read(RUNS, &SAID[..cut]).is_err());
    assert!(read(RUNS, &format!("{SAID}more\n")).is_err());
    assert!(read(RUNS.trim_end(), SAID).is_err());
    assert!(read(&RUNS.replace("survey", "shapes"), SAID).is_err());
}

#[test]
fn text_of_another_kind_is_no_answer() {
    for (index, (read, _)) in STRICT.iter().enumerate() {
        for (other, (_, text)) in STRICT.iter().enumerate() {
            let same_kind = matches!((index.min(other), index.max(other)), (a, b) if a == b || b <= 2 || (a, b) == (4, 5));
            assert_eq!(read(text.as_bytes()).is_ok(), same_kind, "{index} {other}");
        }
        assert!(read_rustfmt_diff(STRICT[index].1.as_bytes()).is_err(), "{index}");
        assert!(read_doc_coverage(STRICT[index].1.as_bytes()).is_err(), "{index}");
    }
}

proptest! {
    #[test]
    fn no_lists_of_runs_make_the_reader_panic(
        runs in "([0-9.]{1,5} [a-z]{1,3} -?[0-9]{1,3} [0-9]{1,2} [0-9]{1,2}\n){0,4}",
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = read_compiler_runs(runs.as_bytes(), &rest, &rest);
        let _ = read_compiler_runs(&rest, runs.as_bytes(), &rest);
    }

    #[test]
    fn no_lists_of_packages_make_the_reader_panic(
        runs in "([a-z]{1,3} -?[0-9]{1,3} [0-9]{1,2}\n){0,4}",
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let _ = read_package_runs(runs.as_bytes(), &rest);
        let _ = read_package_runs(&rest, runs.as_bytes());
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (read, _) in STRICT.iter().chain(&LOOSE) {
            let _ = read(&bytes);
        }
    }

    #[test]
    fn no_change_of_a_few_bytes_makes_a_reader_panic(
        which in 0..STRICT.len() + LOOSE.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (read, text) = STRICT.iter().chain(&LOOSE).nth(which).unwrap();
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }

    #[test]
    fn no_cut_makes_a_reader_panic_and_a_real_cut_is_no_answer(which in 0_usize..5, at in any::<prop::sample::Index>()) {
        let (read, text) = STRICT[which];
        let whole = text.trim_end().len();
        prop_assert!(read(&text.as_bytes()[..at.index(whole)]).is_err());
    }

    #[test]
    fn garbage_after_the_end_is_no_answer(which in 0_usize..6, garbage in "[!-~]{1,20}") {
        let (read, text) = STRICT[which];
        prop_assume!(!garbage.starts_with("running"));
        let text = format!("{text}{garbage}");
        prop_assert!(read(text.as_bytes()).is_err());
    }
}
