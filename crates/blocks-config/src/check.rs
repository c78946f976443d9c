//! What a single value cannot know: lists whose elements have to differ, texts that must say something.

use std::collections::BTreeMap;

/// A rule that the configuration as a whole breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The path of the value, such as `badges[1].name`.
    pub(crate) path: String,
    /// What is wrong, without the path.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// Finds the first value that an earlier one has already.
pub(crate) fn no_duplicates<'a>(
    values: impl IntoIterator<Item = (String, &'a str)>,
) -> Option<Violation> {
    let mut seen = BTreeMap::new();
    for (path, value) in values {
        if let Some(first) = seen.get(value) {
            return Some(Violation {
                message: format!("`{path}` repeats `{value}` of `{first}`"),
                help: "remove one of the two".to_owned(),
                path,
            });
        }
        seen.insert(value, path);
    }
    None
}

/// Finds the first text that is empty or has a control character in it.
pub(crate) fn no_blanks<'a>(
    values: impl IntoIterator<Item = (String, &'a str)>,
) -> Option<Violation> {
    let blank = |text: &str| text.trim().is_empty() || text.contains(char::is_control);
    let (path, _) = values.into_iter().find(|(_, text)| blank(text))?;
    Some(Violation {
        message: format!("`{path}` is empty or has a control character in it"),
        help: "write text on one line, or remove the entry".to_owned(),
        path,
    })
}
