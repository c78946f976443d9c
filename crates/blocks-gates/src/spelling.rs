//! The gate of spelling: the words that typos found to be misspelled.

use crate::case::Case;
use crate::finding::Finding;
use crate::refusal::Refusal;
use crate::text::{looked_into, relative};
use crate::words::counted;
use crate::{Cause, Code, Measure};
use blocks_evidence::{Format, Misspelling, read_file_list, read_typos};
use std::collections::BTreeSet;

/// The exit status of the stage's script where the workspace has no rules.
const NO_RULES: i32 = 64;

pub(crate) fn judge(case: &Case<'_>) -> Result<Finding, Refusal> {
    if case.exit == NO_RULES {
        return Ok(Finding::not_applicable("there is no typos.toml"));
    }
    let words = case.read(Format::TyposJson, read_typos)?;
    let list = case.read(Format::FileList, read_file_list)?;
    let files = looked_into("typos", list.len())?;
    let list: BTreeSet<String> = list.into_iter().collect();
    // A word in a name has no line, and the name may be that of a file into which the tool does not look.
    if let Some(one) = words.iter().find(|one| one.line.is_some() && !list.contains(&one.file)) {
        return Err(case.contradicts(&format!("{} is not among the files", one.file)));
    }
    if words.is_empty() != (case.exit == 0) {
        let what = counted(words.len(), "word is", "words are");
        return Err(case.contradicts(&format!("{what} misspelled")));
    }
    let causes: Vec<Cause> = words.iter().map(cause).collect();
    let measure = Measure::Findings { count: causes.len() as u64 };
    let told = told(&measure, &causes);
    Ok(Finding::of(format!("{told} in {files}"), causes, measure))
}

fn cause(one: &Misspelling) -> Cause {
    let word = &one.word;
    let corrections: Vec<String> = one.corrections.iter().map(|it| format!("`{it}`")).collect();
    let what = if corrections.is_empty() {
        format!("`{word}` is not to be used")
    } else {
        format!("`{word}` should be {}", corrections.join(" or "))
    };
    let what = if one.line.is_none() { format!("the file's name: {what}") } else { what };
    let mut cause = Cause::new(Code::Misspelled, what);
    cause.file = Some(relative(&one.file));
    cause.line = one.line;
    cause
}

pub(crate) fn told(_: &Measure, causes: &[Cause]) -> String {
    match causes.len() {
        0 => "no misspelled word".to_owned(),
        count => counted(count, "misspelled word", "misspelled words"),
    }
}
