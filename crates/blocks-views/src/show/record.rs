//! A stage, and what its records hold.

use std::path::Path;

use blocks_gates::Verdict;
use blocks_records::{Ended, Record, StepRun};
use blocks_stages::typed_word;

use super::{seconds, tail};
use crate::causes::told;
use crate::terminal::{Style, command, line, painted};

/// The most causes that are shown.
const CAUSES: usize = 200;

/// The most lines of each cause's detail.
const DETAILS: usize = 40;

/// A record of a stage.
#[derive(Debug, Clone)]
pub struct ShownRecord<'a> {
    /// What it is of.
    pub unit: &'a str,
    /// Its folder.
    pub folder: &'a Path,
    /// What it says; else why there is none that could be read.
    pub record: Result<&'a Record, String>,
    /// What its tools printed, or the end of it.
    pub log: &'a str,
}

/// A stage for a terminal: its verdict with up to 200 causes, and of each record what ran and how that ended, what made it, the
/// files that it holds, and the end of what was printed.
///
/// Texts of other programs are made harmless, and each line is of bounded length.
pub fn record_text(verdict: &Verdict, records: &[ShownRecord<'_>], color: bool) -> String {
    let mut text = told(verdict, CAUSES, DETAILS, color);
    for record in records {
        text.push('\n');
        for line in of_record(record, color) {
            text += &line;
            text.push('\n');
        }
    }
    text
}

fn of_record(shown: &ShownRecord<'_>, color: bool) -> Vec<String> {
    let head = format!("record of {}:", line(shown.unit));
    let head = format!(
        "{} {}",
        painted(&head, Style::Bold, color),
        line(&shown.folder.display().to_string())
    );
    let record = match &shown.record {
        Ok(record) => record,
        Err(why) => return vec![head, format!("  {}", line(why))],
    };
    let mut lines = vec![head, format!("  made by: {}", line(&made_by(record)))];
    if !record.machine.is_empty() {
        lines.push(format!("  on: {}", line(&record.machine)));
    }
    if !record.attempt.is_empty() {
        lines.push(format!("  asked again: {}", line(&record.attempt)));
    }
    for retry in &record.retries {
        let why = format!("{}: {}", ended(retry.ended), retry.reason);
        lines.push(format!("  tried before: {} after {}", line(&why), seconds(retry.seconds)));
    }
    lines.extend(record.steps.iter().map(step));
    if record.ended != Ended::Answered {
        let why = format!("{}: {}", ended(record.ended), record.reason);
        lines.push(format!("  ended: {}", line(&why)));
    }
    for file in &record.evidence {
        lines.push(format!("  holds: {}, {} bytes", line(&file.file), file.bytes));
    }
    if !shown.log.trim().is_empty() {
        lines.push(format!(
            "  printed, in {}:",
            line(&shown.folder.join("log").display().to_string())
        ));
        lines.extend(tail(shown.log));
    }
    lines
}

fn made_by(record: &Record) -> String {
    let tools = record.toolchain.tools.iter().map(|(tool, version)| format!("{tool} {version}"));
    let compilers = [&record.toolchain.rustc, &record.toolchain.cargo].map(String::to_owned);
    compilers.into_iter().chain(tools).collect::<Vec<_>>().join(", ")
}

/// `ran: cargo fmt --check (exit status 1, 0.3 s)`
fn step(step: &StepRun) -> String {
    let words: Vec<_> = step.command.iter().map(|word| typed_word(word)).collect();
    let exit =
        step.exit.map_or_else(|| "ended by a signal".to_owned(), |it| format!("exit status {it}"));
    // The command may be long, and how it ended must be seen.
    format!("  ran ({exit}, {}): {}", seconds(step.seconds), command(&words.join(" ")))
}

fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Answered => "answered",
        Ended::NotApplicable => "not applicable",
        Ended::TimedOut => "timed out",
        Ended::Killed => "killed",
        Ended::ToolMissing => "a tool is missing",
        Ended::ToolFailed => "a tool failed",
        Ended::Interrupted => "interrupted",
    }
}
