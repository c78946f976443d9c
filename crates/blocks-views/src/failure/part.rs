//! What there is to say of a failure, in the order in which all forms say it.

use blocks_evidence::printable;
use blocks_failures::Failure;

use super::words::{blame, ends_with_reason, fix, names, place};
use crate::label::bounded;
use crate::number::counted;

/// The longest line of what a tool printed, in characters.
const LINE: usize = 240;

/// A thing to say. Its texts are as they were found: the form makes them harmless.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A name, or words.
    Words(&'static str, String),
    /// A command, which has to be whole to be of use.
    Command(&'static str, String),
    /// What a tool printed, one line each, with what is left out of it said in its place.
    Output(Vec<String>),
}

/// What there is to say, with so many lines of what its tool printed at most.
pub(super) fn parts(failure: &Failure, lines: usize) -> Vec<Part> {
    let words = |label, text: Option<String>| text.map(|text| Part::Words(label, text));
    let command = |label, text: Option<String>| text.map(|text| Part::Command(label, text));
    let places = (failure.count > 1).then(|| counted(failure.count, "place", "places"));
    let output = output(failure, lines);
    [
        words("where", place(failure)),
        words("places", places.map(|it| format!("{it} say the same; this is the first"))),
        words("stages", names(&failure.stages)),
        words("members", names(&failure.units)),
        words("note", blame(failure)),
        (!output.is_empty()).then_some(Part::Output(output)),
        words("hint", failure.hint.clone()),
        command("repeat", failure.repeat.clone()),
        command("fix, as far as a program can", fix(failure)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The lines that say most of what its message and its tool say beyond the first line.
fn output(failure: &Failure, most: usize) -> Vec<String> {
    let message = failure.message.trim().lines().skip(1);
    let said = message.chain(failure.detail.iter().flat_map(|text| text.lines()));
    let said: Vec<&str> = said.map(str::trim_end).collect();
    let first = said.iter().position(|line| !line.is_empty()).unwrap_or(said.len());
    let last = said.iter().rposition(|line| !line.is_empty()).map_or(first, |at| at + 1);
    let said = said.get(first..last).unwrap_or_default();
    let cut = said.len().saturating_sub(most);
    let shown = |lines: &[&str]| lines.iter().map(|line| harmless(line)).collect::<Vec<_>>();
    if most == 0 {
        return Vec::new();
    }
    let note = (cut > 0).then(|| format!("({} left out)", counted(cut, "line", "lines")));
    if ends_with_reason(failure.code) {
        note.into_iter().chain(shown(&said[cut..])).collect()
    } else {
        shown(&said[..said.len() - cut]).into_iter().chain(note).collect()
    }
}

/// A line of a tool. Carriage returns, which progress bars are drawn with, end no line here.
fn harmless(line: &str) -> String {
    // Cut before it is looked at: a line can be as long as a file.
    bounded(&printable(&bounded(line, LINE * 4)), LINE).replace('\t', "    ")
}
