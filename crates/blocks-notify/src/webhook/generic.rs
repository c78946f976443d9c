//! What is told, as JSON for programs: `schemas/notification.schema.json`.

use serde::Serialize;
use serde_json::Value;

use crate::{Change, Known, Letter, Scene, plain};

/// The version of the form.
pub const NOTIFICATION_SCHEMA: u32 = 1;

/// How many failures of a kind are listed.
const LISTED: usize = 50;

/// What happened to a branch.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Notification<'a> {
    /// The version of this form.
    schema: u32,
    /// The name of this message: one that comes again with the same name is the same.
    id: &'a str,
    /// The name of the message that it answers; null where it begins a thread.
    answers: Option<&'a str>,
    /// `broke`, `still-broken`, `fixed`, `no-answer` or `passed`.
    what: &'static str,
    /// When it was made, in seconds since 1970.
    at: u64,
    /// What the workspace is called.
    name: String,
    /// The repository, as its forge names it.
    repository: String,
    /// The branch.
    branch: String,
    /// The commit; null where that is not known.
    revision: Option<String>,
    /// The address of the CI's run or of the report; null where there is none.
    link: Option<&'a str>,
    /// What happened, in a line.
    subject: &'a str,
    /// What fails and did not.
    new: List<'a>,
    /// What fails as before, or was not asked.
    still: List<'a>,
    /// What is over since the last message.
    over: List<'a>,
    /// Why stages have no answer, which says nothing about the code.
    unanswered: List<'a>,
}

/// Failures.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct List<'a> {
    /// How many there are.
    count: usize,
    /// The first of them, at most 50.
    first: Vec<Entry<'a>>,
}

/// A failure.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Entry<'a> {
    /// By what it is known again.
    signature: &'a str,
    /// The stages that do not pass for it.
    stages: &'a [String],
    /// The members that have it.
    units: &'a [String],
    /// What it says, in a line.
    message: &'a str,
    /// The source file of its first place; null where it has none.
    file: Option<&'a str>,
    /// The line in that file, counted from 1.
    line: Option<u32>,
    /// The command that asks again.
    repeat: Option<&'a str>,
    /// When it was first seen, in seconds since 1970.
    since: u64,
}

pub(super) fn generic(letter: &Letter, change: &Change, scene: &Scene<'_>) -> Value {
    let text = |it: &str| plain::line(it, 200);
    let notification = Notification {
        schema: NOTIFICATION_SCHEMA,
        id: &letter.name,
        answers: letter.answers.as_deref(),
        what: change.what.id(),
        at: change.at,
        name: text(scene.name),
        repository: text(scene.repository),
        branch: text(scene.branch),
        revision: scene.revision.map(text),
        link: scene.address(),
        subject: &letter.subject,
        new: List::of(&change.new, change.more),
        still: List::of(&change.still, 0),
        over: List::of(&change.over, 0),
        unanswered: List::of(&change.unanswered, 0),
    };
    // Only maps with keys that are no strings, and values that refuse, cannot be written.
    serde_json::to_value(notification)
        .unwrap_or_else(|error| unreachable!("structs of strings and numbers: {error}"))
}

impl<'a> List<'a> {
    fn of(failures: &'a [Known], more: usize) -> Self {
        let first = failures.iter().take(LISTED).map(Entry::of).collect();
        Self { count: failures.len() + more, first }
    }
}

impl<'a> Entry<'a> {
    fn of(known: &'a Known) -> Self {
        Self {
            signature: &known.signature,
            stages: &known.stages,
            units: &known.units,
            message: &known.message,
            file: known.file.as_deref(),
            line: known.line,
            repeat: known.repeat.as_deref(),
            since: known.since,
        }
    }
}
