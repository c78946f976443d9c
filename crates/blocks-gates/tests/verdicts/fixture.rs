//! Records in temporary folders.

use crate::evidence;
use blocks_config::{Date, PipelineConfig};
use blocks_evidence::Coverage;
use blocks_gates::{
    Baseline, Expected, Given, RecordedBoms, RecordedLines, RecordedNumbers, RecordedPage,
    StageCost, StageTests, Verdict, judge, judge_unit, recorded_boms, recorded_cost,
    recorded_lines, recorded_numbers, recorded_pages, recorded_patch, recorded_tests,
};
use blocks_records::{Ended, EvidenceFile, Record, SCHEMA, StepRun, Toolchain, digest_of, folder};
use blocks_stages::{Stage, Table};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const SOURCES: &str = "sha256-00ff";
pub const ROOT: &str = "/workspace";
pub const TODAY: &str = "2026-08-01";

/// A record of a unit that ended with `exit`, without evidence.
pub fn record(stage: &Stage, unit: &str, exit: i32) -> Record {
    Record {
        schema: SCHEMA,
        stage: stage.record_stage().to_owned(),
        unit: unit.to_owned(),
        members: Vec::new(),
        sources: SOURCES.to_owned(),
        key: String::new(),
        attempt: String::new(),
        machine: String::new(),
        toolchain: Toolchain::default(),
        root: ROOT.to_owned(),
        ended: Ended::Answered,
        reason: String::new(),
        exit: Some(exit),
        steps: vec![StepRun { command: vec!["cargo".to_owned()], exit: Some(exit), seconds: 1.5 }],
        retries: Vec::new(),
        evidence: Vec::new(),
        log_bytes_cut: 0,
    }
}

/// Writes a file and lists it with its digest; the log is no evidence and is not listed.
pub fn put(folder: &Path, record: &mut Record, file: &str, bytes: &[u8]) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(file), bytes).unwrap();
    record.evidence.retain(|listed| listed.file != file);
    if file != "log" {
        let digest = digest_of(bytes).unwrap();
        let (bytes, sha256) = (digest.bytes, digest.sha256);
        record.evidence.push(EvidenceFile { file: file.to_owned(), bytes, sha256 });
    }
    record.save(folder).unwrap();
}

/// A stage that only compares does so when it makes its record: its gate wants to know with what, and reads nothing
/// of it.
pub fn baseline_of(stage: &Stage) -> Option<Baseline> {
    let (name, records) = ("main (1a2b3c4)".to_owned(), PathBuf::from("/nowhere"));
    stage.material.is_some().then(|| Baseline { name, records, expected: Expected::default() })
}

/// A records folder with one record.
pub struct Fixture {
    pub stage: &'static Stage,
    pub record: Record,
    pub config: PipelineConfig,
    pub baseline: Option<Baseline>,
    pub today: Option<Date>,
    dir: TempDir,
}

impl Fixture {
    /// A record of a stage that ended with `exit` and left these files.
    pub fn new(stage: &str, exit: i32, files: &[(&str, &str)]) -> Self {
        let stage = Table::embedded().stage(stage).unwrap();
        let record = record(stage, "workspace", exit);
        let dir = TempDir::new().unwrap();
        let (config, baseline) = (PipelineConfig::default(), baseline_of(stage));
        let today = TODAY.parse().ok();
        let mut fixture = Self { stage, record, config, baseline, today, dir };
        fs::create_dir_all(fixture.folder()).unwrap();
        for (file, text) in files {
            fixture.put(file, text.as_bytes());
        }
        fixture.save();
        fixture
    }

    pub fn passing(stage: &str) -> Self {
        let (exit, files) = evidence::passing(stage);
        Self::new(stage, exit, &files)
    }

    pub fn failing(stage: &str) -> Self {
        let (exit, files) = evidence::failing(stage);
        Self::new(stage, exit, &files)
    }

    pub fn folder(&self) -> PathBuf {
        folder(self.dir.path(), self.stage.record_stage(), "workspace")
    }

    /// Writes a file and lists it with its digest; the log is no evidence and is not listed.
    pub fn put(&mut self, file: &str, bytes: &[u8]) {
        let folder = self.folder();
        put(&folder, &mut self.record, file, bytes);
    }

    pub fn save(&self) {
        self.record.save(&self.folder()).unwrap();
    }

    pub fn judge(&self) -> Verdict {
        judge(self.stage, self.given(&self.expected()))
    }

    pub fn judge_as(&self, unit: &str, sources: Option<&str>) -> Verdict {
        judge_unit(self.stage, self.given(&self.expected()), unit, sources)
    }

    pub fn recorded_tests(&self) -> Option<StageTests> {
        recorded_tests(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_lines(&self) -> Option<RecordedLines> {
        recorded_lines(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_patch(&self) -> Option<Coverage> {
        recorded_patch(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_boms(&self) -> Option<RecordedBoms> {
        recorded_boms(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_pages(&self) -> Vec<RecordedPage> {
        recorded_pages(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_numbers(&self) -> RecordedNumbers {
        recorded_numbers(self.stage, self.given(&self.expected()))
    }

    pub fn recorded_cost(&self) -> Option<StageCost<'_>> {
        recorded_cost(self.stage, self.given(&self.expected()))
    }

    /// What others are compared with.
    pub fn as_baseline(&self) -> Baseline {
        let (name, records) = ("main (1a2b3c4)".to_owned(), self.dir.path().to_owned());
        Baseline { name, records, expected: self.expected() }
    }

    fn expected(&self) -> Expected {
        Expected::workspace([self.stage], Some(SOURCES))
    }

    fn given<'a>(&'a self, expected: &'a Expected) -> Given<'a> {
        let (records, config, baseline) = (self.dir.path(), &self.config, self.baseline.as_ref());
        Given { records, expected, config, baseline, today: self.today }
    }
}
