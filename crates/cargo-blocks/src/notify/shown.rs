//! What was told, as a table and as JSON.

use std::fmt::Write as _;

use blocks_evidence::printable_line;
use serde_json::{Value, json};

use super::{ByChannel, Line, Told};

/// What was told, for people.
pub(crate) fn table(told: &Told) -> String {
    let name = printable_line(&told.name);
    let branch = told.branch.as_ref().map(|it| format!(" of {}", printable_line(it)));
    let revision = told.revision.as_ref().map(|it| {
        let short: String = it.chars().take(12).collect();
        format!(" at {}", printable_line(&short))
    });
    let (branch, revision) = (branch.unwrap_or_default(), revision.unwrap_or_default());
    let mut out = format!("{name}{branch}{revision}: {}\n", told.outcome);
    if let Some(why) = &told.silent {
        let _ = writeln!(out, "nobody is told: {why}");
    }
    let lines = || told.channels.iter().flat_map(|it| &it.lines);
    let widest =
        |of: fn(&Line) -> &str| lines().map(|it| of(it).chars().count()).max().unwrap_or(0);
    let widths = (widest(|it| &it.step), widest(|it| &it.to));
    let channels = told.channels.iter().map(|it| it.channel.len()).max().unwrap_or(0);
    for channel in &told.channels {
        push(&mut out, channel, channels, widths);
    }
    if !told.sends && told.silent.is_none() {
        out.push_str("this is a dry run: nobody was told. With --send they are\n");
    }
    out
}

fn push(out: &mut String, told: &ByChannel, wide: usize, (step, to): (usize, usize)) {
    let name = told.channel;
    for line in &told.lines {
        let _ = writeln!(out, "{name:wide$}  {:step$}  {:to$}  {}", line.step, line.to, line.title);
    }
    for note in &told.notes {
        let _ = writeln!(out, "{name:wide$}  note: {note}");
    }
    for problem in &told.problems {
        let _ = writeln!(out, "{name:wide$}  error: {problem}");
    }
    if told.lines.is_empty() && told.notes.is_empty() && told.problems.is_empty() {
        let _ = writeln!(out, "{name:wide$}  nothing to tell");
    }
}

/// The same for programs.
pub(crate) fn json(told: &Told) -> String {
    let line = |it: &Line| json!({ "step": it.step, "to": it.to, "title": it.title });
    let channel = |it: &ByChannel| {
        json!({
            "channel": it.channel, "lines": it.lines.iter().map(line).collect::<Vec<_>>(),
            "notes": it.notes, "problems": it.problems,
        })
    };
    let value: Value = json!({
        "schema": 1,
        "name": told.name,
        "revision": told.revision,
        "outcome": told.outcome,
        "branch": told.branch,
        "sent": told.sends,
        "silent": told.silent,
        "channels": told.channels.iter().map(channel).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}
