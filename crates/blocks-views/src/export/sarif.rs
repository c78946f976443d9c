//! Findings as SARIF.

use blocks_gates::{Cause, Code, Outcome, Verdict};
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::place::in_repository;
use super::text::shown;
use super::uri::of_file;
use crate::json::pretty;
use crate::outcome::{is_open, word};

/// The most results that GitHub takes of a run
/// (<https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
const MOST: usize = 25_000;

/// The file that a finding without a place is shown at: viewers want a place, and this one is in each workspace.
const MANIFEST: &str = "Cargo.toml";

/// The most bytes of a message, and of what a tool said: GitHub takes no more than 10 MB of a file, compressed.
const MESSAGE: usize = 4 * 1024;
const DETAIL: usize = 16 * 1024;

/// What stages find fault with, as a log of SARIF 2.1.0, for code scanning and editors.
///
/// - A cause of a stage that fails is a result. Its rule is the cause's code; `properties` have the stage, the member, the
///   command that repeats it and what the tool said. One without a place is at the workspace's `Cargo.toml`, since viewers
///   refuse results without any.
/// - A cause of a stage without a verdict says nothing about the code: it is a notification of the run, which then was not
///   successful (`executionSuccessful`). So that nobody takes it for clean. A failure without causes is a notification, too.
/// - `partialFingerprints` stay the same when lines move, and numbers in messages do not count. GitHub knows results by
///   `primaryLocationLineHash` alone, which its action makes from the line; where there is no line, it is here, so that all
///   that is at the first line of a file is not one result.
/// - Texts of other programs are made harmless, are no links, and are cut where they are long.
/// - Files are relative to `%SRCROOT%`, the root of the repository in which the workspace lies at `folder` (empty: at the root),
///   where they are inside. `automationDetails` names the analysis by that folder, so that the workspaces of one repository do
///   not close each other's alerts. At most 25,000 results are listed, as
///   many as GitHub takes; a notification says how many are not.
pub fn sarif(verdicts: &[Verdict], folder: &str) -> String {
    let rules = rules(verdicts);
    let mut fingerprints = Fingerprints::default();
    let failed = verdicts.iter().filter(|it| it.outcome == Outcome::Fail);
    let causes = failed.flat_map(|verdict| verdict.causes.iter().map(move |it| (verdict, it)));
    let mut results: Vec<_> = causes
        .map(|(verdict, cause)| result(verdict, cause, folder, &rules, &mut fingerprints))
        .collect();
    let beyond: usize = verdicts.iter().map(|it| it.more_causes).sum();
    let left_out = results.len().saturating_sub(MOST) + beyond;
    results.truncate(MOST);
    let mut notifications: Vec<_> = verdicts.iter().flat_map(notifications_of).collect();
    if left_out > 0 {
        notifications
            .push(Notification::new("warning", &format!("{left_out} more are not listed")));
    }
    // A failure without a cause leaves no result that would tell of it.
    let is_told = |it: &Verdict| it.outcome != Outcome::Fail || !it.causes.is_empty();
    let known = verdicts.iter().all(|it| it.outcome != Outcome::NoVerdict && is_told(it));
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver { name: "Blocks", rules: rules.iter().copied().map(rule).collect() },
            },
            automation_details: AutomationDetails { id: analysis(folder) },
            invocations: [Invocation {
                execution_successful: known && !verdicts.is_empty(),
                tool_execution_notifications: notifications,
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    })
}

/// The name of the analysis, which ends with a slash where it is of a category and not of one run (SARIF 2.1.0, section
/// 3.17.3): `blocks/`, `blocks/rust/tools/`.
fn analysis(folder: &str) -> String {
    let folders = folder.split('/').filter(|it| !it.is_empty());
    let names: Vec<_> =
        ["blocks"].into_iter().chain(folders).map(|it| plain(it, MESSAGE)).collect();
    names.join("/") + "/"
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
    let said = || Message { text: code.description() };
    Rule { id: code.id(), short_description: said(), full_description: said(), help: said() }
}

fn result(
    verdict: &Verdict,
    cause: &Cause,
    folder: &str,
    rules: &[Code],
    fingerprints: &mut Fingerprints,
) -> Finding {
    let said = match &cause.hint {
        Some(hint) => format!("{}\n{hint}", cause.message),
        None => cause.message.clone(),
    };
    let print = fingerprints.of(&verdict.stage, cause);
    let line_hash = line_of(cause).is_none().then(|| print.clone());
    Finding {
        rule_id: cause.code.id(),
        rule_index: rules.binary_search(&cause.code).unwrap_or_default(),
        level: "error",
        message: Message { text: plain(&said, MESSAGE) },
        locations: [place(cause, folder)],
        partial_fingerprints: PartialFingerprints { cause: print, line_hash },
        properties: properties(verdict, cause),
    }
}

/// A text in which nothing is a link: `[…](…)` would be one (SARIF 2.1.0, section 3.11.6). A backslash would say so, too, but
/// viewers look for the brackets alone. Placeholders, such as `{0}`, stand for nothing where there are no arguments.
fn plain(text: &str, most: usize) -> String {
    shown(text, most).replace("](", "]\u{200b}(")
}

/// A line of a file that is not known is a line of no file.
fn line_of(cause: &Cause) -> Option<u32> {
    cause.line.filter(|_| cause.file.is_some())
}

fn place(cause: &Cause, folder: &str) -> Location {
    let file = in_repository(folder, cause.file.as_deref().unwrap_or(MANIFEST));
    let line = line_of(cause).unwrap_or(1).max(1);
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: of_file(&file),
                uri_base_id: (!file.starts_with('/')).then_some("%SRCROOT%"),
            },
            region: Region { start_line: line },
        },
    }
}

fn properties(verdict: &Verdict, cause: &Cause) -> Properties {
    let told = |text: &Option<String>| text.as_deref().map(|it| plain(it, DETAIL));
    Properties {
        stage: plain(&verdict.stage, MESSAGE),
        member: told(&cause.unit),
        repeat: told(&cause.repeat).or_else(|| told(&verdict.repeat)),
        detail: told(&cause.detail),
    }
}

/// Why a stage has no verdict, and that one failed that does not say why.
fn notifications_of(verdict: &Verdict) -> Vec<Notification> {
    let said = |what: &str| format!("{}: {}: {what}", verdict.stage, word(verdict.outcome));
    let told = |what: &str| Notification::new("error", &said(what));
    match verdict.outcome {
        Outcome::NoVerdict | Outcome::Fail if verdict.causes.is_empty() => {
            vec![told(&verdict.summary)]
        }
        Outcome::NoVerdict => verdict.causes.iter().map(|it| told(&it.message)).collect(),
        Outcome::Pass | Outcome::Fail | Outcome::NotApplicable => Vec::new(),
    }
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
    automation_details: AutomationDetails,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: String,
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
    short_description: Message<&'static str>,
    full_description: Message<&'static str>,
    help: Message<&'static str>,
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
    message: Message<String>,
}

impl Notification {
    fn new(level: &'static str, text: &str) -> Self {
        Self { level, message: Message { text: plain(text, MESSAGE) } }
    }
}

#[derive(Serialize)]
struct Message<T> {
    text: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message<String>,
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
    #[serde(rename = "primaryLocationLineHash", skip_serializing_if = "Option::is_none")]
    line_hash: Option<String>,
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
