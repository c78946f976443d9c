//! Damaged and forged records: never a pass, and no verdict wherever the damage can be seen.

use crate::evidence::*;
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome};
use blocks_stages::Table;
use std::fs;

/// The evidence files that the gate of a stage reads.
pub fn files_of(stage: &str) -> Vec<&'static str> {
    let table = Table::embedded();
    let row = table.stage(stage).unwrap();
    let read = table.recorded_by(row).evidence.iter().map(|evidence| evidence.file.as_str());
    match stage {
        "test" => vec!["junit.xml"],
        "coverage" => vec!["coverage.json"],
        // Code that does not compile leaves no program.
        "size" => vec!["size.jsonl"],
        // What is built for pages counts where it does not compile.
        "readme" => vec!["metadata.json", "pages.txt", "helps.txt"],
        _ => read.collect(),
    }
}

type Damage = fn(&[u8], &[u8]) -> Vec<u8>;

/// What can happen to a file, given it and the same file of the other record.
const DAMAGES: [(&str, Damage); 5] = [
    ("cut in half", |bytes, _| bytes[..bytes.len() / 2].to_vec()),
    ("followed by garbage", |bytes, _| [bytes, b"garbage\n"].concat()),
    ("emptied", |_, _| Vec::new()),
    ("replaced by the other record's", |_, other| other.to_vec()),
    ("one byte changed", |bytes, _| {
        let mut bytes = bytes.to_vec();
        let middle = bytes.len() / 2;
        if let Some(byte) = bytes.get_mut(middle) {
            *byte ^= 1;
        }
        bytes
    }),
];

fn pairs() -> Vec<(&'static str, Fixture, Fixture)> {
    let ids = Table::embedded().stage_ids();
    ids.flat_map(|id| {
        [
            (id, Fixture::passing(id), Fixture::failing(id)),
            (id, Fixture::failing(id), Fixture::passing(id)),
        ]
    })
    .collect()
}

#[test]
fn changed_evidence_gives_no_verdict() {
    for (stage, fixture, other) in pairs() {
        for file in files_of(stage) {
            let path = fixture.folder().join(file);
            let whole = fs::read(&path).unwrap();
            let others = fs::read(other.folder().join(file)).unwrap();
            for (what, damage) in DAMAGES {
                let damaged = damage(&whole, &others);
                if damaged == whole {
                    continue;
                }
                fs::write(&path, damaged).unwrap();
                let verdict = fixture.judge();
                assert_eq!(
                    verdict.outcome,
                    Outcome::NoVerdict,
                    "{stage} {file} {what}: {verdict:?}"
                );
                assert_eq!(verdict.causes[0].code, Code::EvidenceChanged, "{stage} {file} {what}");
            }
            fs::remove_file(&path).unwrap();
            assert_eq!(fixture.judge().causes[0].code, Code::EvidenceAbsent, "{stage} {file}");
            assert_eq!(fixture.judge().outcome, Outcome::NoVerdict, "{stage} {file}");
            fs::write(&path, whole).unwrap();
        }
    }
}

#[test]
fn evidence_that_the_record_does_not_list_is_absent() {
    for (stage, mut fixture, _) in pairs() {
        for file in files_of(stage) {
            let listed = fixture.record.evidence.clone();
            fixture.record.evidence.retain(|one| one.file != file);
            fixture.save();
            assert_eq!(fixture.judge().causes[0].code, Code::EvidenceAbsent, "{stage} {file}");
            fixture.record.evidence = listed;
            fixture.save();
        }
    }
}

/// Text for people has no form that could be checked, and coverage has no exit status to compare
/// with. Digests alone protect them, and these tests forge digests.
fn is_protected_by_digest_alone(file: &str, what: &str) -> bool {
    file.ends_with(".stderr")
        || (file == "coverage.json" && what.starts_with("replaced"))
        || what == "one byte changed"
}

