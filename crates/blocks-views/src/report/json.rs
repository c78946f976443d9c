//! The report for programs.

use blocks_evidence::{FileCounts, FileCoverage, Outcome as TestOutcome, Test, Try};
use blocks_failures::{Failure, failures};
use blocks_gates::{Compared, Outcome, StageTests, overall};
use serde::Serialize;

use super::Report;
use crate::cost::{CostStatus, statuses};
use crate::json::pretty;
use crate::status::{VerdictStatus, Versions};

/// The version of the form of `report.json`. It grows when a key is removed or means another thing; a key that is added
/// does not change it.
pub const REPORT_SCHEMA: u32 = 1;

/// `report.json`: all that a report shows, but for pictures. `schemas/report.schema.json` says what is in it.
///
/// Texts of other programs are written as they are: whoever shows them makes them harmless. All keys are always there, in
/// the order of the schema, and a line feed ends the file.
pub fn report_json(report: &Report<'_>) -> String {
    pretty(&ReportForm::of(report))
}

/// All that is known of a run of stages: `report.json`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ReportForm<'a> {
    /// The version of this form.
    schema: u32,
    /// What the workspace is called.
    name: &'a str,
    /// The commit that the records are of; null where that is not known, or where files differ from it.
    revision: Option<&'a str>,
    /// What all comes to: a failure outweighs what is not known, and that outweighs a pass.
    outcome: Outcome,
    /// The sources that were asked for, as records name them; null where any were accepted.
    sources: Option<&'a str>,
    /// What made the records; null where that is not known, or not the same for all.
    toolchain: Option<Versions<'a>>,
    /// What they are compared with, as people call it; null where that is nothing.
    baseline: Option<&'a str>,
    /// What each stage comes to, and why.
    verdicts: Vec<VerdictStatus<'a>>,
    /// What failed, once for each cause: what says the same in several places or stages is one.
    failures: Vec<Failure>,
    /// The tests of each stage that has some.
    tests: Vec<StageForm<'a>>,
    /// How many lines of each file ran; null where that is not known.
    coverage: Option<Vec<FileForm<'a>>>,
    /// The lines of each file that are new or changed since the baseline and hold code; null where that is not known.
    patch: Option<Vec<PatchForm<'a>>>,
    /// What stages took, what took most first.
    cost: Vec<CostStatus<'a>>,
    /// Benchmarks beside those of a baseline.
    benchmarks: &'a [Compared],
    /// The records that were not there before this run, where all others were kept; null where that is not known.
    made: Option<Vec<MadeForm<'a>>>,
}

/// The tests of a stage.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StageForm<'a> {
    /// The stage.
    stage: &'a str,
    /// Why the stage has nothing to ask; null where it has.
    not_applicable: Option<&'a str>,
    /// Its tests, in the order of their binaries and names.
    tests: Vec<TestForm<'a>>,
}

/// A test.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TestForm<'a> {
    /// The unit whose record has it: a member, or `workspace`.
    unit: &'a str,
    /// The binary that holds it, as nextest calls it; of an example, its library.
    binary: &'a str,
    /// Its name in the binary.
    name: &'a str,
    /// How it ended.
    #[cfg_attr(test, schemars(with = "TestWord"))]
    outcome: &'static str,
    /// Whether one try passed and another did not.
    flaky: bool,
    /// How long the try took that counts; null where that is not known.
    seconds: Option<f64>,
    /// What the failure says, or why it was not run; else empty.
    message: &'a str,
    /// The file where it failed, relative to the workspace where it is inside; null where that is not known.
    file: Option<&'a str>,
    /// The line in that file, counted from 1.
    line: Option<u32>,
    /// The end of what it printed.
    output: &'a str,
    /// Other tries, none of which passed.
    tries: Vec<TryForm<'a>>,
}

/// How a test ended.
#[cfg(test)]
#[derive(schemars::JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "it is there for the schema")]
enum TestWord {
    /// It passed, maybe in a later try.
    Passed,
    /// It failed.
    Failed,
    /// It could not be run to an end.
    Error,
    /// It was not run.
    Skipped,
}

