//! One unit's record, before a gate looks at its evidence.

use crate::case::{Case, of_record};
use crate::finding::Finding;
use crate::gate::Row;
use crate::refusal::Refusal;
use crate::{Baseline, Code, Expected, limits, log};
use blocks_config::{Date, PipelineConfig};
use blocks_records::{Ended, Record, UNIT_WORKSPACE, folder, undivided};
use blocks_stages::Stage;
use std::path::{Path, PathBuf};

/// What is asked about one unit, and its record.
pub(crate) struct Unit<'a> {
    row: Row<'a>,
    pub(crate) name: &'a str,
    expected_sources: Option<&'a str>,
    config: &'a PipelineConfig,
    baseline: Option<&'a Baseline>,
    today: Option<Date>,
    folder: PathBuf,
    record: Result<Record, Refusal>,
    /// The members that it is made of; none where it is the whole workspace.
    pub(crate) members: Vec<String>,
}

/// What verdicts are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The folder of the records.
    pub records: &'a Path,
    /// The records that there have to be.
    pub expected: &'a Expected,
    /// The configuration.
    pub config: &'a PipelineConfig,
    /// What the records are compared with; none where there is nothing.
    pub baseline: Option<&'a Baseline>,
    /// The day that entries of the configuration with a date are judged on; none where it is not
    /// known.
    pub today: Option<Date>,
}

/// What there is to judge of a record that is the one asked for.
pub(crate) enum Ready<'a> {
    Case(Case<'a>),
    /// The stage has nothing to ask about this unit; why.
    NotApplicable(&'a str),
}

impl<'a> Unit<'a> {
    pub(crate) fn open(
        row: Row<'a>,
        given: Given<'a>,
        (name, expected_sources): (&'a str, Option<&'a str>),
    ) -> Self {
        let folder = folder(given.records, row.stage.record_stage(), name);
        let record = Record::load(&folder).map_err(|error| of_record(&error));
        let members = members_of(name, record.as_ref().ok());
        let baseline = given.baseline.filter(|_| row.stage.compares);
        let Given { config, today, .. } = given;
        Self { row, name, expected_sources, config, baseline, today, folder, record, members }
    }

    /// A unit of the baseline that a case is compared with.
    pub(crate) fn before(
        case: &Case<'a>,
        baseline: &'a Baseline,
        unit: (&'a str, Option<&'a str>),
    ) -> Self {
        let row = Row { stage: case.stage, recorded_by: case.recorded_by, gate: case.gate };
        let Baseline { records, expected, .. } = baseline;
        let Case { config, today, .. } = *case;
        Self::open(row, Given { records, expected, config, baseline: None, today }, unit)
    }

    /// The record, where it is of this stage, unit and sources, and has an answer.
    pub(crate) fn ready(&self) -> Result<Ready<'_>, Refusal> {
        let record = self.record.as_ref().map_err(Clone::clone)?;
        self.check_identity(record)?;
        match record.ended {
            Ended::Answered => {}
            Ended::NotApplicable => return Ok(Ready::NotApplicable(&record.reason)),
            ended => return Err(no_answer(ended, &record.reason)),
        }
        let Row { stage, recorded_by, gate } = self.row;
        let exit = answer(recorded_by, record)?;
        let (members, folder, config) = (&self.members[..], &self.folder, self.config);
        let (baseline, today) = (self.baseline, self.today);
        Ok(Ready::Case(Case {
            stage,
            recorded_by,
            gate,
            members,
            record,
            folder,
            config,
            baseline,
            today,
            exit,
        }))
    }

    /// That the stage had nothing to ask of the unit: no answer where the configuration expects one.
    pub(crate) fn not_asked(&self, why: &str) -> Result<Finding, Refusal> {
        let refused = limits::of_no_benchmark(&self.row.stage.gate, self.config, &self.members);
        refused.map_or_else(|| Ok(Finding::not_applicable(why)), Err)
    }

    /// No verdict, and why. A tool that ended with a "no" before it left its evidence has said why in
    /// the log.
    pub(crate) fn no_verdict(&self, mut refusal: Refusal) -> Finding {
        let failed = self.record.as_ref().is_ok_and(|it| it.exit.is_some_and(|exit| exit != 0));
        let stopped =
            failed && matches!(refusal.code, Code::EvidenceAbsent | Code::EvidenceMalformed);
        if stopped && refusal.detail.is_none() {
            refusal.detail = log::first_error(&self.folder);
        }
        Finding::no_verdict(refusal)
    }

    /// The wall time of what was run for the stage, in seconds. A stage that judges another's record
    /// took none.
    pub(crate) fn seconds(&self) -> f64 {
        let own = self.record.as_ref().ok().filter(|_| self.row.stage.record.is_none());
        own.map_or(0.0, Record::seconds)
    }

    /// The record, where it is the one that is asked for, however it ended.
    pub(crate) fn record(&self) -> Option<&Record> {
        self.record.as_ref().ok().filter(|record| self.check_identity(record).is_ok())
    }

    /// Whether it is a group of members (`a+2`) of which only the first is known, for want of its record.
    pub(crate) fn is_unknown_group(&self) -> bool {
        // No name of a package has a plus sign.
        self.record.is_err() && self.name.contains('+')
    }

    /// Whether Nix made the record: its sandbox shows a member less than the whole workspace.
    pub(crate) fn is_sandboxed(&self) -> bool {
        self.record.as_ref().is_ok_and(|record| record.sources.starts_with("nix-"))
    }

    fn check_identity(&self, record: &Record) -> Result<(), Refusal> {
        let stage = self.row.stage.record_stage();
        if record.stage != stage || record.unit != self.name {
            let message = format!(
                "the record is of stage {} and unit {}, not of {stage} and {}",
                record.stage, record.unit, self.name
            );
            return Err(Refusal::new(Code::OtherStage, message));
        }
        match self.expected_sources {
            Some(expected) if expected != record.sources => {
                let (found, expected) = (short(&record.sources), short(expected));
                let message = format!("the record is of sources {found}, not of {expected}");
                Err(Refusal::new(Code::OtherSources, message))
            }
            _ => Ok(()),
        }
    }
}

