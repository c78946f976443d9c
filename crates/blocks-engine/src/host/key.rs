use std::{collections::BTreeMap, ffi::OsString, fs, path::Path};

use blocks_records::{Record, digest_of, digest_of_file};
use blocks_stages::Stage;

use crate::{Database, Toolchain, tools::Found};

/// Variables that change what cargo, compilers and tests do, by name or by prefix.
const COUNTED: &[&str] = &[
    "AR",
    "ASAN_",
    "CARGO_",
    "CC",
    "CFLAGS",
    "CXX",
    "CXXFLAGS",
    "LDFLAGS",
    "LOOM_",
    "LSAN_",
    "MIRI_",
    "NEXTEST",
    "PROPTEST_",
    "QUICKCHECK_",
    "RUST",
    "TSAN_",
    "TZ",
    "LANG",
    "LC_",
];

/// A digest of all that a stage's record depends on, beside the sources: the row, the toolchain,
/// the tools and the part of the environment that changes what they do.
pub(super) fn key(
    row: &Stage,
    toolchain: &Toolchain,
    found: &BTreeMap<String, Found>,
    environment: &[(OsString, OsString)],
) -> String {
    let tools: Vec<_> =
        row.tools.iter().map(|id| (id, found.get(id).map(|tool| &tool.version))).collect();
    let mut counted: Vec<_> =
        environment.iter().filter(|(name, _)| counts(&name.to_string_lossy())).collect();
    counted.sort();
    let text = format!("{row:?}\n{toolchain:?}\n{tools:?}\n{counted:?}");
    digest_of(text.as_bytes()).map_or_else(|_| String::new(), |digest| digest.sha256)
}

/// A key that also holds what a stage with a material compares: the records of `now`, and those in the folder `before`.
/// A record that was made again, and may have another answer, is another.
pub(super) fn with_compared(key: &str, now: &Path, before: &Path) -> String {
    let units = fs::read_dir(before).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut units: Vec<_> = units.collect();
    units.sort();
    let told = |folder: &Path| {
        Record::load(folder)
            .ok()
            .map(|it| (it.sources, it.key, it.attempt, it.ended, it.exit, it.evidence))
    };
    let all: Vec<_> = std::iter::once(told(now)).chain(units.iter().map(|it| told(it))).collect();
    let text = format!("{key}\n{all:?}");
    digest_of(text.as_bytes()).map_or_else(|_| String::new(), |digest| digest.sha256)
}

/// A key that also holds what a stage of machines depends on: the machine, and this program, whose step it is.
pub(super) fn with_machine(key: &str, machine: &str, program: &Path) -> String {
    // Of a program that cannot be read the step will say so.
    let program = digest_of_file(program).map_or_else(|_| String::new(), |digest| digest.sha256);
    let text = format!("{key}\n{machine}\n{program}");
    digest_of(text.as_bytes()).map_or_else(|_| String::new(), |digest| digest.sha256)
}

/// A key that also holds the advisory database.
pub(super) fn with_database(key: &str, database: &Database) -> String {
    let text = format!("{key}\n{database:?}");
    digest_of(text.as_bytes()).map_or_else(|_| String::new(), |digest| digest.sha256)
}

/// A key that also holds the features that are turned on.
pub(super) fn with_features(key: &str, words: &[String]) -> String {
    let text = format!("{key}\n{words:?}");
    digest_of(text.as_bytes()).map_or_else(|_| String::new(), |digest| digest.sha256)
}

fn counts(name: &str) -> bool {
    COUNTED.iter().any(|it| match it.strip_suffix('_') {
        Some(_) => name.starts_with(it),
        None => name == *it || (name.starts_with(it) && matches!(*it, "RUST" | "NEXTEST")),
    })
}
