//! From a stage to its verdict.

use crate::case::Case;
use crate::finding::Finding;
use crate::patch_coverage::is_judged;
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use crate::verdict::{Whole, verdict};
use crate::{Cause, Code, Measure, Verdict, members};
use crate::{
    advisories, book, command, coverage, dependencies, diagnostics, doc_coverage, doctests,
    examples, features, formatted_files, formatting, instructions, memory, models, msrv, mutants,
    packages, readme, sbom, semver, sizes, spelling, tests, times, unsafe_code,
    unused_dependencies, unused_names, workflows,
};
use blocks_records::UNIT_WORKSPACE;
use blocks_stages::{Scope, Stage, Table};

/// What a gate does: evidence to a finding. An error is why there is no verdict.
#[derive(Clone, Copy)]
pub(crate) enum Gate {
    /// Judges each unit for itself. What they found is summed up, and told by the second function.
    Each(fn(&Case<'_>) -> Result<Finding, Refusal>, Told),
    /// Judges all units at once: what they say together is no sum of what each says.
    Together(fn(&[Case<'_>]) -> Joint),
}

/// An answer in a few words, from what was measured and the causes of a failure.
pub(crate) type Told = fn(&Measure, &[Cause]) -> String;

/// What a gate finds in several cases together.
pub(crate) struct Joint {
    /// What it finds in those that are not refused; no answer about all where one is.
    pub(crate) finding: Finding,
    /// The places of the cases that give no verdict among the others, and why they give none.
    pub(crate) refused: Vec<(usize, Refusal)>,
}

const GATES: [(&str, Gate); 30] = [
    ("formatting", Gate::Each(formatting::judge, formatting::told)),
    ("diagnostics", Gate::Each(diagnostics::judge, diagnostics::told)),
    ("tests", Gate::Each(tests::judge, tests::told)),
    ("properties", Gate::Each(tests::judge, tests::told)),
    ("coverage", Gate::Together(coverage::judge)),
    ("doctests", Gate::Each(doctests::judge, doctests::told)),
    ("examples", Gate::Each(examples::judge, examples::told)),
    ("doc-coverage", Gate::Each(doc_coverage::judge, doc_coverage::told)),
    ("unsafe-code", Gate::Each(unsafe_code::judge, unsafe_code::told)),
    ("memory", Gate::Each(memory::judge, memory::told)),
    ("models", Gate::Each(models::judge, models::told)),
    ("features", Gate::Each(features::judge, features::told)),
    ("mutants", Gate::Each(mutants::judge, mutants::told)),
    ("msrv", Gate::Each(msrv::judge, msrv::told)),
    ("dependencies", Gate::Each(dependencies::judge, dependencies::told)),
    ("advisories", Gate::Each(advisories::judge, advisories::told)),
    ("unused-dependencies", Gate::Each(unused_dependencies::judge, unused_dependencies::told)),
    ("packages", Gate::Each(packages::judge, packages::told)),
    ("sbom", Gate::Each(sbom::judge, sbom::told)),
    ("sizes", Gate::Each(sizes::judge, sizes::told)),
    ("instructions", Gate::Each(instructions::judge, instructions::told)),
    ("time", Gate::Each(times::judge, times::told)),
    ("readme", Gate::Each(readme::judge, readme::told)),
    ("book", Gate::Each(book::judge, book::told)),
    ("spelling", Gate::Each(spelling::judge, spelling::told)),
    ("formatted-files", Gate::Each(formatted_files::judge, formatted_files::told)),
    ("unused-names", Gate::Each(unused_names::judge, unused_names::told)),
    ("workflows", Gate::Each(workflows::judge, workflows::told)),
    ("semver", Gate::Each(semver::judge, semver::told)),
    ("command", Gate::Each(command::judge, command::told)),
];

/// The names that a row's `gate` can have.
pub fn gate_names() -> impl Iterator<Item = &'static str> {
    GATES.iter().map(|(name, _)| *name)
}

/// Whether the gate of a stage judges all members at once. What a few of them say is then no answer
/// about any: a library's lines run in the tests of those who need it, too.
pub fn judges_together(stage: &Stage) -> bool {
    GATES.iter().any(|(name, gate)| *name == stage.gate && matches!(gate, Gate::Together(_)))
}

/// A stage that can be judged.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    /// The stage that is asked for.
    pub(crate) stage: &'a Stage,
    /// The stage that left the record: `stage` or the one that it names.
    pub(crate) recorded_by: &'a Stage,
    pub(crate) gate: Gate,
}

impl<'a> Row<'a> {
    fn of(stage: &'a Stage) -> Result<Self, Refusal> {
        let recorded_by = match &stage.record {
            Some(id) => Table::in_use().stage(id).ok_or_else(|| unknown("stage", id))?,
            None => stage,
        };
        let gate = GATES.iter().find(|(name, _)| *name == stage.gate);
        let (_, gate) = gate.ok_or_else(|| unknown("gate", &stage.gate))?;
        Ok(Self { stage, recorded_by, gate: *gate })
    }

    fn is_of_members(self) -> bool {
        [self.stage, self.recorded_by].iter().any(|stage| stage.scope == Scope::Member)
    }
}

/// The verdict about a stage, over all units that it is expected to have: the workspace, or each
/// member. Records of other units are not looked at.
///
/// What is true of all members together is in the verdict itself, and what is true of each in its
/// `units`. A member without a verdict is never made up for by the others. A stage that the
/// configuration switches off (`stages.<id>.enabled`) is not applicable, whatever its records say; nor is one
/// that only compares, without a baseline.
pub fn judge(stage: &Stage, given: Given<'_>) -> Verdict {
    let whole = known(stage, given).and_then(|row| {
        let mut units = given.expected.units(stage).map(|unit| Unit::open(row, given, unit));
        if row.is_of_members() {
            let units: Vec<_> = units.collect();
            return match units.as_slice() {
                [] => Err(no_members(stage)),
                // All members in one record, or the only member.
                [only] => Ok(one(row, only)),
                _ => Ok(members::judge(row, &units)),
            };
        }
        let workspace = units.find(|unit| unit.name == UNIT_WORKSPACE);
        workspace.map(|unit| one(row, &unit)).ok_or_else(|| not_expected(stage))
    });
    verdict(stage, UNIT_WORKSPACE, whole.unwrap_or_else(Whole::from))
}

/// The verdict about a stage of one unit.
///
/// `expected_sources` are the sources that are asked for, whatever is expected of the unit otherwise;
/// without them a record of any sources is judged.
pub fn judge_unit(
    stage: &Stage,
    given: Given<'_>,
    unit: &str,
    expected_sources: Option<&str>,
) -> Verdict {
    // Of a part, what all members say together is not known, and so not compared.
    let is_part = judges_together(stage) && given.baseline.is_some();
    let baseline = given.baseline.filter(|_| !is_part);
    let given = Given { baseline, ..given };
    let whole = known(stage, given).and_then(|row| {
        // A share of changed lines that somebody wants is not met by leaving it out.
        if is_part && is_judged(given.config.test.patch_coverage_threshold) {
            let message =
                "of some members it is not known which changed lines tests run: ask all of them";
            return Err(Finding::no_verdict(Refusal::new(Code::NoAnswer, message)));
        }
        Ok(one(row, &Unit::open(row, given, (unit, expected_sources))))
    });
    verdict(stage, unit, whole.unwrap_or_else(Whole::from))
}

/// The row of a stage that is on, and has what it asks for.
pub(crate) fn known<'a>(stage: &'a Stage, given: Given<'_>) -> Result<Row<'a>, Finding> {
    if !given.config.is_enabled(&stage.id) {
        let why = if stage.opt_in {
            format!("opt-in: stages.{}.enabled is not true", stage.id)
        } else {
            format!("switched off: stages.{}.enabled is false", stage.id)
        };
        return Err(Finding::not_applicable(why));
    }
    if stage.material.is_some() && given.baseline.is_none() {
        return Err(Finding::not_applicable("there is no baseline to compare with"));
    }
    Row::of(stage).map_err(Finding::no_verdict)
}

fn one(row: Row<'_>, unit: &Unit<'_>) -> Whole {
    let found = match row.gate {
        Gate::Each(judge, _) => each(unit, judge),
        Gate::Together(judge) => each(unit, |case| {
            let Joint { finding, mut refused } = judge(std::slice::from_ref(case));
            refused.pop().map_or(Ok(finding), |(_, refusal)| Err(refusal))
        }),
    };
    Whole::of_one(unit, found)
}

/// What a gate of single units finds in one.
pub(crate) fn each(
    unit: &Unit<'_>,
    judge: impl FnOnce(&Case<'_>) -> Result<Finding, Refusal>,
) -> Finding {
    let found = unit.ready().and_then(|ready| match ready {
        Ready::Case(case) => judge(&case),
        Ready::NotApplicable(why) => unit.not_asked(why),
    });
    found.unwrap_or_else(|refusal| unit.no_verdict(refusal))
}

pub(crate) fn no_members(stage: &Stage) -> Finding {
    let message =
        format!("it is not known which members have a record of {}", stage.record_stage());
    Finding::no_verdict(Refusal::new(Code::RecordAbsent, message))
}

fn not_expected(stage: &Stage) -> Finding {
    let message = format!("no record of {} over the workspace is expected", stage.record_stage());
    Finding::no_verdict(Refusal::new(Code::RecordAbsent, message))
}

fn unknown(kind: &str, name: &str) -> Refusal {
    Refusal::new(Code::OtherStage, format!("this program has no {kind} {name}"))
}
