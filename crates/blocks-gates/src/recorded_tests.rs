//! The tests that records hold, for whoever reports them one by one.

use crate::case::Case;
use crate::gate::{Gate, Row, each, known, no_members};
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use crate::{Cause, Code, Outcome, memory, models};
use blocks_evidence::{
    Format, LibtestOutcome, LibtestRun, LibtestTest, Outcome as TestOutcome, Test,
    read_compiler_text, read_junit, read_libtest_text,
};
use blocks_records::UNIT_WORKSPACE;
use blocks_stages::Stage;

/// What the records of a stage hold of tests.
#[derive(Debug, Clone, PartialEq)]
pub struct StageTests {
    /// The stage.
    pub stage: String,
    /// What each unit's record holds, in the order of their names.
    pub units: Vec<UnitTests>,
    /// Why the stage has nothing to ask, where that is so of all units.
    pub not_applicable: Option<String>,
}

/// What the record of one unit holds of tests.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitTests {
    /// The unit.
    pub unit: String,
    /// The tests that could be read, with places relative to the workspace. Of an example, the binary is its
    /// library.
    pub tests: Vec<Test>,
    /// Why the unit does not pass, but for what is in the tests: a record that is absent, evidence that is
    /// malformed, code that does not compile.
    pub others: Vec<Cause>,
}

/// The tests that the records of a stage hold; none where the stage has no tests, or judges another's record.
///
/// A record is looked at as [`crate::judge`] does: of one that is absent, of other sources or malformed there are
/// causes, and never just no tests.
pub fn recorded_tests(stage: &Stage, given: Given<'_>) -> Option<StageTests> {
    let kinds = [Format::Junit, Format::LibtestText].map(Format::name);
    if stage.record.is_some() || !stage.evidence.iter().any(|it| kinds.contains(&it.kind.as_str()))
    {
        return None;
    }
    let row = match known(stage, given) {
        Ok(row) => row,
        Err(finding) if finding.outcome == Outcome::NotApplicable => {
            return Some(of_units(stage, vec![Found::Nothing(finding.summary)]));
        }
        Err(finding) => {
            return Some(of_units(stage, vec![Found::none(UNIT_WORKSPACE, finding.causes)]));
        }
    };
    let units = given.expected.units(stage).map(|unit| of_unit(row, given, unit));
    let mut units: Vec<Found> = units.collect();
    if units.is_empty() {
        units.push(Found::none(UNIT_WORKSPACE, no_members(stage).causes));
    }
    Some(of_units(stage, units))
}

/// What there is to tell of a unit.
enum Found {
    Tests(UnitTests),
    /// It has nothing to ask; why.
    Nothing(String),
}

impl Found {
    fn none(unit: &str, others: Vec<Cause>) -> Self {
        Self::Tests(UnitTests { unit: unit.to_owned(), tests: Vec::new(), others })
    }
}

fn of_units(stage: &Stage, found: Vec<Found>) -> StageTests {
    let mut why = None;
    let mut units = Vec::new();
    for one in found {
        match one {
            Found::Tests(tests) => units.push(tests),
            Found::Nothing(reason) => why = why.or(Some(reason)),
        }
    }
    let not_applicable = why.filter(|_| units.is_empty());
    StageTests { stage: stage.id.clone(), units, not_applicable }
}

fn of_unit<'a>(row: Row<'a>, given: Given<'a>, unit: (&'a str, Option<&'a str>)) -> Found {
    let unit = Unit::open(row, given, unit);
    let case = match unit.ready() {
        Ok(Ready::Case(case)) => case,
        Ok(Ready::NotApplicable(why)) => return Found::Nothing(why.to_owned()),
        Err(refusal) => return Found::none(unit.name, unit.no_verdict(refusal).causes),
    };
    let Gate::Each(judge, _) = row.gate else {
        return Found::none(unit.name, Vec::new());
    };
    let finding = each(&unit, judge);
    let tests = tests_of(&case);
    let are_read = tests.is_ok();
    let (tests, unread) = match tests {
        Ok(tests) => (tests, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    if tests.is_empty() && finding.outcome == Outcome::NotApplicable {
        return Found::Nothing(finding.summary);
    }
    let mut others = finding.causes;
    others.retain(|cause| !(are_read && is_of_test(cause.code)));
    match unread {
        // What could not be read is never just no tests, whatever a gate makes of it.
        Some(refusal) if others.is_empty() => others.extend(unit.no_verdict(refusal).causes),
        _ => {}
    }
    Found::Tests(UnitTests { unit: unit.name.to_owned(), tests, others })
}

/// Whether a cause is about one test, which says it itself. One that is flaky counts as passed in a report, and that it
/// fails the stage has to be said beside it.
fn is_of_test(code: Code) -> bool {
    use Code::{
        DataRace, Deadlock, DoctestFailed, MemoryError, MemoryLeak, ModelFailed, TestFailed,
        UndefinedBehavior,
    };
    matches!(
        code,
        TestFailed
            | DoctestFailed
            | MemoryError
            | MemoryLeak
            | DataRace
            | UndefinedBehavior
            | Deadlock
            | ModelFailed
    )
}

fn tests_of(case: &Case<'_>) -> Result<Vec<Test>, Refusal> {
    if case.recorded_by.evidence.iter().any(|it| it.kind == Format::Junit.name()) {
        let mut tests = match case.stage.gate.as_str() {
            "models" => models::tests_of(case)?.into_iter().map(|(test, _)| test).collect(),
            _ => case.read(Format::Junit, read_junit)?.tests,
        };
        for test in &mut tests {
            test.place = case.place(test.place.as_ref());
            // A sanitizer ends a test without a panic, and nextest then has nothing to say.
            if let Some(report) = test.sanitizer.as_ref().filter(|_| test.message.is_empty()) {
                test.message.clone_from(&report.what);
                test.place = memory::place(case, report);
            }
        }
        return Ok(tests);
    }
    let run = case.read(Format::LibtestText, read_libtest_text)?;
    let text = case.read(Format::CompilerText, read_compiler_text)?;
    Ok(examples(case, run, &text.doc_tests))
}

/// The examples of a unit, each under the name of its library, or of the unit where that is not known.
fn examples(case: &Case<'_>, run: LibtestRun, libraries: &[String]) -> Vec<Test> {
    let crates = run.crates(libraries).map(|all| all.into_iter().map(str::to_owned).collect());
    let crates: Vec<String> = crates.unwrap_or_default();
    let named = |test: LibtestTest| {
        let place = test.place.as_ref().map(|place| (place.file.clone(), place.line));
        Test {
            binary: crates.get(test.section).unwrap_or(&case.record.unit).clone(),
            outcome: match test.outcome {
                LibtestOutcome::Passed => TestOutcome::Passed,
                LibtestOutcome::Failed => TestOutcome::Failed,
                LibtestOutcome::Ignored => TestOutcome::Skipped,
            },
            name: test.name,
            flaky: false,
            tries: Vec::new(),
            kind: String::new(),
            message: test.message,
            place: case.place(place.as_ref()),
            output: test.output,
            sanitizer: None,
            seconds: None,
        }
    };
    run.tests.into_iter().map(named).collect()
}