/// A try of a test that did not pass.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TryForm<'a> {
    /// What the failure says.
    message: &'a str,
    /// The end of what it printed.
    output: &'a str,
    /// How long it took; null where that is not known.
    seconds: Option<f64>,
}

/// The lines of a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FileForm<'a> {
    /// Its path in the workspace.
    file: &'a str,
    /// How many lines hold code.
    lines: usize,
    /// How many of these ran.
    covered: usize,
    /// The first and the last line of each run of lines of code that no test runs.
    missed: Vec<[u32; 2]>,
}

/// The new or changed lines of a file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PatchForm<'a> {
    /// Its path in the workspace.
    file: &'a str,
    /// Those that tests run.
    covered: &'a [u32],
    /// Those that none does.
    missed: &'a [u32],
}

impl<'a> PatchForm<'a> {
    fn of(file: &'a FileCoverage) -> Option<Self> {
        let FileCoverage { file, covered, uncovered: missed } = file;
        (!covered.is_empty() || !missed.is_empty()).then_some(Self { file, covered, missed })
    }
}

/// A record that was not there before this run.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MadeForm<'a> {
    /// The stage that it is of.
    stage: &'a str,
    /// The unit that it is of: a member, or `workspace`.
    unit: &'a str,
}

impl<'a> ReportForm<'a> {
    pub(crate) fn of(report: &Report<'a>) -> Self {
        let made = |all: &'a std::collections::BTreeSet<(String, String)>| {
            all.iter().map(|(stage, unit)| MadeForm { stage, unit }).collect()
        };
        Self {
            schema: REPORT_SCHEMA,
            name: report.name,
            revision: report.revision,
            outcome: overall(report.verdicts),
            sources: report.origin.sources,
            toolchain: report.origin.toolchain,

            baseline: report.baseline,
            verdicts: report.verdicts.iter().map(|it| VerdictStatus::of(it, usize::MAX)).collect(),
            failures: failures(report.verdicts),
            tests: report.tests.iter().map(StageForm::of).collect(),
            coverage: report.lines.map(|it| it.files.iter().map(FileForm::of).collect()),
            patch: report.patch.map(|it| it.files.iter().filter_map(PatchForm::of).collect()),
            cost: statuses(report.costs),
            benchmarks: report.compared,
            made: report.made.map(made),
        }
    }
}

impl<'a> StageForm<'a> {
    fn of(stage: &'a StageTests) -> Self {
        let all = stage.units.iter().flat_map(|it| it.tests.iter().map(|test| (&*it.unit, test)));
        let mut all: Vec<(&str, &Test)> = all.collect();
        all.sort_by(|(unit, a), (other, b)| {
            (&a.binary, &a.name, unit).cmp(&(&b.binary, &b.name, other))
        });
        Self {
            stage: &stage.stage,
            not_applicable: stage.not_applicable.as_deref(),
            tests: all.into_iter().map(|(unit, test)| TestForm::of(unit, test)).collect(),
        }
    }
}

impl<'a> TestForm<'a> {
    fn of(unit: &'a str, test: &'a Test) -> Self {
        let place = test.place.as_ref();
        Self {
            unit,
            binary: &test.binary,
            name: &test.name,
            outcome: match test.outcome {
                TestOutcome::Passed => "passed",
                TestOutcome::Failed => "failed",
                TestOutcome::Error => "error",
                TestOutcome::Skipped => "skipped",
            },
            flaky: test.flaky,
            seconds: test.seconds,
            message: &test.message,
            file: place.map(|(file, _)| file.as_str()),
            line: place.map(|(_, line)| *line),
            output: &test.output,
            tries: test.tries.iter().map(TryForm::of).collect(),
        }
    }
}

impl<'a> TryForm<'a> {
    fn of(other: &'a Try) -> Self {
        let Try { message, output, seconds, .. } = other;
        Self { message, output, seconds: *seconds }
    }
}

impl<'a> FileForm<'a> {
    fn of(file: &'a FileCounts) -> Self {
        Self {
            file: &file.file,
            lines: file.lines.len(),
            covered: file.lines.iter().filter(|(_, count)| *count > 0).count(),
            missed: super::missed(file).collect(),
        }
    }
}
