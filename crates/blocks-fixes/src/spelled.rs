//! Words that can be spelled in one way only.

use blocks_evidence::{Misspelling, read_typos};

use crate::lines::lines;
use crate::{Change, Draft, Edit, Sources, Suggestion};

/// The changes that the words of typos ask for. What could be spelled in several ways, or not at all, is told in words.
pub(crate) fn changes(
    draft: &mut Draft,
    sources: &Sources,
    root: &str,
    text: &[u8],
    said: &mut Vec<Suggestion>,
) -> Vec<Change> {
    // What cannot be read is no verdict of the stage, which says so.
    let found = read_typos(text).unwrap_or_default();
    let mut changes = Vec::new();
    for one in &found {
        match change(draft, sources, root, one) {
            Ok(change) => changes.push(change),
            Err(why) => said.push(words(one, why)),
        }
    }
    changes
}

fn change(
    draft: &mut Draft,
    sources: &Sources,
    root: &str,
    one: &Misspelling,
) -> Result<Change, String> {
    let [correction] = one.corrections.as_slice() else {
        return Err(match one.corrections.as_slice() {
            [] => "the word is not to be used".to_owned(),
            several => format!("it could be {}", several.join(" or ")),
        });
    };
    let (Some(line), Some(offset)) = (one.line, one.offset) else {
        return Err("it is in the file's name".to_owned());
    };
    let (file, bytes) =
        draft.original(sources, root, &one.file).map_err(|unfit| unfit.to_string())?;
    let lines = lines(bytes);
    let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
    let before = lines.get(..index).unwrap_or_default();
    let start = before.iter().map(|line| line.len()).sum::<usize>() + offset;
    let range = start..start + one.word.len();
    let is_in_line = lines.get(index).is_some_and(|line| offset + one.word.len() <= line.len());
    if !is_in_line || bytes.get(range.clone()) != Some(one.word.as_bytes()) {
        return Err("the word is not where it was found".to_owned());
    }
    let what = format!("`{}` is spelled `{correction}`", one.word);
    Ok(Change { what, edits: vec![Edit { file, range, text: correction.clone().into() }] })
}

fn words(one: &Misspelling, why: String) -> Suggestion {
    Suggestion {
        what: format!("`{}` is misspelled", one.word),
        why: Some(why),
        file: Some(one.file.strip_prefix("./").unwrap_or(&one.file).to_owned()),
        line: one.line,
        ..Suggestion::default()
    }
}