/// A group's record lists its members; a unit without a record, or with that of one member, is called
/// like its only member. A share of its tests is of the same members.
fn members_of(unit: &str, record: Option<&Record>) -> Vec<String> {
    let unit = undivided(unit);
    match record {
        _ if unit == UNIT_WORKSPACE => Vec::new(),
        Some(record) if !record.members.is_empty() => record.members.clone(),
        _ => vec![unit.to_owned()],
    }
}

/// Enough of what identifies sources to tell two apart.
fn short(sources: &str) -> String {
    const SHOWN: usize = 19;
    match sources.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &sources[..at]),
        None => sources.to_owned(),
    }
}

fn no_answer(ended: Ended, reason: &str) -> Refusal {
    let how = match ended {
        Ended::TimedOut => "it ran out of time",
        Ended::Killed => "a signal ended it",
        Ended::ToolMissing => "a tool is missing",
        Ended::ToolFailed => "a tool failed",
        Ended::Interrupted => "it was interrupted",
        Ended::Answered | Ended::NotApplicable => "it ended",
    };
    let text = if reason.is_empty() { how.to_owned() } else { format!("{how}: {reason}") };
    Refusal::new(Code::NoAnswer, text)
}

/// The exit status, where the row knows it as an answer.
fn answer(recorded_by: &Stage, record: &Record) -> Result<i32, Refusal> {
    let answers = recorded_by.deciding_step().map_or(&[][..], |step| &step.answers);
    match record.exit {
        Some(exit) if answers.contains(&exit) => Ok(exit),
        Some(exit) => Err(Refusal::new(Code::NoAnswer, format!("exit status {exit} is no answer"))),
        None => Err(Refusal::new(Code::NoAnswer, "the record has no exit status")),
    }
}
