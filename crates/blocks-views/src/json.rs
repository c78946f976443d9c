use serde::Serialize;

/// Indented JSON with its keys in the order of the type's fields, and a line feed at the end.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    // Only maps with keys that are no strings, and values that refuse, cannot be written.
    let mut text = serde_json::to_string_pretty(value)
        .unwrap_or_else(|error| unreachable!("structs of strings and numbers: {error}"));
    text.push('\n');
    text
}
