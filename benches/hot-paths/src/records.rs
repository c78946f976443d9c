use crate::{Code, junit};
use blocks_config::PipelineConfig;
use blocks_gates::{Expected, Given, Verdict, judge, recorded_cost, recorded_tests};
use blocks_records::{Ended, EvidenceFile, Record, SCHEMA, StepRun, Toolchain, digest_of, folder};
use blocks_stages::{Stage, Table};
use blocks_views::{Cost, Origin, junit as junit_view, status_json, table};
use std::{fs, io, path::PathBuf};

/// The stage that leaves the records, and one that judges them, too.
const STAGES: [&str; 2] = ["test", "coverage"];
const SOURCES: &str = "sha256-00ff";
/// The tests of a record, one of which fails.
const TESTS: usize = 20;
/// The code that the tests of a record run.
const CODE: Code = Code { files: 2, lines: 100 };

/// A folder of records of `test`, one a member, each of 20 tests and 200 lines of code.
#[derive(Debug)]
pub struct Records {
    folder: PathBuf,
    expected: Expected,
    stages: Vec<&'static Stage>,
}

/// What there is to show of records.
#[derive(Debug, PartialEq)]
pub struct Report {
    /// What the gates found.
    pub verdicts: Vec<Verdict>,
    /// The verdicts as JSON.
    pub status: String,
    /// The verdicts as a table.
    pub table: String,
    /// All tests as one report.
    pub junit: String,
}

/// Why there are no records.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The folder cannot be written.
    #[error("cannot write {0}: {1}")]
    Folder(PathBuf, io::Error),
    /// The table of stages has another name for it.
    #[error("there is no stage {0}")]
    Stage(&'static str),
}

impl Records {
    /// Writes so many records below a folder.
    pub fn write(folder: PathBuf, count: usize) -> Result<Self, ReportError> {
        let records = Self::named(folder, count)?;
        let (tests, coverage) = (junit(TESTS), CODE.llvm_cov());
        let files = [("junit.xml", tests.as_str()), ("coverage.json", coverage.as_str())];
        for member in (0..count).map(member) {
            let written = records.write_one(&member, &files);
            written.map_err(|error| ReportError::Folder(records.folder.clone(), error))?;
        }
        Ok(records)
    }

    /// Records that are there already.
    pub fn named(folder: PathBuf, count: usize) -> Result<Self, ReportError> {
        let stage = |id| Table::embedded().stage(id).ok_or(ReportError::Stage(id));
        let stages = STAGES.into_iter().map(stage).collect::<Result<_, _>>()?;
        let mut expected = Expected::default();
        (0..count).for_each(|index| expected.insert(STAGES[0], &member(index), Some(SOURCES)));
        Ok(Self { folder, expected, stages })
    }

    fn write_one(&self, member: &str, files: &[(&str, &str)]) -> io::Result<()> {
        let place = folder(&self.folder, STAGES[0], member);
        fs::create_dir_all(&place)?;
        let mut record = record(member);
        for (file, text) in files {
            fs::write(place.join(file), text)?;
            let digest = digest_of(text.as_bytes())?;
            let (file, bytes, sha256) = ((*file).to_owned(), digest.bytes, digest.sha256);
            record.evidence.push(EvidenceFile { file, bytes, sha256 });
        }
        record.save(&place)
    }

    /// Judges all records, and shows what there is.
    pub fn report(&self) -> Report {
        let config = PipelineConfig::default();
        let (records, expected) = (self.folder.as_path(), &self.expected);
        let given = Given { records, expected, config: &config, baseline: None, today: None };
        let verdicts: Vec<Verdict> = self.stages.iter().map(|stage| judge(stage, given)).collect();
        let origin = Origin { sources: self.expected.sources(), toolchain: None };
        let tests: Vec<_> =
            self.stages.iter().filter_map(|stage| recorded_tests(stage, given)).collect();
        let cost = |stage: &&'static Stage| {
            recorded_cost(stage, given).map(|now| Cost { now, before: None })
        };
        let costs: Vec<_> = self.stages.iter().filter_map(cost).collect();
        Report {
            status: status_json(&verdicts, &origin, &costs),
            table: table(&verdicts, false),
            junit: junit_view(&tests).xml,
            verdicts,
        }
    }
}

fn member(index: usize) -> String {
    format!("member-{index:03}")
}

fn record(member: &str) -> Record {
    let command = ["cargo", "nextest", "run"].map(str::to_owned).to_vec();
    // Of 20 tests one fails, for which nextest ends with 100.
    let exit = Some(100);
    Record {
        schema: SCHEMA,
        stage: STAGES[0].to_owned(),
        unit: member.to_owned(),
        members: vec![member.to_owned()],
        sources: SOURCES.to_owned(),
        key: String::new(),
        attempt: String::new(),
        machine: String::new(),
        toolchain: Toolchain::default(),
        root: "/workspace".to_owned(),
        ended: Ended::Answered,
        reason: String::new(),
        exit,
        steps: vec![StepRun { command, exit, seconds: 1.5 }],
        retries: Vec::new(),
        evidence: Vec::new(),
        log_bytes_cut: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Records, ReportError};
    use blocks_gates::{Measure, Outcome};

    #[test]
    fn every_record_is_judged() {
        let dir = tempfile::tempdir().unwrap();
        let written = Records::write(dir.path().to_owned(), 3).unwrap();
        let report = written.report();
        let outcomes: Vec<_> = report.verdicts.iter().map(|verdict| verdict.outcome).collect();
        assert_eq!(outcomes, [Outcome::Fail, Outcome::Fail], "{}", report.table);
        let measures: Vec<_> =
            report.verdicts.iter().filter_map(|verdict| verdict.measure).collect();
        let tests = Measure::Tests { passed: 54, failed: 3, flaky: 0, quarantined: 0, skipped: 3 };
        let coverage = Measure::Coverage { covered: 180, count: 200, threshold: 95.0 };
        assert_eq!(measures, [tests, coverage]);
        assert_eq!(report.junit.matches("<testcase ").count(), 60);
        assert_eq!(Records::named(dir.path().to_owned(), 3).unwrap().report(), report);
        assert_eq!(report.verdicts[0].units.len(), 3, "{}", report.status);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error() {
        let error = Records::write("/dev/null".into(), 1).unwrap_err();
        assert!(matches!(error, ReportError::Folder(..)), "{error}");
    }
}
