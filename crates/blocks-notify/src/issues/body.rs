//! The text of an issue.
//!
//! It is the mark, what is known of its causes by now, what is known of them by the last run that had them, and a line at its
//! end. What people write before and after that stays.

use std::fmt::Write as _;

use blocks_failures::Failure;
use blocks_views::{FailureReport, failure_markdown, markdown_text};

use super::LIMIT;
use super::mark::{Cause, Mark, MarkKind, bounded};

const DETAILS: &str = "<!-- blocks:details -->";
const END: &str = "<!-- blocks:end -->";

/// How much of what each cause says is shown: the first of these that leaves room is taken.
const WIDTHS: [usize; 4] = [100, 60, 30, 0];

/// The least room that what is known of a failure needs.
const LEAST: usize = 400;

const MACHINE: &str = "The machine that ran the checks did not come to an answer. Nothing is known of the code, so that no \
                       commit is to blame: look at the machine.";

const KEPT: &str = "<sub>`cargo blocks notify` keeps this text, and closes the issue when all of it is over. Who closes it as \
                    *not planned*, or closes and locks it, hears no more of it. What is written above or below this stays.</sub>";

/// The text of an issue that has none yet, or the new text of one that has. Where nothing is known of failures now, what was
/// known of them stays.
pub(super) fn body(before: &str, mark: &Mark, failures: Option<&[Failure]>) -> String {
    let parts = Parts::of(before);
    let hidden = mark.hidden();
    let own = parts.above.len() + parts.below.len() + hidden.len() + DETAILS.len() + END.len() + 16;
    let room = LIMIT.saturating_sub(own);
    let states = WIDTHS.map(|width| state(mark, width));
    let state = states.iter().find(|it| it.len() + LEAST <= room.max(2 * LEAST) / 2);
    let state = state.or(states.last()).map_or("", String::as_str);
    let room = room.saturating_sub(state.len() + KEPT.len());
    let details = match failures {
        Some(failures) => details(failures, room),
        None => parts.details.trim().to_owned(),
    };
    // Of what was written before, a cut would leave the half of a block of code.
    let details = if details.len() <= room { details } else { String::new() };
    let Parts { above, below, .. } = parts;
    format!("{above}{hidden}\n{state}\n{DETAILS}\n{details}\n\n{KEPT}\n{END}{below}")
}

fn details(failures: &[Failure], room: usize) -> String {
    let whole = Some("report.json has all of it");
    failure_markdown(&FailureReport { whole, ..FailureReport::of(failures) }, room)
        .trim()
        .to_owned()
}

/// What is known by now.
fn state(mark: &Mark, width: usize) -> String {
    let mut out = String::from("\n");
    if let Some(number) = mark.same_as {
        let _ = writeln!(out, "The same as #{number}, which is kept.\n");
    }
    if mark.kind == MarkKind::Machine {
        let _ = writeln!(out, "{MACHINE}\n");
    }
    let runs = if mark.runs == 1 { "one run".to_owned() } else { format!("{} runs", mark.runs) };
    let _ = write!(out, "Seen in {runs}");
    for (word, commit) in [("first", &mark.first), ("last", &mark.last)] {
        if let Some(commit) = commit {
            let _ = write!(out, "; {word} at <code>{}</code>", markdown_text(&bounded(commit, 40)));
        }
    }
    let branches: std::collections::BTreeSet<_> =
        mark.causes.iter().flat_map(|it| &it.on).collect();
    let named: Vec<_> =
        branches.iter().take(20).map(|it| format!("<code>{}</code>", markdown_text(it))).collect();
    if named.is_empty() {
        out.push_str(". It is over.\n");
    } else {
        let _ = writeln!(out, "; now on {}.", named.join(", "));
    }
    if mark.kind != MarkKind::Cause && width > 0 {
        out.push('\n');
        for cause in &mark.causes {
            push_cause(&mut out, cause, width);
        }
    }
    out
}

fn push_cause(out: &mut String, cause: &Cause, width: usize) {
    let sign = if cause.is_over() { 'x' } else { ' ' };
    let stage = cause.stages.first().map_or("", String::as_str);
    let says = markdown_text(&bounded(&cause.says, width));
    let _ = writeln!(out, "- [{sign}] {}: {says}", markdown_text(stage));
}

/// A text in its parts; all of one that is not ours is above.
struct Parts<'a> {
    above: &'a str,
    details: &'a str,
    below: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let Some((at, _)) = Mark::find(text) else {
            return Self { above: text, details: "", below: "" };
        };
        let (above, own) = text.split_at(at);
        // A tool can have printed the line of the end: the last one is ours, unless a person wrote another.
        let (own, below) = own.rsplit_once(END).unwrap_or((own, ""));
        let (_, details) = own.split_once(DETAILS).unwrap_or((own, ""));
        let details = details.trim_end().strip_suffix(KEPT).unwrap_or(details);
        Self { above, details, below }
    }
}

/// Whether two texts are the same. Servers end lines in their own way.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let lines = |text: &'_ str| text.trim_end().replace("\r\n", "\n");
    lines(one) == lines(other)
}
