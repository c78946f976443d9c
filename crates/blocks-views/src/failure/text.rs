//! Failures as plain text, for a terminal and a mail.

use blocks_failures::Failure;

use super::FailureReport;
use super::level::{Level, fitting};
use super::part::{Part, parts};
use super::words::{counts, left_out, message, origin};
use crate::outcome::{sign, word};
use crate::terminal::{columns, command, line};

/// The lines that a terminal shows at once, about.
pub const TERMINAL: usize = 30;

/// The most columns of a line.
const WIDTH: usize = 78;

/// The most lines that a text of another program takes.
const MOST: usize = 4;

/// The same as [`crate::failure_markdown`] as plain text in at most `lines` lines ([`TERMINAL`]; of a mail as many as one
/// likes) of 78 columns. But for commands, which stay whole in one line, since one that is cut or wrapped cannot be repeated.
///
/// Texts of others are harmless in a terminal, and to the runner of a CI that reads them.
pub fn failure_text(report: &FailureReport<'_>, lines: usize) -> String {
    let text = fitting(|level| at(report, level), |text| text.lines().count() <= lines);
    text.unwrap_or_else(|| if lines == 0 { String::new() } else { counts(report) + "\n" })
}

fn at(report: &FailureReport<'_>, level: Level) -> String {
    let mut out = Vec::new();
    if !report.stages.is_empty() || level.failures == 0 {
        push_head(&mut out, report, level);
    }
    for failure in report.failures.iter().take(level.failures) {
        push(&mut out, failure, level);
    }
    if let Some(left) = left_out(report, level.failures, level.stages) {
        out.push(String::new());
        push_wrapped(&mut out, "", &left);
    }
    let text = out.join("\n");
    text.trim_start_matches('\n').to_owned() + "\n"
}

fn push_head(out: &mut Vec<String>, report: &FailureReport<'_>, level: Level) {
    let head = format!("{}{}", counts(report), origin(report));
    push_wrapped(out, "", &head);
    for stage in report.stages.iter().filter(|it| it.is_open()).take(level.stages) {
        let (sign, word) = (sign(stage.outcome), word(stage.outcome));
        let told = format!("{sign} {} ({word}): {}", stage.stage, stage.summary);
        out.push(cut(&line(&told), WIDTH));
    }
}

fn push(out: &mut Vec<String>, failure: &Failure, level: Level) {
    out.push(String::new());
    push_wrapped(out, "", &format!("{} [{}]", line(message(failure)), failure.code));
    for part in parts(failure, level.lines) {
        match part {
            Part::Words(label, text) => push_wrapped(out, "  ", &format!("{label}: {text}")),
            Part::Command(label, text) => out.push(format!("  {label}: {}", command(&text))),
            Part::Output(lines) => {
                out.extend(lines.iter().map(|it| cut(&format!("  | {}", line(it)), WIDTH)));
            }
        }
    }
}

/// A text in lines of its own, cut between words.
fn push_wrapped(out: &mut Vec<String>, indent: &str, text: &str) {
    let text = line(text);
    let (mut lines, mut now) = (Vec::new(), indent.to_owned());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let is_first = now.trim().is_empty();
        if !is_first && columns(&now) + 1 + columns(word) > WIDTH {
            lines.push(std::mem::replace(&mut now, format!("{indent}  ")));
        } else if !is_first {
            now.push(' ');
        }
        now += word;
    }
    lines.push(now);
    if lines.len() > MOST {
        lines.truncate(MOST);
        lines.iter_mut().skip(MOST - 1).for_each(|last| last.push_str(" \u{2026}"));
    }
    // Each line anew: what begins one in its middle may be a command to the runner of a CI.
    out.extend(lines.iter().map(|it| cut(&line(it), WIDTH)));
}

/// A line of at most so many columns; an ellipsis is the last of them where there are more.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let (mut kept, mut taken) = (String::new(), 0);
    for c in text.chars() {
        taken += columns(c.encode_utf8(&mut [0; 4]));
        if taken >= width {
            break;
        }
        kept.push(c);
    }
    kept.trim_end().to_owned() + "\u{2026}"
}
