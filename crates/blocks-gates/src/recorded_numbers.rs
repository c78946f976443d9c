//! The numbers that a record holds, for whoever keeps them from revision to revision.

use crate::case::Case;
use crate::gate::known;
use crate::performance::Compared;
use crate::refusal::Refusal;
use crate::unit::{Given, Ready, Unit};
use crate::{instructions, sizes, times};
use blocks_evidence::{CompiledUnit, Count, Format, read_cargo_messages, read_cargo_timings};
use blocks_records::Toolchain;
use blocks_stages::Stage;

/// What is counted or timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// What a benchmark counts.
    Benchmark(Count),
    /// The nanoseconds that a benchmark takes.
    Time,
    /// The bytes of a program.
    Program,
    /// The bytes of a program with all that it names in a store.
    Closure,
    /// The seconds that it took to compile a package's library and programs, each counted from its start to its end.
    Compilation,
}

/// A number of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// What it counts.
    pub counted: Counted,
    /// The package that it is about.
    pub package: String,
    /// The benchmark or program; nothing where it is about the package.
    pub name: String,
    /// How many.
    pub value: f64,
}

/// What the record of one unit holds.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitNumbers {
    /// The unit.
    pub unit: String,
    /// What made it.
    pub toolchain: Toolchain,
    /// The class of the machine that made it; empty where nobody knows it.
    pub machine: String,
    /// Whether Nix made it, maybe elsewhere: then times are of a machine that nobody knows.
    pub is_by_nix: bool,
    /// How long its steps took, in seconds; tries that came to no answer are not in it.
    pub seconds: f64,
    /// The numbers, none twice.
    pub numbers: Vec<Number>,
    /// Why some of its evidence gave none, though the gate takes it.
    pub unread: Option<String>,
}

/// The numbers of a stage's records.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecordedNumbers {
    /// Of each unit with an answer that the gate can judge.
    pub units: Vec<UnitNumbers>,
    /// Whether these, and those that the stage has nothing to ask about, are all that are expected.
    pub is_whole: bool,
}

/// What a stage's records hold. The record of a unit is looked at as [`crate::judge`] does: one that leaves no verdict gives
/// no number. A stage that judges another's record has none.
pub fn recorded_numbers(stage: &Stage, given: Given<'_>) -> RecordedNumbers {
    let mut recorded = RecordedNumbers::default();
    let Some(row) = known(stage, given).ok().filter(|_| stage.record.is_none()) else {
        return recorded;
    };
    recorded.is_whole = true;
    for unit in given.expected.units(stage) {
        let unit = Unit::open(row, given, unit);
        let found = unit.ready().and_then(|ready| match ready {
            Ready::Case(case) => of_case(&case, unit.name, unit.is_sandboxed()).map(Some),
            Ready::NotApplicable(_) => Ok(None),
        });
        recorded.is_whole &= found.is_ok();
        recorded.units.extend(found.ok().flatten());
    }
    recorded
}

fn of_case(case: &Case<'_>, unit: &str, is_by_nix: bool) -> Result<UnitNumbers, Refusal> {
    let has = |format: Format| {
        let mut evidence = case.recorded_by.evidence.iter();
        evidence.any(|it| it.kind == format.name() && it.is_due(Some(case.exit)))
    };
    let mut numbers = Vec::new();
    let mut unread = None;
    if has(Format::GungraunSummaries) {
        numbers.extend(of_benchmarks(case)?);
    }
    if has(Format::Times) {
        numbers.extend(of_times(case)?);
    }
    if has(Format::FileSizes) {
        numbers.extend(of_programs(case)?);
    }
    if has(Format::CargoTimings) {
        match of_compilation(case) {
            Ok(found) => numbers.extend(found),
            Err(refusal) => unread = Some(refusal.message),
        }
    }
    let seconds = case.record.steps.iter().fold(0.0, |sum, step| sum + step.seconds);
    Ok(UnitNumbers {
        unit: unit.to_owned(),
        toolchain: case.record.toolchain.clone(),
        machine: case.record.machine.clone(),
        is_by_nix,
        seconds,
        numbers,
        unread,
    })
}

fn of_benchmarks(case: &Case<'_>) -> Result<Vec<Number>, Refusal> {
    let mut numbers = Vec::new();
    for ((package, name), counts) in instructions::read(case)? {
        let counts = counts.into_iter();
        numbers.extend(
            counts.map(|(count, it)| number(Counted::Benchmark(count), (&package, &name), it)),
        );
    }
    Ok(numbers)
}

/// How long each benchmark of now takes, where both sides were measured.
fn of_times(case: &Case<'_>) -> Result<Vec<Number>, Refusal> {
    let number = |it: Compared| {
        Some(Number { counted: Counted::Time, package: it.package?, name: it.name, value: it.now? })
    };
    Ok(times::compared_in(case)?.into_iter().filter_map(number).collect())
}

fn of_programs(case: &Case<'_>) -> Result<Vec<Number>, Refusal> {
    let mut numbers = Vec::new();
    for ((package, name), size) in sizes::read(case)? {
        numbers.push(number(Counted::Program, (&package, &name), size.program));
        numbers.extend(size.closure.map(|it| number(Counted::Closure, (&package, &name), it)));
    }
    Ok(numbers)
}

#[expect(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]
fn number(counted: Counted, (package, name): (&str, &str), value: u64) -> Number {
    Number { counted, package: package.to_owned(), name: name.to_owned(), value: value as f64 }
}

/// Of packages of the workspace that were compiled as a whole: what was there already took no time, which would look as if
/// the package had become faster.
fn of_compilation(case: &Case<'_>) -> Result<Vec<Number>, Refusal> {
    let messages = case.read(Format::CargoMessages, read_cargo_messages)?;
    let timings = case.read(Format::CargoTimings, read_cargo_timings)?;
    let mut numbers = Vec::new();
    for package in messages.packages.iter().filter(|it| it.is_compiled) {
        let is_of_it = |unit: &&CompiledUnit| {
            let is_same = (&unit.package, &unit.version) == (&package.name, &package.version);
            is_same && !unit.is_build_script()
        };
        let units: Vec<_> = timings.iter().filter(is_of_it).collect();
        if units.is_empty() {
            return Err(case.contradicts(&format!("no time of {} was taken", package.name)));
        }
        numbers.push(Number {
            counted: Counted::Compilation,
            package: package.name.clone(),
            name: String::new(),
            value: units.iter().fold(0.0, |sum, unit| sum + unit.seconds),
        });
    }
    Ok(numbers)
}
