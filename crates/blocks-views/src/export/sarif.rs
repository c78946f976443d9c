//! Findings as SARIF.

use blocks_gates::{Cause, Code, Outcome, Verdict};
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::uri::of_file;
use crate::json::pretty;
use crate::outcome::is_open;

/// The most results that GitHub takes of a run
/// (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
const MOST: usize = 25_000;

/// The file that a finding without a place is shown at: viewers want a place, and this one is in each workspace.
const MANIFEST: &str = "Cargo.toml";

/// What stages find fault with, as a log of SARIF 2.1.0, for code scanning and editors.
///
/// - A cause of a stage that fails is a result. Its rule is the cause's code; `properties` have the stage, the member, the
///   command that repeats it and what the tool said. One without a place is at the workspace's `Cargo.toml`, since viewers
///   refuse results without any.
/// - A cause of a stage without a verdict says nothing about the code: it is a notification of the run, which then was not
///   successful (`executionSuccessful`). So that nobody takes it for clean.
/// - `partialFingerprints` stay the same when lines move, and numbers in messages do not count.
/// - Files are relative to `%SRCROOT%`, the workspace's root, where they are inside. At most 25,000 results are listed, as
///   many as GitHub takes; a notification says how many are not.
pub fn sarif(verdicts: &[Verdict]) -> String {
    let rules = rules(verdicts);
    let mut fingerprints = Fingerprints::default();
    let failed = verdicts.iter().filter(|it| it.outcome == Outcome::Fail);
    let causes = failed.flat_map(|verdict| verdict.causes.iter().map(move |it| (verdict, it)));
    let mut results: Vec<_> =
        causes.map(|(verdict, cause)| result(verdict, cause, &rules, &mut fingerprints)).collect();
    let beyond: usize = verdicts.iter().map(|it| it.more_causes).sum();
    let left_out = results.len().saturating_sub(MOST) + beyond;
    results.truncate(MOST);
    let mut notifications: Vec<_> = verdicts.iter().flat_map(notifications_of).collect();
    if left_out > 0 {
        notifications
            .push(Notification::new("warning", &format!("{left_out} more are not listed")));
    }
    let known = verdicts.iter().all(|it| it.outcome != Outcome::NoVerdict);
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver { name: "Blocks", rules: rules.iter().copied().map(rule).collect() },
            },
            invocations: [Invocation {
                execution_successful: known && !verdicts.is_empty(),
                tool_execution_notifications: notifications,
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    })
}

/// The codes of all causes, each once.
fn rules(verdicts: &[Verdict]) -> Vec<Code> {
    let open = verdicts.iter().filter(|verdict| is_open(verdict));
    let mut codes: Vec<_> = open.flat_map(|it| it.causes.iter().map(|cause| cause.code)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn rule(code: Code) -> Rule {
    Rule { id: code.id(), full_description: Message::of(code.description()) }
}

fn result(
    verdict: &Verdict,
    cause: &Cause,
    rules: &[Code],
    fingerprints: &mut Fingerprints,
) -> Finding {
    let said = match &cause.hint {
        Some(hint) => format!("{}\n{hint}", cause.message),
        None => cause.message.clone(),
    };
    Finding {
        rule_id: cause.code.id(),
        rule_index: rules.binary_search(&cause.code).unwrap_or_default(),
        level: "error",
        message: Message { text: plain(&said) },
        locations: [place(cause)],
        partial_fingerprints: PartialFingerprints { cause: fingerprints.of(&verdict.stage, cause) },
        properties: properties(verdict, cause),
    }
}

/// A text in which nothing is a link: `[…](…)` would be one (SARIF 2.1.0, section 3.11.6). Placeholders, such as `{0}`, stand for
/// nothing where there are no arguments.
fn plain(text: &str) -> String {
    text.replace("](", "\\](")
}

fn place(cause: &Cause) -> Location {
    let file = cause.file.as_deref().unwrap_or(MANIFEST);
    // A line of a file that is not known is a line of no file.
    let line = cause.line.filter(|_| cause.file.is_some()).unwrap_or(1).max(1);
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: of_file(file),
                uri_base_id: (!file.starts_with('/')).then_some("%SRCROOT%"),
            },
            region: Region { start_line: line },
        },
    }
}

fn properties(verdict: &Verdict, cause: &Cause) -> Properties {
    Properties {
        stage: verdict.stage.clone(),
        member: cause.unit.clone(),
        repeat: cause.repeat.clone().or_else(|| verdict.repeat.clone()),
        detail: cause.detail.clone(),
    }
}

/// Why a stage has no verdict.
fn notifications_of(verdict: &Verdict) -> Vec<Notification> {
    if verdict.outcome != Outcome::NoVerdict {
        return Vec::new();
    }
    let said = |what: &str| format!("{}: no verdict: {what}", verdict.stage);
    if verdict.causes.is_empty() {
        return vec![Notification::new("error", &said(&verdict.summary))];
    }
    verdict.causes.iter().map(|it| Notification::new("error", &said(&it.message))).collect()
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    full_description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

impl Notification {
    fn new(level: &'static str, text: &str) -> Self {
        Self { level, message: Message { text: plain(text) } }
    }
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: PartialFingerprints,
    properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
struct PartialFingerprints {
    #[serde(rename = "blocksCause/v1")]
    cause: String,
}

#[derive(Serialize)]
struct Properties {
    stage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}
