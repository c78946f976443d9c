mod sections;

use std::fmt::Write as _;

use blocks_gates::{Cause, MOST_CAUSES, Outcome, Verdict, overall};

use crate::causes::{advice, place};
use crate::escape::{command, escaped};
use crate::members::{members, unknown_member};
use crate::outcome::{is_open, name, seconds, sign, word};
use crate::report::Report;
use crate::shared::{Shared, as_in};

/// The most bytes of the summary of a step of GitHub Actions
/// (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).
pub const STEP_SUMMARY: usize = 1024 * 1024;

/// The most characters of an issue's or a comment's text on GitHub, which are no more than its bytes.
pub const COMMENT: usize = 65_536;

/// How much is told, from all there is to nearly nothing: the first of these that fits is taken.
const LEVELS: [Level; 8] = [
    Level { causes: MOST_CAUSES, tells_details: true, tells_rows: true, rows: 5_000 },
    Level { causes: 50, tells_details: true, tells_rows: true, rows: 50 },
    Level { causes: 50, tells_details: false, tells_rows: true, rows: 50 },
    Level { causes: 10, tells_details: false, tells_rows: true, rows: 10 },
    Level { causes: 3, tells_details: false, tells_rows: true, rows: 3 },
    Level { causes: 1, tells_details: false, tells_rows: true, rows: 0 },
    Level { causes: 0, tells_details: false, tells_rows: true, rows: 0 },
    Level { causes: 0, tells_details: false, tells_rows: false, rows: 0 },
];

#[derive(Clone, Copy)]
struct Level {
    /// The causes of each stage that are listed.
    causes: usize,
    /// Whether what tools said is told.
    tells_details: bool,
    /// Whether stages that are green have a row.
    tells_rows: bool,
    /// The rows of each table of what is measured beside the verdicts.
    rows: usize,
}

/// The report as Markdown (GitHub flavour), for the summary of a run, a comment, an issue or a mail: the overall outcome, a
/// table with one row for each stage, and of each that failed or has no verdict its causes, with the members that they come
/// from, what to do, and how to repeat them; then flaky tests, coverage by file, benchmarks, and where the time went, of each
/// what matters most.
///
/// It has at most `limit` bytes ([`STEP_SUMMARY`], [`COMMENT`]). Where not all fits, whole entries are left out, the least
/// important first: what tools said, then causes of each stage beyond the first ones and rows of tables, then stages that are
/// green. How many
/// causes are left out is said with each stage, and `whole`, in words, where all of it is. Of a limit that not even that fits
/// into, only the overall outcome is left.
///
/// A text of another program stays a text: it starts no cell, code, link or HTML, mentions nobody
/// and refers to no issue. It is one line, of bounded length. A command is code, and stands there exactly as it is to be typed.
pub fn report_markdown(report: &Report<'_>, limit: usize, whole: &str) -> String {
    let texts = LEVELS.into_iter().map(|level| at(report, level, whole));
    let fitting = texts.into_iter().find(|text| text.len() <= limit);
    fitting.unwrap_or_else(|| format!("**{}**\n", counts(report.verdicts)))
}

fn at(report: &Report<'_>, level: Level, whole: &str) -> String {
    let mut out = head(report);
    out.push_str("| Stage | Outcome | Seconds | Summary |\n| --- | --- | ---: | --- |\n");
    for verdict in report.verdicts.iter().filter(|it| level.tells_rows || is_open(it)) {
        push_row(&mut out, verdict);
    }
    let shared = Shared::of(report.verdicts);
    for verdict in report.verdicts.iter().filter(|verdict| is_open(verdict)) {
        push_causes(&mut out, verdict, level, &shared);
    }
    let left = if level.rows > 0 { sections::push(&mut out, report, level.rows) } else { 0 };
    if level.causes < MOST_CAUSES || left > 0 {
        let _ = writeln!(out, "\nNot all fits here: {}.", escaped(whole));
    }
    out
}

fn head(report: &Report<'_>) -> String {
    let mut out = format!("**{}**", counts(report.verdicts));
    if !report.name.is_empty() {
        let _ = write!(out, " in {}", escaped(report.name));
    }
    if let Some(revision) = report.revision {
        let short: String = revision.chars().take(12).collect();
        let _ = write!(out, " at <code>{}</code>", escaped(&short));
    }
    if let Some(baseline) = report.baseline {
        let _ = write!(out, ", compared with <code>{}</code>", escaped(baseline));
    }
    out.push_str("\n\n");
    out
}

fn push_row(out: &mut String, verdict: &Verdict) {
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

fn push_causes(out: &mut String, verdict: &Verdict, level: Level, shared: &Shared) {
    let (verdict, elsewhere) = &shared.own(verdict);
    let (stage, summary) = (escaped(&name(verdict)), escaped(&verdict.summary));
    let _ = writeln!(out, "\n**{stage}**: {summary}\n");
    if let Some(names) = members(verdict, escaped) {
        let _ = writeln!(out, "In: {names}\n");
    }
    for cause in verdict.causes.iter().take(level.causes) {
        // A blank more would move the item's text to the right, and what follows out of the item.
        let _ = writeln!(out, "- {}", cause_line(cause).trim_start());
        if let Some(others) = shared.others(verdict, cause, escaped) {
            let _ = writeln!(out, "  also fails: {others}  ");
        }
        push_details(out, cause, level);
    }
    for (stage, count) in elsewhere {
        let _ = writeln!(out, "- {}", as_in(&escaped(stage), *count));
    }
    let more =
        verdict.causes.len().saturating_sub(level.causes).saturating_add(verdict.more_causes);
    if more > 0 {
        let _ = writeln!(out, "- and {more} more");
    }
    if let (Some(to), Some(repeat)) = (advice(verdict.outcome), &verdict.repeat) {
        let _ = writeln!(out, "\nTo {to}: {}", command(repeat));
    }
}

/// How to ask for this cause alone, and what a tool said in a part that is folded. That part comes last: up to the next blank
/// line all would be HTML, and no code.
fn push_details(out: &mut String, cause: &Cause, level: Level) {
    if let Some(repeat) = &cause.repeat {
        let _ = writeln!(out, "  repeat: {}", command(repeat));
    }
    let details = cause.detail.as_ref().filter(|_| level.tells_details);
    let lines = details.iter().flat_map(|text| text.lines()).map(escaped);
    let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
    if !lines.is_empty() {
        // In one line, so that nothing ends the item, and no line begins like something else.
        let text = lines.join("<br>");
        let _ = writeln!(out, "  <details><summary>details</summary><code>{text}</code></details>");
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
