//! A plan for people.

use std::fmt::Write as _;

use blocks_evidence::printable_line;

use crate::{Plan, Planned, Reason, State};

/// The most reasons of a member, and items of an interface, that are shown. JSON has all.
const MOST: usize = 20;

/// The plan in words, without the changes of files.
pub fn plan_text(plan: &Plan) -> String {
    let mut lines = vec![head(plan)];
    for member in &plan.members {
        lines.extend(of_member(member));
    }
    for it in &plan.unchanged {
        let since = it.last.as_deref().unwrap_or("the beginning");
        lines.push(format!("{} {}: nothing since {since} asks for a release", it.name, it.version));
        lines.extend(unknown(it.unknown.as_deref()));
    }
    for note in &plan.notes {
        lines.push(format!("note: {note}"));
    }
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a text never fails.
        let _ = writeln!(text, "{}", printable_line(line));
        text
    })
}

fn head(plan: &Plan) -> String {
    let count = match plan.members.len() {
        1 => "1 member".to_owned(),
        many => format!("{many} members, in the order in which they are published"),
    };
    match plan.state() {
        State::Nothing => "there is nothing to release".to_owned(),
        State::Planned => format!("a release of {count}:"),
        State::Prepared => format!("prepared, not yet tagged: a release of {count}:"),
    }
}

fn of_member(member: &Planned) -> Vec<String> {
    let Planned { name, from, to, tag, .. } = member;
    let change = if from == to { to.to_string() } else { format!("{from} -> {to}") };
    let mut lines = vec![format!("{name} {change} (tag {tag})")];
    lines.extend(member.reasons.iter().take(MOST).flat_map(of_reason));
    if let Some(more) = member.reasons.len().checked_sub(MOST).filter(|more| *more > 0) {
        lines.push(format!("  and {more} more reasons: --json has all"));
    }
    lines.extend(unknown(member.unknown.as_deref()));
    lines
}

fn unknown(why: Option<&str>) -> Option<String> {
    why.map(|why| format!("  not known whether the interface breaks: {why}"))
}

fn of_reason(reason: &Reason) -> Vec<String> {
    match reason {
        Reason::First => vec!["  the first release".to_owned()],
        Reason::Commit(commit) => {
            let level = commit.level.map_or_else(String::new, |it| format!("{it}: "));
            vec![format!("  {level}{} ({})", commit.title, commit.short())]
        }
        Reason::Interface(level, broken) => {
            let items = broken.iter().take(MOST).map(|it| format!("    {it}"));
            let more = broken.len().checked_sub(MOST).filter(|more| *more > 0);
            let more = more.map(|more| format!("    and {more} more"));
            let head = format!("  {level}: the interface is not what it was");
            std::iter::once(head).chain(items).chain(more).collect()
        }
        Reason::Dependency(name, version) => {
            vec![format!("  patch: it has to ask for {name} {version}")]
        }
        Reason::Together => vec!["  released with others of the same version".to_owned()],
        Reason::Manifest(version) => vec![format!("  the manifest says {version} already")],
        Reason::Promotion(from) => vec![format!("  {from} becomes the release")],
    }
}
