use blocks_gates::{Cause, Outcome, Verdict};

use crate::members::{members, unknown_member};
use crate::outcome::{is_open, name, sign, word};
use crate::shared::{Shared, as_in};
use crate::terminal::{Style, command, line, painted};

/// The lines of a cause beyond its first one that are shown.
const DETAIL: usize = 3;

/// Why verdicts are not green: [`verdict_text`] of each that failed or has no verdict, with an
/// empty line between them; empty when there is none.
///
/// What fails several stages is told with the first of them, with the others behind it; these say how many of their causes that
/// are.
pub fn causes_text(verdicts: &[Verdict], causes: usize, color: bool) -> String {
    let shared = Shared::of(verdicts);
    let open = verdicts.iter().filter(|verdict| is_open(verdict));
    let texts: Vec<String> = open.map(|it| text(it, causes, DETAIL, color, &shared)).collect();
    texts.join("\n")
}

/// A verdict and why it is so, in at most `4 + 6 * causes` lines: the outcome and the summary, the
/// members that it comes from, the first `causes` causes with file and line, how many more there are,
/// and the command to repeat.
///
/// Each cause has its message, up to three lines of detail, a hint, and the command that repeats it
/// alone. A cause of no verdict names its member.
/// Texts of other programs are made harmless, and each line is of bounded length.
pub fn verdict_text(verdict: &Verdict, causes: usize, color: bool) -> String {
    told(verdict, causes, DETAIL, color)
}

/// The same with so many lines of each cause's detail at most.
pub(crate) fn told(verdict: &Verdict, causes: usize, details: usize, color: bool) -> String {
    text(verdict, causes, details, color, &Shared::default())
}

fn text(verdict: &Verdict, causes: usize, details: usize, color: bool, shared: &Shared) -> String {
    let (verdict, elsewhere) = &shared.own(verdict);
    let outcome = format!("{} {}", sign(verdict.outcome), word(verdict.outcome));
    let outcome = painted(&outcome, Style::of(verdict.outcome), color);
    let mut lines = vec![format!("{outcome} {}: {}", line(&name(verdict)), line(&verdict.summary))];
    lines.extend(members(verdict, line).map(|names| format!("  in: {names}")));
    for cause in verdict.causes.iter().take(causes) {
        push_cause(&mut lines, cause, details, color);
        let others = shared.others(verdict, cause, line);
        lines.extend(others.map(|others| format!("    also fails: {others}")));
    }
    lines.extend(
        elsewhere.iter().map(|(stage, count)| format!("  {}", as_in(&line(stage), *count))),
    );
    let more = verdict.causes.len().saturating_sub(causes).saturating_add(verdict.more_causes);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    if let Some(repeat) = &verdict.repeat {
        lines.extend(advice(verdict.outcome).map(|to| format!("  {to}: {}", command(repeat))));
    }
    lines.join("\n") + "\n"
}

/// What the stage's command is for.
pub(crate) fn advice(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Fail => Some("fix and repeat"),
        Outcome::NoVerdict => Some("repeat"),
        Outcome::Pass | Outcome::NotApplicable => None,
    }
}

fn push_cause(lines: &mut Vec<String>, cause: &Cause, details: usize, color: bool) {
    let said = cause.message.lines().chain(cause.detail.iter().flat_map(|text| text.lines()));
    let mut said = said.filter(|text| !text.trim().is_empty());
    let message = format!("{} [{}]", line(said.next().unwrap_or_default()), cause.code);
    let unknown = || unknown_member(cause).map(str::to_owned);
    lines.push(match place(cause).or_else(unknown) {
        // With its colon, which could be the second one of a CI runner's command.
        Some(place) => format!("  {} {message}", bold(&format!("{place}:"), color)),
        None => format!("  {message}"),
    });
    lines.extend(said.by_ref().take(details).map(|text| format!("    {}", line(text))));
    if said.next().is_some()
        && let Some(last) = lines.last_mut()
    {
        last.push_str(" \u{2026}");
    }
    if let Some(hint) = &cause.hint {
        lines.push(format!("    hint: {}", line(hint)));
    }
    if let Some(repeat) = &cause.repeat {
        lines.push(format!("    repeat: {}", command(repeat)));
    }
}

/// `src/lib.rs:3`, `src/lib.rs`, or nothing.
pub(crate) fn place(cause: &Cause) -> Option<String> {
    let file = cause.file.as_ref()?;
    Some(cause.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}")))
}

fn bold(text: &str, color: bool) -> String {
    painted(&line(text), Style::Bold, color)
}
