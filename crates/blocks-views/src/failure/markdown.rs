//! Failures as Markdown, for an issue or a comment.

use std::fmt::Write as _;

use blocks_failures::Failure;

use super::FailureReport;
use super::level::{Level, fitting};
use super::part::{Part, parts};
use super::words::{counts, left_out, message, short};
use crate::escape::escaped;
use crate::outcome::{sign, word};
use crate::terminal::command;

/// The failures as Markdown (GitHub flavour), in at most `limit` bytes ([`crate::COMMENT`]): of a run what is red; of each
/// failure what it says, where, in which stages and members, what its tool printed, how to repeat it, and what to do.
///
/// Where not all fits, lines of tools are left out first, then failures; how many is said, and where all of it is.
///
/// Texts of others are texts: they stand in one line in which each character that means something is escaped, or in a block
/// of code whose fence is longer than any in them.
pub fn failure_markdown(report: &FailureReport<'_>, limit: usize) -> String {
    let text = fitting(|level| at(report, level), |text| text.len() <= limit);
    text.unwrap_or_else(|| counts(report).chars().take(limit).collect())
}

fn at(report: &FailureReport<'_>, level: Level) -> String {
    let mut out = String::new();
    let is_run = !report.stages.is_empty();
    if is_run || level.failures == 0 {
        push_head(&mut out, report, level);
    }
    for failure in report.failures.iter().take(level.failures) {
        push(&mut out, failure, level);
    }
    if let Some(left) = left_out(report, level.failures, level.stages) {
        let _ = writeln!(out, "\n{}", escaped(&left));
    }
    out.trim_start().to_owned()
}

fn push_head(out: &mut String, report: &FailureReport<'_>, level: Level) {
    let _ = write!(out, "**{}**", escaped(&counts(report)));
    if !report.name.is_empty() {
        let _ = write!(out, " in {}", escaped(report.name));
    }
    if let Some(revision) = report.revision {
        let _ = write!(out, " at <code>{}</code>", escaped(&short(revision)));
    }
    if let Some(branch) = report.branch {
        let _ = write!(out, " of <code>{}</code>", escaped(branch));
    }
    out.push_str("\n\n");
    for stage in report.stages.iter().filter(|it| it.is_open()).take(level.stages) {
        let (sign, word) = (sign(stage.outcome), word(stage.outcome));
        let (name, summary) = (escaped(&stage.stage), escaped(stage.summary));
        let _ = writeln!(out, "- {sign} {name} ({word}): {summary}");
    }
}

fn push(out: &mut String, failure: &Failure, level: Level) {
    let _ = writeln!(out, "\n**{}** (<code>{}</code>)\n", escaped(message(failure)), failure.code);
    for part in parts(failure, level.lines) {
        match part {
            Part::Words(label, text) => {
                let _ = writeln!(out, "- {label}: {}", escaped(&text));
            }
            Part::Command(label, text) => {
                end_block(out);
                let _ = writeln!(out, "{label}:\n");
                push_block(out, "sh", &command(&text));
            }
            Part::Output(lines) => {
                end_block(out);
                out.push_str("<details open><summary>output</summary>\n\n");
                push_block(out, "text", &lines.join("\n"));
                out.push_str("\n</details>\n\n");
            }
        }
    }
}

/// An empty line, where there is none.
fn end_block(out: &mut String) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// A block of code, in which nothing means anything but its end: so many backticks as there are nowhere in it.
fn push_block(out: &mut String, language: &str, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(out, "{fence}{language}\n{text}\n{fence}");
}
