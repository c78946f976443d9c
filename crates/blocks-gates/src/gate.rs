//! From a stage to its verdict.

use crate::case::{Case, of_record};
use crate::finding::Finding;
use crate::{Cause, Code, MOST_CAUSES, Outcome, Verdict};
use crate::{coverage, diagnostics, doctests, formatting, log, tests};
use blocks_config::PipelineConfig;
use blocks_records::{Ended, Record, folder};
use blocks_stages::{Stage, Table};
use std::path::Path;

/// What a gate does: evidence to a finding. An error is why there is no verdict.
type Gate = fn(&Case<'_>) -> Result<Finding, Cause>;

const GATES: [(&str, Gate); 5] = [
    ("formatting", formatting::judge),
    ("diagnostics", diagnostics::judge),
    ("tests", tests::judge),
    ("coverage", coverage::judge),
    ("doctests", doctests::judge),
];

/// The names that a row's `gate` can have.
pub fn gate_names() -> impl Iterator<Item = &'static str> {
    GATES.iter().map(|(name, _)| *name)
}

/// The verdict about a stage of a unit, from the records in a folder.
///
/// `expected_sources` are the sources that are asked for; without them a record of any sources is
/// judged. A stage that the configuration switches off (`stages.<id>.enabled`) is not applicable,
/// whatever its record says.
pub fn judge(
    stage: &Stage,
    records_dir: &Path,
    unit: &str,
    expected_sources: Option<&str>,
    config: &PipelineConfig,
) -> Verdict {
    if let Some(why) = switched_off(stage, config) {
        return verdict(stage, unit, Finding::not_applicable(why), None);
    }
    let folder = folder(records_dir, stage.record_stage(), unit);
    let record = match Record::load(&folder) {
        Ok(record) => record,
        Err(error) => return verdict(stage, unit, Finding::no_verdict(of_record(&error)), None),
    };
    let finding = find(stage, unit, &folder, &record, expected_sources, config)
        .unwrap_or_else(|cause| Finding::no_verdict(explained(cause, &record, &folder)));
    verdict(stage, unit, finding, Some(&record))
}

/// A tool that ended with a "no" before it left its evidence has said why in the log.
fn explained(cause: Cause, record: &Record, folder: &Path) -> Cause {
    let stopped = matches!(cause.code, Code::EvidenceAbsent | Code::EvidenceMalformed)
        && record.exit.is_some_and(|exit| exit != 0);
    match log::first_error(folder) {
        Some(words) if stopped && cause.detail.is_none() => cause.with_detail(words),
        _ => cause,
    }
}

fn switched_off(stage: &Stage, config: &PipelineConfig) -> Option<String> {
    let is_off = !config.is_enabled(&stage.id);
    is_off.then(|| format!("switched off: stages.{}.enabled is false", stage.id))
}

fn find(
    stage: &Stage,
    unit: &str,
    folder: &Path,
    record: &Record,
    expected_sources: Option<&str>,
    config: &PipelineConfig,
) -> Result<Finding, Cause> {
    check_identity(stage, unit, record, expected_sources)?;
    match record.ended {
        Ended::Answered => {}
        Ended::NotApplicable => return Ok(Finding::not_applicable(&record.reason)),
        ended => return Err(no_answer(ended, &record.reason)),
    }
    let recorded_by = match &stage.record {
        Some(id) => Table::embedded().stage(id).ok_or_else(|| unknown("stage", id))?,
        None => stage,
    };
    let exit = answer(recorded_by, record)?;
    let (_, gate) = GATES
        .iter()
        .find(|(name, _)| *name == stage.gate)
        .ok_or_else(|| unknown("gate", &stage.gate))?;
    gate(&Case { stage, recorded_by, record, folder, config, exit })
}

fn check_identity(
    stage: &Stage,
    unit: &str,
    record: &Record,
    expected_sources: Option<&str>,
) -> Result<(), Cause> {
    if record.stage != stage.record_stage() || record.unit != unit {
        let message = format!(
            "the record is of stage {} and unit {}, not of {} and {unit}",
            record.stage,
            record.unit,
            stage.record_stage()
        );
        return Err(Cause::new(Code::OtherStage, message));
    }
    match expected_sources {
        Some(expected) if expected != record.sources => {
            let (found, expected) = (short(&record.sources), short(expected));
            let message = format!("the record is of sources {found}, not of {expected}");
            Err(Cause::new(Code::OtherSources, message))
        }
        _ => Ok(()),
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

fn no_answer(ended: Ended, reason: &str) -> Cause {
    let how = match ended {
        Ended::TimedOut => "it ran out of time",
        Ended::Killed => "a signal ended it",
        Ended::ToolMissing => "a tool is missing",
        Ended::ToolFailed => "a tool failed",
        Ended::Interrupted => "it was interrupted",
        Ended::Answered | Ended::NotApplicable => "it ended",
    };
    let text = if reason.is_empty() { how.to_owned() } else { format!("{how}: {reason}") };
    Cause::new(Code::NoAnswer, text)
}

/// The exit status, where the row knows it as an answer.
fn answer(recorded_by: &Stage, record: &Record) -> Result<i32, Cause> {
    let answers = recorded_by.deciding_step().map_or(&[][..], |step| &step.answers);
    match record.exit {
        Some(exit) if answers.contains(&exit) => Ok(exit),
        Some(exit) => Err(Cause::new(Code::NoAnswer, format!("exit status {exit} is no answer"))),
        None => Err(Cause::new(Code::NoAnswer, "the record has no exit status")),
    }
}

fn unknown(kind: &str, name: &str) -> Cause {
    Cause::new(Code::OtherStage, format!("this program has no {kind} {name}"))
}

fn verdict(stage: &Stage, unit: &str, finding: Finding, record: Option<&Record>) -> Verdict {
    let mut causes = finding.causes;
    // What does not compile comes first, because it can be the reason for the rest. Causes without
    // a file come last: they are about everything.
    causes.sort_by_cached_key(|cause| {
        let compiles = cause.code != Code::CompileError;
        (compiles, cause.file.is_none(), cause.file.clone(), cause.line, cause.code)
    });
    let more_causes = causes.len().saturating_sub(MOST_CAUSES);
    causes.truncate(MOST_CAUSES);
    let own_record = record.filter(|_| stage.record.is_none());
    Verdict {
        stage: stage.id.clone(),
        unit: unit.to_owned(),
        repeat: (finding.outcome == Outcome::Fail).then(|| stage.repeat.clone()),
        outcome: finding.outcome,
        summary: finding.summary,
        causes,
        more_causes,
        measure: finding.measure,
        seconds: own_record.map_or(0.0, Record::seconds),
    }
}
