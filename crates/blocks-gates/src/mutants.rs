//! The gate of mutation tests: each change that cargo-mutants made in what is new or changed has to make a test fail.
//!
//! A mutant without end is no failure: most are loops that never end, which a person would notice as well. One that does
//! not compile says nothing of tests.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{Format, Mutant, MutantEnd, MutantsReport, read_cargo_mutants};

/// The exit statuses of the tool and of the stage's script beside 0, where all mutants were caught.
const MISSED: i32 = 2;
const TIMED_OUT: i32 = 3;
const FAILS_WITHOUT: i32 = 4;
const UNKNOWN_NOW: i32 = 64;
const UNKNOWN_BEFORE: i32 = 65;
const UNCHANGED: i32 = 66;
const NONE: i32 = 67;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    match case.exit {
        FAILS_WITHOUT => {
            let message = "the tests fail without any change of the code, so that none is noticed";
            return Err(Refusal::new(Code::NoAnswer, message));
        }
        UNKNOWN_NOW => {
            let message = "the sources of now were not collected";
            return Err(Refusal::new(Code::EvidenceAbsent, message));
        }
        UNKNOWN_BEFORE => return Err(case.not_comparable("its sources were not collected")),
        UNCHANGED | NONE => {
            let measure = Measure::Mutants { caught: 0, missed: 0, timed_out: 0, unviable: 0 };
            return Ok(Finding::of(told(&measure, &[]), Vec::new(), measure));
        }
        _ => {}
    }
    let report = case.read(Format::CargoMutants, read_cargo_mutants)?;
    let count = |end| report.count(end) as u64;
    let (missed, timed_out) = (count(MutantEnd::Missed), count(MutantEnd::Timeout));
    let wanted = match (timed_out, missed) {
        (1.., _) => TIMED_OUT,
        (0, 1..) => MISSED,
        (0, 0) => 0,
    };
    if case.exit != wanted {
        return Err(case.contradicts("what became of the mutants says otherwise"));
    }
    if report.mutants.is_empty() {
        return Err(case.contradicts("there is no mutant"));
    }
    let (caught, unviable) = (count(MutantEnd::Caught), count(MutantEnd::Unviable));
    if caught + missed == 0 {
        let message = format!(
            "no mutant came to be tested: {timed_out} without end, {unviable} that do not compile"
        );
        return Err(Refusal::new(Code::NoAnswer, message));
    }
    let measure = Measure::Mutants { caught, missed, timed_out, unviable };
    let causes = causes(&report);
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

fn causes(report: &MutantsReport) -> Vec<Cause> {
    let missed = report.mutants.iter().filter(|mutant| mutant.end == MutantEnd::Missed);
    missed.map(cause).collect()
}

fn cause(mutant: &Mutant) -> Cause {
    let Mutant { package, file, line, change, .. } = mutant;
    let message = format!("{package}: no test fails with this change: {change}");
    Cause::new(Code::MutantMissed, message).about(Some(package)).at(Some((file.clone(), *line)))
}

pub(crate) fn told(measure: &Measure, causes: &[Cause]) -> String {
    let Measure::Mutants { caught, timed_out, unviable, .. } = *measure else {
        return counted(of_code(causes, Code::MutantMissed), "missed mutant", "missed mutants");
    };
    let missed = of_code(causes, Code::MutantMissed);
    if missed == 0 && caught == 0 && timed_out == 0 && unviable == 0 {
        return "no code to change is new or changed".to_owned();
    }
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let parts = [
        (missed > 0).then(|| counted(missed, "missed mutant", "missed mutants")),
        Some(format!("{} caught", counted(count(caught), "mutant", "mutants"))),
        (timed_out > 0).then(|| format!("{timed_out} without end")),
        (unviable > 0).then(|| format!("{unviable} that do not compile")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
