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
    let lines = lines(bytes);
    let seen = span.text.iter().zip(span.line_start..).all(|(seen, number)| {
        let line = lines.get(number - 1).copied().unwrap_or_default();
        line.trim_ascii_end() == seen.text.as_bytes().trim_ascii_end()
    });
    let start = at(&lines, span.line_start, span.column_start);
    let end = at(&lines, span.line_end, span.column_end);
    let place = (span.byte_start as usize, span.byte_end as usize);
    seen && start.zip(end) == Some(place) && place.0 <= place.1
}

/// The place in bytes of a line and a column in characters, both counted from 1.
fn at(lines: &[&[u8]], line: usize, column: usize) -> Option<usize> {
    let (line, column) = (line.checked_sub(1)?, column.checked_sub(1)?);
    let before: usize = lines.get(..line)?.iter().map(|line| line.len()).sum();
    // Behind the last end of a line there is one more, which is empty.
    let text = std::str::from_utf8(lines.get(line).copied().unwrap_or_default()).ok()?;
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    Some(before + places.nth(column)?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::StageChanges;
    use serde_json::{Value, json};
    use std::fs;

    const SOURCE: &str = "//! ü\nlet mut a = 1;\nlet mut b = 2;\n";

    /// What a compiler says of a place in the source, with suggestions for places.
    fn message(file: &str, places: &[(&str, &str, &str)]) -> String {
        let span = |(old, new, sure): &(&str, &str, &str)| -> Value {
            let start = SOURCE.find(old).unwrap();
            let line = SOURCE[..start].split('\n').count();
            let column = SOURCE[..start].split('\n').next_back().unwrap().chars().count() + 1;
            let text = SOURCE.split('\n').nth(line - 1).unwrap();
            json!({
                "file_name": file, "byte_start": start, "byte_end": start + old.len(),
                "line_start": line, "line_end": line, "column_start": column, "column_end": column + old.chars().count(),
                "is_primary": true, "label": null, "expansion": null,
                "text": [{ "text": text, "highlight_start": 1, "highlight_end": 1 }],
                "suggested_replacement": new, "suggestion_applicability": sure,
            })
        };
        let spans: Vec<_> = places.iter().map(span).collect();
        let child = json!({
            "message": "so", "code": null, "level": "help", "spans": spans, "children": [], "rendered": null,
        });
        let message = json!({
            "message": "it is not so", "code": { "code": "lint", "explanation": null },
            "level": "warning", "spans": spans, "children": [child], "rendered": null,
        });
        json!({ "reason": "compiler-message", "message": message }).to_string()
    }

    /// What the source holds after it, and why what is left out is.
    fn after(source: &str, messages: &[String]) -> (String, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src")).unwrap();
        fs::write(folder.path().join("src/lib.rs"), source).unwrap();
        let sources = Sources::of_folder(folder.path()).unwrap();
        let mut draft = Draft::default();
        let mut said = Vec::new();
        let text = messages.join("\n");
        let changes = changes(&mut draft, &sources, "/w", text.as_bytes(), &mut said);
        let (stage, title) = ("clippy".to_owned(), String::new());
        draft.add(StageChanges { stage, title, is_format: false, changes });
        let why = said
            .into_iter()
            .filter_map(|it| it.why)
            .chain(draft.left.iter().map(|it| it.why.clone()));
        let why = why.collect();
        let made = draft.layers().first().map(|(_, files)| files[0].after.clone());
        (made.map_or_else(|| source.to_owned(), |it| String::from_utf8(it).unwrap()), why)
    }

    const SURE: &str = "MachineApplicable";

    #[test]
    fn what_the_compiler_is_sure_of_is_made_once() {
        let one = message("src/lib.rs", &[("mut a", "a", SURE)]);
        let two = message("/w/src/lib.rs", &[("mut b", "b", SURE)]);
        let (text, left) = after(SOURCE, &[one.clone(), "{}".to_owned(), one, two]);
        assert_eq!((text.as_str(), left.len()), ("//! ü\nlet a = 1;\nlet b = 2;\n", 0));
    }

    #[test]
    fn what_it_is_not_sure_of_is_told() {
        let (text, left) =
            after(SOURCE, &[message("src/lib.rs", &[("mut a", "a", "MaybeIncorrect")])]);
        assert_eq!(text, SOURCE);
        assert!(left[0].contains("without a look at it"), "{left:?}");
    }

    #[test]
    fn what_overlaps_is_made_once_and_what_belongs_together_is_made_together() {
        let one = message("src/lib.rs", &[("mut a", "a", SURE)]);
        let two = message("src/lib.rs", &[("mut a", "x", SURE), ("mut b", "y", SURE)]);
        let (text, left) = after(SOURCE, &[one, two]);
        assert_eq!(text, "//! ü\nlet a = 1;\nlet mut b = 2;\n");
        assert_eq!(left, ["another change is at the same place"]);
    }

    #[test]
    fn places_of_another_text_and_outside_are_left_alone() {
        let one = message("src/lib.rs", &[("mut a", "a", SURE)]);
        for source in
            ["", "//! u\nlet mut a = 1;\n", "//! ü\nlet mut A = 1;\n", "\n//! ü\nlet mut a = 1;\n"]
        {
            let (text, left) = after(source, std::slice::from_ref(&one));
            assert_eq!(text, source);
            assert_eq!(left, ["the source is not what the compiler saw"]);
        }
        for file in ["/other/src/lib.rs", "../src/lib.rs", "src/other.rs"] {
            let (text, left) = after(SOURCE, &[message(file, &[("mut a", "a", SURE)])]);
            assert_eq!((text.as_str(), left.len()), (SOURCE, 1), "{file}");
        }
    }
}
