//! The gate of compilers' findings: what clippy and rustdoc left.

use crate::case::Case;
use crate::finding::Finding;
use crate::gate::Told;
use crate::refusal::Refusal;
use crate::words::{counted, of_code};
use crate::{Cause, Code, Measure};
use blocks_evidence::{BuildMessages, Diagnostic, Format, Level, bounded, read_cargo_messages};

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    let messages = messages(case)?;
    let counts = |one: &&Diagnostic| is_of(case, one) || one.level == Level::Error;
    let found: Vec<&Diagnostic> = messages.diagnostics.iter().filter(counts).collect();
    if messages.artifacts == 0 && found.is_empty() {
        return Ok(Finding::not_applicable("there is no target for this"));
    }
    let causes: Vec<Cause> = found.iter().map(|one| cause(case, one)).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    Ok(Finding::of(told(&measure, &causes), causes, measure))
}

/// What cargo said, where it agrees with its exit status.
pub(crate) fn messages(case: &Case<'_>) -> Result<BuildMessages, Refusal> {
    let messages = case.read(Format::CargoMessages, read_cargo_messages)?;
    if messages.success != (case.exit == 0) {
        let what =
            if messages.success { "that the build succeeded" } else { "that the build failed" };
        return Err(case.contradicts(&format!("cargo's messages say {what}")));
    }
    let has_error = messages.diagnostics.iter().any(|one| one.level == Level::Error);
    match (case.exit, has_error) {
        (0, true) => Err(case.contradicts("cargo's messages hold an error")),
        (1.., false) => Err(case.contradicts("cargo's messages hold no error")),
        _ => Ok(messages),
    }
}

/// What is found where code does not compile, and something else is asked of it: its errors.
pub(crate) fn not_compiled(case: &Case<'_>, messages: &BuildMessages, told: Told) -> Finding {
    let errors = messages.diagnostics.iter().filter(|one| one.level == Level::Error);
    let causes: Vec<Cause> = errors.map(|one| cause(case, one)).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    Finding::of(told(&measure, &causes), causes, measure)
}

/// Whether a diagnostic is about what the record is of. A warning about another member is in that
/// member's own record. An error counts whatever it is about: what needs it has no clean answer.
pub(crate) fn is_of(case: &Case<'_>, one: &Diagnostic) -> bool {
    one.is_member && (case.members.is_empty() || case.members.contains(&one.package_name))
}

pub(crate) fn cause(case: &Case<'_>, one: &Diagnostic) -> Cause {
    let message = match (&one.code, one.is_member) {
        (_, false) => format!("{} (in {})", one.message, one.package),
        (Some(code), true) => format!("{} ({code})", one.message),
        (None, true) => one.message.clone(),
    };
    Cause::new(code(one), bounded(&message, blocks_evidence::MESSAGE))
        .about(one.is_member.then_some(&one.package_name))
        .at(case.place(one.place.as_ref()))
        .with_detail(excerpt(&one.rendered))
}

/// What the compiler shows below its message and the place, which the cause already has: the source
/// with its marks, and the notes.
fn excerpt(rendered: &str) -> String {
    let is_place = |line: &&str| line.trim_start().starts_with("-->");
    let rest = match rendered.lines().position(|line| is_place(&line)) {
        Some(at) => rendered.lines().skip(at + 1).collect::<Vec<_>>(),
        None => rendered.lines().skip(1).collect(),
    };
    let says_something = |line: &&&str| !matches!(line.trim(), "" | "|");
    rest.iter().filter(says_something).copied().collect::<Vec<_>>().join("\n")
}

/// `E0308` and errors without a name are the compiler's own; named ones are lints that are denied.
fn code(one: &Diagnostic) -> Code {
    let is_error_code = |code: &str| {
        code.strip_prefix('E').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match (&one.code, one.level) {
        (Some(code), _) if code.starts_with("rustdoc::") => Code::DocWarning,
        (Some(code), Level::Error) if is_error_code(code) => Code::CompileError,
        (None, Level::Error) => Code::CompileError,
        _ => Code::Lint,
    }
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    let words = [
        (Code::CompileError, "compile error", "compile errors"),
        (Code::Lint, "lint", "lints"),
        (Code::DocWarning, "documentation warning", "documentation warnings"),
    ];
    let parts: Vec<String> = words
        .iter()
        .map(|(code, one, many)| (of_code(causes, *code), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}
