use std::fmt::Write as _;

use blocks_gates::{Cause, Outcome, Verdict, overall};

use crate::causes::{advice, place};
use crate::escape::escaped;
use crate::members::{members, unknown_member};
use crate::outcome::{is_open, name, seconds, sign, word};

/// The causes of one verdict that are listed.
const CAUSES: usize = 10;

/// The verdicts as Markdown (GitHub flavour), for a summary of a run, a comment or an issue: the
/// overall outcome, a table with one row for each verdict, and up to ten causes of each that failed
/// or has no verdict, with the members that they come from.
///
/// A text of another program stays a text: it starts no cell, code, link or HTML, mentions nobody
/// and refers to no issue. It is one line, of bounded length.
pub fn summary_markdown(verdicts: &[Verdict]) -> String {
    let mut out = format!("**{}**\n\n", counts(verdicts));
    out.push_str("| Stage | Outcome | Seconds | Summary |\n| --- | --- | ---: | --- |\n");
    for verdict in verdicts {
        let _ = writeln!(
            out,
            "| {} | {} {} | {} | {} |",
            escaped(&name(verdict)),
            sign(verdict.outcome),
            word(verdict.outcome),
            seconds(verdict),
            escaped(&verdict.summary)
        );
    }
    for verdict in verdicts.iter().filter(|verdict| is_open(verdict)) {
        push_causes(&mut out, verdict);
    }
    out
}

/// `fail: 4 pass, 1 fail, 1 no verdict`
fn counts(verdicts: &[Verdict]) -> String {
    let outcomes = [Outcome::Pass, Outcome::Fail, Outcome::NoVerdict, Outcome::NotApplicable];
    let parts: Vec<String> = outcomes
        .into_iter()
        .map(|outcome| (outcome, verdicts.iter().filter(|v| v.outcome == outcome).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(outcome, count)| format!("{count} {}", word(outcome)))
        .collect();
    let all = word(overall(verdicts));
    if parts.is_empty() {
        format!("{all}: nothing ran")
    } else {
        format!("{all}: {}", parts.join(", "))
    }
}

fn push_causes(out: &mut String, verdict: &Verdict) {
    let (stage, summary) = (escaped(&name(verdict)), escaped(&verdict.summary));
    let _ = writeln!(out, "\n**{stage}**: {summary}\n");
    if let Some(names) = members(verdict, escaped) {
        let _ = writeln!(out, "In: {names}\n");
    }
    for cause in verdict.causes.iter().take(CAUSES) {
        let _ = writeln!(out, "- {}", cause_line(cause));
    }
    let more = verdict.causes.len().saturating_sub(CAUSES).saturating_add(verdict.more_causes);
    if more > 0 {
        let _ = writeln!(out, "- and {more} more");
    }
    if let (Some(to), Some(repeat)) = (advice(verdict.outcome), &verdict.repeat) {
        let _ = writeln!(out, "\nTo {to}: <code>{}</code>", escaped(repeat));
    }
}

fn cause_line(cause: &Cause) -> String {
    let mut message = format!("{} (<code>{}</code>)", escaped(&cause.message), cause.code);
    if let Some(hint) = &cause.hint {
        let _ = write!(message, ". Hint: {}", escaped(hint));
    }
    let unknown = || unknown_member(cause).map(str::to_owned);
    match place(cause).or_else(unknown) {
        Some(place) => format!("<code>{}</code> {message}", escaped(&place)),
        None => message,
    }
}
