//! A letter as a text.

use std::fmt::Write as _;

use super::sections::{Entry, lead, nothing};
use super::{Scene, Section};
use crate::What;

pub(super) fn text(subject: &str, what: What, scene: &Scene<'_>, sections: &[Section]) -> String {
    let mut out = format!("{subject}\n\n{}\n\n", lead(what));
    let facts = [("commit", scene.commit()), ("report", scene.address().map(str::to_owned))];
    for (word, fact) in facts {
        if let Some(fact) = fact {
            let _ = writeln!(out, "{word} {fact}");
        }
    }
    for section in sections {
        let _ = write!(out, "\n{}:\n", section.title);
        if let Some(whole) = &section.whole {
            out.push_str(&whole.text);
            continue;
        }
        section.entries.iter().for_each(|it| push(&mut out, it));
        if section.more > 0 {
            let _ = writeln!(out, "- and {} more", section.more);
        }
    }
    out.extend(nothing(sections).map(|it| format!("\n{it}\n")));
    out
}

fn push(out: &mut String, entry: &Entry) {
    let _ = writeln!(out, "- {}", entry.message);
    for (word, fact) in &entry.facts {
        let _ = writeln!(out, "  {word}: {fact}");
    }
}
