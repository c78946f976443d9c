//! Lists of checks, for people and for programs.

use std::fmt::Write as _;

use blocks_evidence::printable_line;
use blocks_gates::Outcome;
use blocks_registry::{Check, overall, release_checks_json};

use super::there::There;

/// What each outcome is shown by, and its colour.
fn mark(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Pass => ("✓", "32"),
        Outcome::Fail => ("✗", "31"),
        Outcome::NoVerdict => ("?", "33"),
        Outcome::NotApplicable => ("-", "2"),
    }
}

/// A line a check, and the causes below it.
pub(super) fn text(checks: &[Check], colour: bool) -> String {
    let name = |it: &Check| match &it.about {
        Some(about) => format!("{} {}", it.id, printable_line(about)),
        None => it.id.to_owned(),
    };
    let width = checks.iter().map(|it| name(it).chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for check in checks {
        let (mark, code) = mark(check.outcome);
        let mark = if colour { format!("\u{1b}[{code}m{mark}\u{1b}[0m") } else { mark.to_owned() };
        let said = if check.said.is_empty() { &[String::new()][..] } else { &check.said };
        for (at, line) in said.iter().enumerate() {
            let (mark, name) =
                if at == 0 { (mark.as_str(), name(check)) } else { (" ", String::new()) };
            let line = format!("{mark} {name:width$}  {}", printable_line(line));
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}

/// What they come to, in a line.
pub(super) fn closing(checks: &[Check], good: &str) -> String {
    let count = |outcome| checks.iter().filter(|it| it.outcome == outcome).count();
    let (failed, unknown) = (count(Outcome::Fail), count(Outcome::NoVerdict));
    match overall(checks) {
        Outcome::Pass => format!("{good}\n"),
        _ => format!("{failed} of {} do not hold, and {unknown} are not known\n", checks.len()),
    }
}

/// The same for programs.
pub(super) fn json(there: &There, checks: &[Check]) -> String {
    release_checks_json(&there.registry, &there.members, checks)
}