#[test]
fn forged_digests_do_not_make_damage_an_answer() {
    for (stage, mut fixture, other) in pairs() {
        let before = fixture.judge().outcome;
        for file in files_of(stage) {
            let path = fixture.folder().join(file);
            let whole = fs::read(&path).unwrap();
            let others = fs::read(other.folder().join(file)).unwrap();
            for (what, damage) in DAMAGES {
                let damaged = damage(&whole, &others);
                if damaged == whole || (whole.is_empty() && damaged.is_empty()) {
                    continue;
                }
                fixture.put(file, &damaged);
                let verdict = fixture.judge();
                if is_protected_by_digest_alone(file, what) {
                    let turned_green = before == Outcome::Fail && verdict.outcome == Outcome::Pass;
                    assert!(
                        // By another manifest a member is none.
                        !turned_green || matches!(file, "coverage.json" | "metadata.json"),
                        "{stage} {file} {what}: {verdict:?}"
                    );
                } else if file == "doc-coverage.jsonl" && before == Outcome::Fail {
                    // Documentation that does not build has failed, whatever was counted before.
                    assert_ne!(verdict.outcome, Outcome::Pass, "{stage} {file} {what}");
                } else if file == "unused.txt" && before == Outcome::Fail {
                    // Behind the list there is advice, as long as the list or longer.
                    assert_ne!(verdict.outcome, Outcome::Pass, "{stage} {file} {what}");
                } else if matches!(file, "docs.jsonl" | "times.json" | "pages.txt")
                    && what.starts_with("replaced")
                {
                    // rustdoc's warnings, times, and pages leave the exit status 0: a forged record is a record.
                    assert_ne!(verdict.outcome, before);
                } else if file == "fmt.diff"
                    && before == Outcome::Fail
                    && verdict.outcome != Outcome::NoVerdict
                {
                    // The syntax error in fmt.stderr still makes it fail.
                    assert_eq!(verdict.outcome, Outcome::Fail, "{stage} {file} {what}");
                } else {
                    assert_eq!(
                        verdict.outcome,
                        Outcome::NoVerdict,
                        "{stage} {file} {what}: {verdict:?}"
                    );
                }
            }
            fixture.put(file, &whole);
        }
    }
}

/// A stage, its exit status and its evidence.
type Claim = (&'static str, i32, &'static [(&'static str, &'static str)]);

#[test]
fn an_exit_status_that_the_evidence_denies_gives_no_verdict() {
    let cases: [Claim; 10] = [
        ("fmt", 0, &[("fmt.diff", DIFF), ("fmt.stderr", "")]),
        ("fmt", 1, &[("fmt.diff", ""), ("fmt.stderr", "")]),
        ("clippy", 0, &[("clippy.jsonl", MESSAGES_FAILED)]),
        ("clippy", 101, &[("clippy.jsonl", MESSAGES_CLEAN)]),
        ("clippy", 101, &[("clippy.jsonl", MESSAGES_FAILED_SILENTLY)]),
        ("test", 0, &[("junit.xml", JUNIT_FAILED)]),
        ("test", 100, &[("junit.xml", JUNIT_PASSED)]),
        ("doctest", 0, &[("doctest.txt", DOCTEST_FAILED), ("doctest.stderr", DOCTEST_STDERR)]),
        (
            "doctest",
            101,
            &[("doctest.txt", DOCTEST_PASSED), ("doctest.stderr", DOCTEST_STDERR_FAILED)],
        ),
        ("doctest", 0, &[("doctest.txt", ""), ("doctest.stderr", DOCTEST_STDERR)]),
    ];
    for (stage, exit, files) in cases {
        let verdict = Fixture::new(stage, exit, files).judge();
        assert_eq!(verdict.outcome, Outcome::NoVerdict, "{stage} {exit}: {verdict:?}");
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{stage} {exit}");
        assert!(
            verdict.summary.starts_with("no verdict: the tools ended with status"),
            "{}",
            verdict.summary
        );
    }
    let text = MESSAGES_FAILED.replace("\"success\":false", "\"success\":true");
    let verdict = Fixture::new("clippy", 0, &[("clippy.jsonl", &text)]).judge();
    assert_eq!(
        verdict.summary,
        "no verdict: the tools ended with status 0, but cargo's messages hold an error"
    );
}

#[test]
fn a_file_above_its_formats_limit_is_not_read() {
    let mut fixture = Fixture::passing("test");
    fixture.record.evidence[0].bytes = 1 << 40;
    fixture.save();
    let verdict = fixture.judge();
    assert_eq!(
        (verdict.outcome, verdict.causes[0].code),
        (Outcome::NoVerdict, Code::EvidenceMalformed)
    );
    assert!(verdict.summary.contains("1099511627776 bytes are more than"), "{}", verdict.summary);
}
