//! The `outcomes.json` of cargo-mutants: what became of each change that it made
//! (<https://mutants.rs/mutants-out.html>).
//!
//! The tool writes the file anew after each mutant. Whether it came to its end its exit status says.

use crate::bounds::{MESSAGE, NAME, bounded};
use crate::error::{EvidenceError, Format};
use serde::Deserialize;

/// What became of the mutants, in the order in which they were tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutantsReport {
    /// Each change, and what became of it.
    pub mutants: Vec<Mutant>,
}

impl MutantsReport {
    /// How many came to this end.
    pub fn count(&self, end: MutantEnd) -> usize {
        self.mutants.iter().filter(|mutant| mutant.end == end).count()
    }
}

/// A change of code that tests should notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// The package whose code it is.
    pub package: String,
    /// The file, from the workspace's root.
    pub file: String,
    /// The line where the change begins, from 1.
    pub line: u32,
    /// The change, in the tool's words: `replace area -> u64 with 0`.
    pub change: String,
    /// What became of it.
    pub end: MutantEnd,
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum MutantEnd {
    /// A test failed.
    #[serde(rename = "CaughtMutant")]
    Caught,
    /// All tests passed.
    #[serde(rename = "MissedMutant")]
    Missed,
    /// Tests, or the compiler, did not come to an end.
    Timeout,
    /// It does not compile.
    Unviable,
}

#[derive(Deserialize)]
struct Outcomes {
    #[serde(rename = "outcomes")]
    list: Vec<Outcome>,
    total_mutants: usize,
    missed: usize,
    caught: usize,
    timeout: usize,
    unviable: usize,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: Scenario,
    summary: String,
}

#[derive(Deserialize)]
enum Scenario {
    /// The code as it is.
    Baseline,
    Mutant(Change),
}

#[derive(Deserialize)]
struct Change {
    name: String,
    package: String,
    file: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    start: Start,
}

#[derive(Deserialize)]
struct Start {
    line: u32,
    column: u32,
}

/// Reads what became of the mutants. The tests must have passed on the code as it is, and the tool's own sums must be
/// those of its list.
pub fn read_cargo_mutants(bytes: &[u8]) -> Result<MutantsReport, EvidenceError> {
    let format = Format::CargoMutants;
    format.check_size(bytes.len())?;
    let read: Outcomes = serde_json::from_slice(bytes)
        .map_err(|error| format.malformed_line(error.line(), &error))?;
    let mut mutants = Vec::new();
    let mut passed = false;
    for (index, outcome) in read.list.into_iter().enumerate() {
        let place = || format!("outcomes[{index}]");
        match outcome.scenario {
            Scenario::Baseline if outcome.summary == "Success" => passed = true,
            Scenario::Baseline => {
                return Err(format.malformed(place(), "the tests did not pass without a mutant"));
            }
            Scenario::Mutant(change) => {
                let end = end(&outcome.summary)
                    .ok_or_else(|| format.malformed(place(), "its end is not known"))?;
                mutants.push(change.mutant(end));
            }
        }
    }
    if !passed {
        return Err(format.malformed("outcomes", "nothing was tested without a mutant"));
    }
    let report = MutantsReport { mutants };
    let sums = [
        (read.missed, MutantEnd::Missed),
        (read.caught, MutantEnd::Caught),
        (read.timeout, MutantEnd::Timeout),
        (read.unviable, MutantEnd::Unviable),
    ];
    let agrees = report.mutants.len() == read.total_mutants
        && sums.iter().all(|(sum, end)| report.count(*end) == *sum);
    if agrees {
        Ok(report)
    } else {
        Err(format.malformed("its sums", "they are not those of its list"))
    }
}

fn end(summary: &str) -> Option<MutantEnd> {
    MutantEnd::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(
        summary,
    ))
    .ok()
}

impl Change {
    fn mutant(self, end: MutantEnd) -> Mutant {
        let Self { name, package, file, span: Span { start } } = self;
        let place = format!("{file}:{}:{}: ", start.line, start.column);
        Mutant {
            change: bounded(name.strip_prefix(&place).unwrap_or(&name), MESSAGE),
            package: bounded(&package, NAME),
            file: bounded(&file, NAME),
            line: start.line,
            end,
        }
    }
}
