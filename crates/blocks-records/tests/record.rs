//! A record gives back exactly what the stage left, or says why it cannot.

use std::{fs, path::Path};

use blocks_records::{
    Ended, EvidenceFile, Record, RecordError, Retry, SCHEMA, StepRun, Toolchain, digest_of,
    digest_of_file, folder, log::BoundedLog,
};
use proptest::prelude::*;
use tempfile::TempDir;

fn record_with(dir: &Path, file: &str, bytes: &[u8]) -> Record {
    fs::write(dir.join(file), bytes).expect("the evidence is written");
    let digest = digest_of_file(&dir.join(file)).expect("a digest");
    Record {
        schema: SCHEMA,
        stage: "fmt".to_owned(),
        unit: "workspace".to_owned(),
        members: Vec::new(),
        sources: "sha256-00".to_owned(),
        key: String::new(),
        attempt: String::new(),
        machine: String::new(),
        toolchain: Toolchain::default(),
        root: "/w".to_owned(),
        ended: Ended::Answered,
        reason: String::new(),
        exit: Some(0),
        steps: vec![StepRun { command: vec!["true".to_owned()], exit: Some(0), seconds: 1.5 }],
        retries: vec![Retry { ended: Ended::TimedOut, reason: "slow".to_owned(), seconds: 2.0 }],
        evidence: vec![EvidenceFile {
            file: file.to_owned(),
            bytes: digest.bytes,
            sha256: digest.sha256,
        }],
        log_bytes_cut: 0,
    }
}

#[test]
fn a_saved_record_is_read_back_whole() {
    let dir = TempDir::new().expect("a folder");
    let record = record_with(dir.path(), "a.txt", b"evidence");
    record.save(dir.path()).expect("saved");
    assert_eq!(Record::load(dir.path()), Ok(record.clone()));
    assert_eq!(record.read_evidence(dir.path(), "a.txt"), Ok(b"evidence".to_vec()));
    assert!((record.seconds() - 3.5).abs() < f64::EPSILON);
    assert!(record.is_answer());
    assert!(!dir.path().join(".record.json.part").exists());
}

#[test]
fn a_record_that_is_not_there_is_absent() {
    let dir = TempDir::new().expect("a folder");
    let error = Record::load(dir.path()).expect_err("nothing there");
    assert!(matches!(error, RecordError::Absent { .. }), "{error}");
}

#[test]
fn a_record_that_is_cut_is_malformed() {
    let dir = TempDir::new().expect("a folder");
    record_with(dir.path(), "a.txt", b"x").save(dir.path()).expect("saved");
    let whole = fs::read(dir.path().join("record.json")).expect("read");
    for length in [0, 1, whole.len() / 2, whole.len() - 3] {
        fs::write(dir.path().join("record.json"), &whole[..length]).expect("written");
        let error = Record::load(dir.path()).expect_err("cut");
        assert!(matches!(error, RecordError::Malformed { .. }), "{length}: {error}");
    }
}

#[test]
fn a_record_without_a_field_is_malformed_and_names_the_field() {
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("record.json"), "{\"schema\": 1}").expect("written");
    let error = Record::load(dir.path()).expect_err("no stage");
    assert!(error.to_string().contains("missing field `stage`"), "{error}");
}

#[test]
fn a_record_of_a_newer_program_is_refused_in_words() {
    let dir = TempDir::new().expect("a folder");
    fs::write(dir.path().join("record.json"), "{\"schema\": 99, \"new\": true}").expect("written");
    let error = Record::load(dir.path()).expect_err("newer");
    assert!(
        error
            .to_string()
            .ends_with("has schema 99, this program reads up to 1: update cargo-blocks")
    );
}

#[test]
fn evidence_that_was_touched_is_refused() {
    let dir = TempDir::new().expect("a folder");
    let record = record_with(dir.path(), "a.txt", b"evidence");
    let refusal = |bytes: &[u8]| {
        fs::write(dir.path().join("a.txt"), bytes).expect("written");
        record.read_evidence(dir.path(), "a.txt").expect_err("changed").to_string()
    };
    assert!(refusal(b"evid").contains("it has 4 bytes, the record says 8"));
    assert!(refusal(b"EVIDENCE").contains("its SHA-256 is "));
    fs::remove_file(dir.path().join("a.txt")).expect("removed");
    let error = record.read_evidence(dir.path(), "a.txt").expect_err("gone");
    assert_eq!(error.to_string(), "a.txt is absent");
}

#[test]
fn evidence_that_the_record_does_not_list_is_absent() {
    let dir = TempDir::new().expect("a folder");
    let record = record_with(dir.path(), "a.txt", b"evidence");
    fs::write(dir.path().join("b.txt"), b"planted").expect("written");
    let error = record.read_evidence(dir.path(), "b.txt").expect_err("not listed");
    assert_eq!(error, RecordError::EvidenceAbsent { file: "b.txt".to_owned() });
}

#[test]
fn a_fault_is_no_answer() {
    let dir = TempDir::new().expect("a folder");
    let mut record = record_with(dir.path(), "a.txt", b"");
    for ended in
        [Ended::TimedOut, Ended::Killed, Ended::ToolMissing, Ended::ToolFailed, Ended::Interrupted]
    {
        record.ended = ended;
        assert!(!record.is_answer(), "{ended:?}");
    }
    record.ended = Ended::NotApplicable;
    assert!(record.is_answer());
}

#[test]
fn the_digest_is_sha_256() {
    // The test vector of FIPS 180-4 for "abc".
    let digest = digest_of(&b"abc"[..]).expect("a digest");
    assert_eq!(digest.bytes, 3);
    assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn the_folder_of_a_record_names_stage_and_unit() {
    assert_eq!(folder(Path::new("r"), "fmt", "workspace"), Path::new("r/fmt/workspace"));
}

proptest! {
    #[test]
    fn a_log_keeps_its_ends_and_counts_the_rest(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..20), limit in 0_usize..64) {
        let mut log = BoundedLog::with_limit(limit);
        for chunk in &chunks {
            log.push(chunk);
        }
        let all: Vec<u8> = chunks.concat();
        let mut out = Vec::new();
        log.write_to(&mut out).expect("written to memory");
        if all.len() <= limit {
            prop_assert_eq!(log.bytes_cut(), 0);
            prop_assert_eq!(out, all);
        } else {
            prop_assert_eq!(log.bytes_cut(), (all.len() - limit) as u64);
            prop_assert!(out.starts_with(&all[..limit / 2]));
            prop_assert!(out.ends_with(&all[all.len() - (limit - limit / 2)..]));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let dir = TempDir::new().expect("a folder");
        fs::write(dir.path().join("record.json"), bytes).expect("written");
        prop_assert!(Record::load(dir.path()).is_err());
    }
}
