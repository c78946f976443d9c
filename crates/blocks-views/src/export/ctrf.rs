//! Tests as CTRF.

use blocks_evidence::{Outcome, Test, Try, printable, printable_line};
use blocks_gates::{Cause, StageTests, UnitTests};
use serde::Serialize;

use crate::json::pretty;

/// The version of the form that is written.
const VERSION: &str = "0.0.0";

/// All tests of these stages as CTRF (Common Test Report Format), also when they are red.
///
/// - `suite` is the stage and what holds the test: `["test", "my-crate::cli"]`. `testId` is all of its name, and stays the same.
/// - `status` is `passed`, `failed` or `skipped`. What is no test, and keeps a stage from being known or green, is a test with the
///   status `other` and the name of its unit: a record that is absent, code that does not compile.
/// - Of a flaky test the tries that failed are `retryAttempts`.
/// - No time of day is in it: `start` is 0, and `stop` how long all tests took together, in milliseconds.
pub fn ctrf(stages: &[StageTests]) -> String {
    let tests: Vec<_> = stages.iter().flat_map(of_stage).collect();
    let count = |status: Status| tests.iter().filter(|it| it.status == status).count();
    let suites: std::collections::BTreeSet<_> = tests.iter().map(|it| &it.suite).collect();
    let summary = Summary {
        tests: tests.len(),
        passed: count(Status::Passed),
        failed: count(Status::Failed),
        skipped: count(Status::Skipped),
        pending: 0,
        other: count(Status::Other),
        flaky: tests.iter().filter(|it| it.flaky).count(),
        suites: suites.len(),
        start: 0,
        stop: tests.iter().fold(0, |all, it| all.saturating_add(it.duration)),
    };
    pretty(&Whole {
        report_format: "CTRF",
        spec_version: VERSION,
        generated_by: "blocks",
        results: Results { tool: Tool { name: "blocks" }, summary, tests },
    })
}

fn of_stage(stage: &StageTests) -> Vec<Entry> {
    let mut all: Vec<_> = stage.units.iter().flat_map(|unit| &unit.tests).collect();
    all.sort_by(|a, b| (&a.binary, &a.name).cmp(&(&b.binary, &b.name)));
    let others = stage.units.iter().filter(|unit| !unit.others.is_empty());
    let others = others.map(|unit| other(&stage.stage, unit));
    others.chain(all.into_iter().map(|test| entry(&stage.stage, test))).collect()
}

fn entry(stage: &str, test: &Test) -> Entry {
    let status = match test.outcome {
        Outcome::Passed => Status::Passed,
        Outcome::Failed | Outcome::Error => Status::Failed,
        Outcome::Skipped => Status::Skipped,
    };
    let (file_path, line) =
        test.place.as_ref().map(|(file, line)| (printable_line(file), *line)).unzip();
    let suite = vec![stage.to_owned(), named(&test.binary)];
    let told = !test.message.is_empty();
    Entry {
        test_id: format!("{stage}/{}/{}", suite[1], named(&test.name)),
        name: named(&test.name),
        status,
        duration: milliseconds(test.seconds),
        suite,
        message: told.then(|| printable(&test.message)),
        trace: (!test.output.is_empty()).then(|| printable(&test.output)),
        file_path,
        line,
        retries: (!test.tries.is_empty()).then_some(test.tries.len()),
        retry_attempts: test.tries.iter().enumerate().map(|(at, it)| attempt(at, it)).collect(),
        flaky: test.flaky && status == Status::Passed,
    }
}

fn attempt(at: usize, tried: &Try) -> Attempt {
    Attempt {
        number: at + 1,
        status: Status::Failed,
        duration: milliseconds(tried.seconds),
        message: printable(&tried.message),
        trace: printable(&tried.output),
    }
}

fn other(stage: &str, unit: &UnitTests) -> Entry {
    let told: Vec<_> = unit.others.iter().map(told).collect();
    let placed = unit.others.first();
    Entry {
        test_id: format!("{stage}/{}", named(&unit.unit)),
        name: named(&unit.unit),
        status: Status::Other,
        duration: 0,
        suite: vec![stage.to_owned()],
        message: Some(told.join("\n")),
        trace: None,
        file_path: placed.and_then(|it| it.file.as_deref()).map(printable_line),
        line: placed.and_then(|it| it.line),
        retries: None,
        retry_attempts: Vec::new(),
        flaky: false,
    }
}

fn told(cause: &Cause) -> String {
    format!("{}: {}", cause.code, printable_line(&cause.message))
}

/// A name that is one: the form wants a character at least.
fn named(name: &str) -> String {
    if name.is_empty() { "(no name)".to_owned() } else { printable_line(name) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that is too large or too small ends at the end of the range"
)]
fn milliseconds(seconds: Option<f64>) -> u64 {
    (seconds.unwrap_or_default() * 1000.0).round() as u64
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    report_format: &'static str,
    spec_version: &'static str,
    generated_by: &'static str,
    results: Results,
}

#[derive(Serialize)]
struct Results {
    tool: Tool,
    summary: Summary,
    tests: Vec<Entry>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Summary {
    tests: usize,
    passed: usize,
    failed: usize,
    skipped: usize,
    pending: usize,
    other: usize,
    flaky: usize,
    suites: usize,
    start: u64,
    stop: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Passed,
    Failed,
    Skipped,
    Other,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    test_id: String,
    name: String,
    status: Status,
    /// In milliseconds.
    duration: u64,
    suite: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retries: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    retry_attempts: Vec<Attempt>,
    flaky: bool,
}

#[derive(Serialize)]
struct Attempt {
    /// From 1.
    #[serde(rename = "attempt")]
    number: usize,
    status: Status,
    /// In milliseconds.
    duration: u64,
    message: String,
    trace: String,
}
