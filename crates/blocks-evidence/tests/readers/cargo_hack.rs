use blocks_evidence::{read_cargo_builds, read_cargo_hack};
use proptest::prelude::*;

const BUILDS: &str = include_str!("../samples/features.jsonl");
const RUNS: &str = include_str!("../samples/features.stderr");

#[test]
fn each_run_has_its_package_its_features_and_its_messages() {
    let runs = read_cargo_hack(RUNS.as_bytes()).unwrap();
    let told: Vec<_> = runs.iter().map(|run| (&*run.package, &*run.features)).collect();
    assert_eq!(
        told,
        [
            ("a", "--no-default-features"),
            ("a", "--no-default-features --features x,y"),
            ("a", "--no-default-features --features x"),
            ("a", "--no-default-features --features y"),
            ("b", ""),
        ]
    );
    let builds = read_cargo_builds(BUILDS.as_bytes()).unwrap();
    let success: Vec<_> = builds.iter().map(|build| build.success).collect();
    assert_eq!(success, [true, true, false, true, true]);
    assert_eq!(builds[2].diagnostics[0].code.as_deref(), Some("E0432"));
}

#[test]
fn nothing_is_no_run() {
    assert!(read_cargo_builds(b"").unwrap().is_empty());
    assert!(read_cargo_hack(b"").unwrap().is_empty());
}

#[test]
fn runs_that_are_announced_and_are_not_there_are_refused() {
    let lines: Vec<&str> = RUNS.lines().collect();
    let without = |part: &str| {
        lines
            .iter()
            .filter(|line| !line.contains(part))
            .map(|line| format!("{line}\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    for (text, why) in [
        (without("(5/5)"), "4 of 5 runs are there"),
        (without("(2/5)"), "runs before this are not there"),
        (RUNS.replace("(3/5)", "(3/6)"), "runs before this are not there"),
        (RUNS.replace("(1/5)", "(one)"), "line 1: this names no run"),
    ] {
        let error = read_cargo_hack(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn messages_without_the_end_of_a_run_are_refused() {
    let (cut, _) = BUILDS.trim_end().rsplit_once('\n').unwrap();
    let error = read_cargo_builds(cut.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("no build-finished message"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_cargo_builds(&bytes);
        let _ = read_cargo_hack(&bytes);
    }
}
