//! What all forms say in the same words.

use blocks_evidence::printable_line;
use blocks_failures::{Failure, Fault, Kind};
use blocks_gates::{Code, Outcome};
use blocks_stages::Table;

use super::{FailureReport, FailureStage};
use crate::label::bounded;
use crate::number::counted;

/// The longest title, in characters: GitHub takes 256 for an issue, and mail servers rather less.
const TITLE: usize = 160;

/// The names of stages or members that are listed; others are counted.
const NAMES: usize = 8;

/// A failure in one line of plain text, of at most 160 characters: the title of an issue, the subject of a mail. It names
/// the first place's stage, and is harmless in a terminal; what it means to Markdown is for who puts it there.
pub fn failure_title(failure: &Failure) -> String {
    let stage = failure.stages.first().map_or("", String::as_str);
    bounded(&printable_line(&format!("{stage}: {}", message(failure))), TITLE)
}

/// The first line of what it says; its code where that is empty.
pub(super) fn message(failure: &Failure) -> &str {
    let mut lines = failure.message.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or(failure.code.id())
}

/// `src/lib.rs:3`, `src/lib.rs`, or nothing.
pub(super) fn place(failure: &Failure) -> Option<String> {
    let file = failure.file.as_ref()?;
    Some(failure.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}")))
}

/// `a, b and 3 more`
pub(super) fn names(all: &[String]) -> Option<String> {
    let named: Vec<String> = all.iter().take(NAMES).map(|name| bounded(name, 80)).collect();
    let more = all.len().saturating_sub(NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!named.is_empty()).then(|| named.join(", ") + &more)
}

/// What is to be known before anybody looks for a fault in the code.
pub(super) fn blame(failure: &Failure) -> Option<String> {
    const NOT_THE_CODES: &str = "nothing is known of the code, and no fault was found in it";
    let what = match failure.fault {
        _ if failure.kind == Kind::Code => return None,
        None => "there was no answer",
        Some(Fault::Killed) => {
            "something was ended from outside, as a system does where memory runs out"
        }
        Some(Fault::OutOfMemory) => "the machine had no more memory",
        Some(Fault::OutOfDisk) => "the machine's disk is full",
        Some(Fault::TimedOut) => "it took longer than it may",
        Some(Fault::ToolMissing) => "a tool is not on the machine",
        Some(Fault::Network) => "something could not be fetched",
        Some(Fault::Evidence) => "what the stage left cannot be trusted",
    };
    Some(format!("{what}: {NOT_THE_CODES}"))
}

/// The command that makes a patch of what can be mended by a program.
pub(super) fn fix(failure: &Failure) -> Option<String> {
    let stage = failure.stages.iter().find(|stage| has_fix(failure.code, stage))?;
    // It is to be pasted into a shell, and what was read may say anything.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_name = stage.starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_name && stage.chars().all(is_plain)).then(|| format!("cargo blocks fix {stage}"))
}

/// The gate of stages whose compilers say how to mend what they find.
const COMPILERS: &str = "diagnostics";

/// Of what a stage may have a patch.
fn has_fix(code: Code, stage: &str) -> bool {
    match code {
        Code::Unformatted
        | Code::Misspelled
        | Code::UnusedDependency
        | Code::AdvisoryVulnerability
        | Code::SemverBreak => true,
        Code::Lint | Code::CompileError | Code::DocWarning => {
            Table::embedded().stage(stage).is_some_and(|it| it.gate == COMPILERS)
        }
        _ => false,
    }
}

/// Whether what a tool printed last says most. Of a compiler's message the beginning does.
pub(super) const fn ends_with_reason(code: Code) -> bool {
    matches!(
        code,
        Code::TestFailed
            | Code::TestFlaky
            | Code::DoctestFailed
            | Code::ExampleFailed
            | Code::ModelFailed
            | Code::CommandFailed
            | Code::NoAnswer
    )
}

/// `2 of 13 stages fail, 1 has no verdict`; of no run how many failures there are.
pub(super) fn counts(report: &FailureReport<'_>) -> String {
    let count = |outcome| report.stages.iter().filter(|it| it.outcome == outcome).count();
    let (all, failed, unknown) =
        (report.stages.len(), count(Outcome::Fail), count(Outcome::NoVerdict));
    let of = |count, one, several| {
        let stages = if all == 1 { "stage" } else { "stages" };
        format!("{count} of {all} {stages} {}", if count == 1 { one } else { several })
    };
    match (failed, unknown) {
        (0, 0) if all == 0 => counted(report.failures.len(), "failure", "failures"),
        (0, 0) => "no stage fails".to_owned(),
        (failed, 0) => of(failed, "fails", "fail"),
        (0, unknown) => of(unknown, "has no verdict", "have no verdict"),
        (failed, 1) => format!("{}, 1 has no verdict", of(failed, "fails", "fail")),
        (failed, more) => format!("{}, {more} have no verdict", of(failed, "fails", "fail")),
    }
}

/// ` in small at 0123456789ab of main`, of what is known.
pub(super) fn origin(report: &FailureReport<'_>) -> String {
    let name = Some(report.name).filter(|name| !name.is_empty());
    let revision = report.revision.map(short);
    let parts = [("in", name), ("at", revision.as_deref()), ("of", report.branch)];
    let known = parts.into_iter().filter_map(|(word, what)| Some(format!(" {word} {}", what?)));
    known.collect()
}

/// The first characters of a commit's hash, by which people know it.
pub(super) fn short(revision: &str) -> String {
    revision.chars().take(12).collect()
}

/// What is not told, where something is not: `Not told here: 3 failures, 2 stages (report.html has all of it).`
pub(super) fn left_out(
    report: &FailureReport<'_>,
    failures: usize,
    stages: usize,
) -> Option<String> {
    let open = report.stages.iter().filter(|it| it.is_open()).count();
    let left = [
        (report.failures.len().saturating_sub(failures), "failure", "failures"),
        (open.saturating_sub(stages), "stage", "stages"),
        (unlisted(&report.stages), "cause", "causes"),
    ];
    let left = left.into_iter().filter(|(count, ..)| *count > 0);
    let left: Vec<String> =
        left.map(|(count, one, several)| counted(count, one, several)).collect();
    let place = report.whole.map_or_else(String::new, |whole| format!(" ({whole})"));
    (!left.is_empty()).then(|| format!("Not told here: {}{place}.", left.join(", ")))
}

fn unlisted(stages: &[FailureStage<'_>]) -> usize {
    stages.iter().fold(0, |sum, it| sum.saturating_add(it.more))
}
