//! Regions of pages that should hold something else.

use blocks_gates::{Given, RecordedPage, recorded_pages};
use blocks_stages::Stage;

use crate::{Change, Draft, Edit, Left, Sources};

/// The changes of the pages that a stage recorded, one a page. A page that is not as it was recorded is left out.
pub(crate) fn changes(
    draft: &mut Draft,
    sources: &Sources,
    stage: &Stage,
    given: Given<'_>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for page in recorded_pages(stage, given) {
        let what = format!("{} holds what is known now: {}", page.file, page.regions.join(", "));
        match edit(draft, sources, &page) {
            Ok(edit) => changes.push(Change { what, edits: vec![edit] }),
            Err(why) => draft.left.push(Left { stage: stage.id.clone(), what, why }),
        }
    }
    changes
}

/// What differs, so that another change of the same page has its place.
fn edit(draft: &mut Draft, sources: &Sources, page: &RecordedPage) -> Result<Edit, String> {
    let (file, bytes) =
        draft.original(sources, "", &page.file).map_err(|unfit| unfit.to_string())?;
    let (before, after) = (page.before.as_bytes(), page.after.as_bytes());
    if bytes != before {
        return Err("the file is not as it was recorded".to_owned());
    }
    let same = |(a, b): &(&u8, &u8)| a == b;
    let start = before.iter().zip(after).take_while(same).count();
    let rest = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(same).count();
    let text = after[start..after.len() - end].to_vec();
    Ok(Edit { file, range: start..before.len() - end, text })
}
