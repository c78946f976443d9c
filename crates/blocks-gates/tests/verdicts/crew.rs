//! Records of several members in a temporary folder.

use crate::evidence;
use crate::fixture::{SOURCES, TODAY, baseline_of, put, record};
use blocks_config::PipelineConfig;
use blocks_evidence::MetadataPackage;
use blocks_gates::{
    Baseline, Cause, Expected, Given, RecordedLines, StageTests, Verdict, judge, judge_unit,
    recorded_lines, recorded_packages, recorded_tests,
};
use blocks_records::{Record, folder};
use blocks_stages::{Scope, Stage, Table};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A records folder with a record of each of several members.
pub struct Crew {
    pub stage: Stage,
    pub expected: Expected,
    pub config: PipelineConfig,
    pub baseline: Option<Baseline>,
    dir: TempDir,
}

impl Crew {
    /// No members yet, of a stage whose row is changed to run over members.
    pub fn new(stage: &str) -> Self {
        let mut stage = Table::embedded().stage(stage).unwrap().clone();
        stage.scope = Scope::Member;
        stage.repeat = stage.repeat.replace("--workspace", "{packages}");
        let (expected, config) = (Expected::default(), PipelineConfig::default());
        let baseline = baseline_of(&stage);
        Self { stage, expected, config, baseline, dir: TempDir::new().unwrap() }
    }

    /// Members that all pass.
    pub fn passing(stage: &str, members: &[&str]) -> Self {
        members.iter().fold(Self::new(stage), |crew, member| crew.with_passing(member))
    }

    /// One more member, or another record of one that is there.
    pub fn with(self, member: &str, exit: i32, files: &[(&str, &str)]) -> Self {
        self.with_record(member, exit, files, |_| {})
    }

    pub fn with_passing(self, member: &str) -> Self {
        let (exit, files) = evidence::passing(&self.stage.id);
        self.with_own(member, exit, files)
    }

    pub fn with_failing(self, member: &str) -> Self {
        let (exit, files) = evidence::failing(&self.stage.id);
        self.with_own(member, exit, files)
    }

    /// One more member, with evidence that is about its own library.
    fn with_own(self, member: &str, exit: i32, files: evidence::Files) -> Self {
        let named = |text: &str| {
            ["my-lib", "my_lib", "their-lib", "their_lib"]
                .iter()
                .fold(text.to_owned(), |text, name| text.replace(name, member))
        };
        let files: Vec<_> = files.into_iter().map(|(file, text)| (file, named(text))).collect();
        let files: Vec<_> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
        self.with(member, exit, &files)
    }

    /// The same, with a record that is changed; its sources are those that are expected.
    pub fn with_record(
        mut self,
        member: &str,
        exit: i32,
        files: &[(&str, &str)],
        change: impl FnOnce(&mut Record),
    ) -> Self {
        let mut record = record(&self.stage, member, exit);
        change(&mut record);
        let place = self.folder(member);
        let _ = fs::remove_dir_all(&place);
        fs::create_dir_all(&place).unwrap();
        record.save(&place).unwrap();
        for (file, text) in files {
            put(&place, &mut record, file, text.as_bytes());
        }
        let sources = record.sources.as_str();
        self.expected.insert(self.stage.record_stage(), member, Some(sources));
        self
    }

    pub fn folder(&self, member: &str) -> PathBuf {
        folder(self.dir.path(), self.stage.record_stage(), member)
    }

    pub fn expect(&mut self, member: &str, sources: Option<&str>) {
        self.expected.insert(self.stage.record_stage(), member, sources);
    }

    pub fn judge(&self) -> Verdict {
        judge(&self.stage, self.given())
    }

    pub fn judge_unit(&self, member: &str) -> Verdict {
        judge_unit(&self.stage, self.given(), member, Some(SOURCES))
    }

    pub fn recorded_tests(&self) -> Option<StageTests> {
        recorded_tests(&self.stage, self.given())
    }

    pub fn recorded_lines(&self) -> Option<RecordedLines> {
        recorded_lines(&self.stage, self.given())
    }

    pub fn recorded_packages(&self) -> Option<Vec<MetadataPackage>> {
        recorded_packages(self.given())
    }

    /// What others are compared with.
    pub fn as_baseline(&self) -> Baseline {
        let (name, records) = ("main (1a2b3c4)".to_owned(), self.dir.path().to_owned());
        Baseline { name, records, expected: self.expected.clone() }
    }

    fn given(&self) -> Given<'_> {
        Given {
            records: self.dir.path(),
            expected: &self.expected,
            config: &self.config,
            baseline: self.baseline.as_ref(),
            today: TODAY.parse().ok(),
        }
    }
}

/// Each cause in a line, with its unit.
pub fn lines(causes: &[Cause]) -> String {
    let line = |cause: &Cause| {
        let unit = cause.unit.as_deref().unwrap_or("-");
        let file = cause.file.as_deref().unwrap_or("-");
        let number = cause.line.map_or("-".to_owned(), |line| line.to_string());
        format!("{unit}: {file}:{number} {}: {}", cause.code, cause.message)
    };
    causes.iter().map(line).collect::<Vec<_>>().join("\n")
}
