//! `fixes.json`, and the names of the files beside it.

use blocks_gates::Code;
use serde::Serialize;

use crate::{Fixes, Left, Part, Refused, Suggestion};

/// The version of the form.
const SCHEMA: u32 = 1;

/// The file that has all parts, one after the other.
pub const WHOLE: &str = "fixes.patch";

/// What is done about what failed. The texts come from tools, tests and paths, and are kept as they are.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Form<'a> {
    /// The version of this form.
    schema: u32,
    /// The file with the whole patch, for `git apply`; none where there is nothing to apply.
    patch: Option<&'a str>,
    /// The parts of the patch, in the order in which they apply.
    parts: Vec<PartForm<'a>>,
    /// What could be changed, and is left out.
    left: &'a [Left],
    /// What a person has to do.
    suggestions: &'a [Suggestion],
    /// How many more suggestions there are.
    more_suggestions: usize,
    /// The stages whose records cannot be used.
    refused: &'a [Refused],
}

/// A part of the patch.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PartForm<'a> {
    /// The stage that asks for it.
    stage: &'a str,
    /// The stage's title.
    title: &'a str,
    /// The file with this part alone. It applies to what the parts before it leave.
    patch: String,
    /// The files that it changes, from the workspace's root.
    files: Vec<&'a str>,
    /// What it does, a line each.
    changes: &'a [String],
    /// Whether what the whole patch leaves was compiled.
    checked: bool,
    /// Why it was not, or what came of it.
    unchecked: Option<&'a str>,
}

/// The name of the file with a part, of which `at` are before it.
pub fn patch_name(at: usize, part: &Part) -> String {
    format!("{:02}-{}.patch", at + 1, part.stage)
}

/// `fixes.json`.
pub fn fixes_json(fixes: &Fixes) -> String {
    let form = Form {
        schema: SCHEMA,
        patch: (!fixes.parts.is_empty()).then_some(WHOLE),
        parts: fixes.parts.iter().enumerate().map(PartForm::of).collect(),
        left: &fixes.left,
        suggestions: &fixes.suggestions,
        more_suggestions: fixes.more_suggestions,
        refused: &fixes.refused,
    };
    // Maps with keys that are no texts cannot be written; there are none.
    serde_json::to_string_pretty(&form).unwrap_or_default() + "\n"
}

impl<'a> PartForm<'a> {
    fn of((at, part): (usize, &'a Part)) -> Self {
        Self {
            stage: &part.stage,
            title: &part.title,
            patch: patch_name(at, part),
            files: part.files.iter().map(|file| file.path.as_str()).collect(),
            changes: &part.changes,
            checked: part.unchecked.is_none(),
            unchecked: part.unchecked.as_deref(),
        }
    }
}

/// Whether a refusal is only that nobody asked the stage yet.
pub fn is_absent(refused: &Refused) -> bool {
    refused.code == Code::RecordAbsent
}
