//! What compilers suggest, and say that nobody has to look at.

use std::collections::HashSet;

use blocks_evidence::{MESSAGE, bounded};
use rustfix::diagnostics::{Applicability, Diagnostic, DiagnosticSpan};
use rustfix::{Filter, Solution, collect_suggestions};
use serde::Deserialize;

use crate::lines::lines;
use crate::{Change, Draft, Edit, Sources, Suggestion};

/// The fields of cargo's messages that are of use here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    message: Option<Diagnostic>,
}

/// The changes that the messages of cargo ask for. What has none is told in words.
pub(crate) fn changes(
    draft: &mut Draft,
    sources: &Sources,
    root: &str,
    messages: &[u8],
    said: &mut Vec<Suggestion>,
) -> Vec<Change> {
    let text = String::from_utf8_lossy(messages);
    let mut changes = Vec::new();
    for line in text.lines().filter(|line| line.starts_with('{')) {
        // Messages of other forms are of others than compilers.
        let Ok(Message { reason, message: Some(message) }) = serde_json::from_str(line) else {
            continue;
        };
        if reason != "compiler-message" || !has_place(&message) {
            continue;
        }
        match change(draft, sources, root, &message) {
            Ok(change) => changes.push(change),
            Err(why) => said.push(words(root, &message, &why)),
        }
    }
    changes.dedup();
    changes
}

/// Notes and counts of what was said have none.
fn has_place(message: &Diagnostic) -> bool {
    message.spans.iter().any(|span| span.is_primary)
}

fn change(
    draft: &mut Draft,
    sources: &Sources,
    root: &str,
    message: &Diagnostic,
) -> Result<Change, String> {
    let none =
        || "the compiler suggests nothing that could be done without a look at it".to_owned();
    let found = collect_suggestions(message, &HashSet::new(), Filter::MachineApplicableOnly);
    let solution = match found.map(|it| it.solutions).as_deref() {
        Some([solution]) => solution.clone(),
        Some([_, _, ..]) => return Err("the compiler suggests several ways".to_owned()),
        _ => return Err(none()),
    };
    if !is_of_this(draft, sources, root, message)? {
        return Err("the source is not what the compiler saw".to_owned());
    }
    let Solution { replacements, .. } = solution;
    let mut edits = Vec::new();
    for one in replacements {
        let (file, _) = draft
            .original(sources, root, &one.snippet.file_name)
            .map_err(|unfit| unfit.to_string())?;
        let edit = Edit { file, range: one.snippet.range, text: one.replacement.into() };
        if edits.iter().any(|it: &Edit| it.conflicts_with(&edit)) {
            return Err("what the compiler suggests contradicts itself".to_owned());
        }
        edits.push(edit);
    }
    let code = message.code.as_ref().map(|code| format!(" ({})", code.code)).unwrap_or_default();
    Ok(Change { what: bounded(&format!("{}{code}", message.message), MESSAGE), edits })
}

/// Whether each place that would be replaced is, in the source, where the compiler has it: bytes and lines agree, and the
/// lines hold the same text.
fn is_of_this(
    draft: &mut Draft,
    sources: &Sources,
    root: &str,
    message: &Diagnostic,
) -> Result<bool, String> {
    let is_replaced = |span: &&DiagnosticSpan| {
        span.suggested_replacement.is_some()
            && matches!(span.suggestion_applicability, Some(Applicability::MachineApplicable))
    };
    for span in message.children.iter().flat_map(|it| &it.spans).filter(is_replaced) {
        let (_, bytes) = draft
            .original(sources, root, &span.file_name)
            .map_err(|unfit| format!("{}: {unfit}", span.file_name))?;
        if !is_at(bytes, span) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_at(bytes: &[u8], span: &DiagnosticSpan) -> bool {
    let (start, end) = (span.byte_start as usize, span.byte_end as usize);
    let Some(text) = bytes.get(..end).filter(|_| start <= end) else { return false };
    let line = |text: &[u8]| text.split(|byte| *byte == b'\n').count();
    let is_there = line(&text[..start]) == span.line_start && line(text) == span.line_end;
    let lines = lines(bytes);
    let seen = span.text.iter().zip(span.line_start..).all(|(seen, number)| {
        let line = lines.get(number - 1).copied().unwrap_or_default();
        line.trim_ascii_end() == seen.text.as_bytes().trim_ascii_end()
    });
    is_there && seen
}

fn words(root: &str, message: &Diagnostic, why: &str) -> Suggestion {
    let place = message.spans.iter().find(|span| span.is_primary);
    let file = place.map(|span| {
        crate::sources::relative(root, &span.file_name).unwrap_or_else(|_| span.file_name.clone())
    });
    let help = message.children.iter().find(|it| !it.message.is_empty());
    let help = help.map(|it| format!(": {}", it.message)).unwrap_or_default();
    Suggestion {
        what: bounded(&format!("{}{help}", message.message), MESSAGE),
        why: Some(why.to_owned()),
        file,
        line: place.and_then(|span| u32::try_from(span.line_start).ok()),
        ..Suggestion::default()
    }
}
