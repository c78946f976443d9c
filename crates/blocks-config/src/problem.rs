//! Errors of the YAML reader in the words of these files.

use crate::Key;
use crate::error::{Place, Problem, quote};
use crate::key::row;
use crate::places::{Entry, Places, place};
use crate::suggest::closest;
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{DefaultMessageFormatter, Error, Location, MessageFormatter};

const NO_ALIASES: &str = "anchors, aliases and `<<` are not read here: write the value out";
const NO_TAGS: &str = "tags are not read here: remove the word that starts with `!`";

/// An error of the document itself: it is no YAML, or YAML that is not read here.
pub(crate) fn of_document(error: &Error) -> Problem {
    let error = error.without_snippet();
    let (message, help) = match error {
        Error::DuplicateMappingKey { key, .. } => (
            format!("the key {} is there twice", quote(key.as_deref().unwrap_or("?"))),
            "keep one of the two",
        ),
        Error::MultipleDocuments { .. } => (
            "the file has more than one YAML document".to_owned(),
            "keep one: remove the rest from `---` or `...` on",
        ),
        Error::MergeKeyNotAllowed { .. } => ("the mapping has a merge key".to_owned(), NO_ALIASES),
        Error::UnknownAnchor { .. } => ("the value is an alias (`*name`)".to_owned(), NO_ALIASES),
        Error::Budget { breach, .. } => of_budget(breach),
        Error::UnsupportedTag { tag, .. } | Error::TaggedStructFieldName { tag, .. } => {
            (format!("the value has the tag {}", quote(tag)), NO_TAGS)
        }
        Error::TaggedScalarCannotDeserializeIntoString { .. } => {
            ("the key has a tag".to_owned(), NO_TAGS)
        }
        other => (
            format!("not YAML that can be read: {}", words(other)),
            "indent with spaces, and put a text with special characters into quotes",
        ),
    };
    Problem { place: spot(error), message, help: help.to_owned() }
}

fn of_budget(breach: &BudgetBreach) -> (String, &'static str) {
    match breach {
        BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. } => {
            ("the value has an anchor (`&name`) or is an alias".to_owned(), NO_ALIASES)
        }
        _ => (
            "the file is nested too deeply or has too many values".to_owned(),
            "no configuration needs that much: look for what was pasted by mistake",
        ),
    }
}

/// An error of a value or a key, in a document that can be read.
pub(crate) fn of_value(error: &Error, places: &Places, keys: &[Key]) -> Problem {
    let error = error.without_snippet();
    let spot = spot(error);
    let entry = spot.and_then(|spot| places.value_at(spot));
    match (error, entry) {
        (Error::SerdeUnknownField { field, expected, .. }, _) => {
            let key = spot.and_then(|spot| places.key_at(spot));
            unknown_key(field, expected, spot, key.map_or("", |key| key.path.as_str()))
        }
        (Error::SerdeMissingField { field, .. }, entry) => {
            // The spot is the last key that is there, which can be the first one and the mapping's
            // own.
            let last = || spot.and_then(|spot| places.key_at(spot)).map(|key| parent(&key.path));
            let mapping = entry.map(|entry| &*entry.path).or_else(last).unwrap_or_default();
            Problem {
                place: spot,
                message: format!("the key `{field}` is missing{}", within(mapping)),
                help: format!("add `{field}: …`"),
            }
        }
        (Error::Message { msg, .. }, Some(entry)) => cannot_be(entry, &format!(": {msg}"), keys),
        (_, Some(entry)) => cannot_be(entry, "", keys),
        (other, None) => of_document(other),
    }
}

/// A value that its key cannot have; `why` follows what is said about it.
pub(crate) fn cannot_be(entry: &Entry, why: &str, keys: &[Key]) -> Problem {
    let default = match entry.found.as_str() {
        "empty" => ", or remove the key to have its default",
        _ => "",
    };
    let what = match entry.path.as_str() {
        "" => "the file".to_owned(),
        path => format!("`{path}`"),
    };
    Problem {
        place: Some(entry.value),
        message: format!("{what} cannot be {}{why}", entry.found),
        help: format!("write {}{default}", expected(keys, &entry.pattern)),
    }
}

/// What may stand at a pattern, in words.
fn expected(keys: &[Key], pattern: &str) -> String {
    if let Some(key) = row(keys, pattern) {
        return if pattern == key.path { key.accepts() } else { key.kind.to_string() };
    }
    let below = |separator: &str| {
        let prefix =
            if pattern.is_empty() { String::new() } else { format!("{pattern}{separator}") };
        let mut names: Vec<_> = keys
            .iter()
            .filter_map(|key| key.path.strip_prefix(&prefix))
            .filter_map(|rest| rest.split(['.', '[']).next())
            .collect();
        names.dedup();
        names
    };
    let (elements, children) = (below("[]."), below("."));
    if !pattern.is_empty() && !elements.is_empty() {
        return format!("a list of mappings with the keys {}", elements.join(", "));
    }
    if children == ["<id>"] {
        return match pattern {
            "members" => "a mapping from a member's package name to its settings".to_owned(),
            _ => "a mapping from a stage's id to its switches".to_owned(),
        };
    }
    format!("a mapping with the keys {}", children.join(", "))
}

fn unknown_key(field: &str, known: &[&str], place: Option<Place>, path: &str) -> Problem {
    let parent = path.strip_suffix(field).unwrap_or_default();
    Problem {
        place,
        message: format!("unknown key {}{}", quote(field), within(parent.trim_end_matches('.'))),
        help: known_words(field, known, "keys"),
    }
}

/// Names the words that are known, the nearest one first.
pub(crate) fn known_words(word: &str, known: &[&str], what: &str) -> String {
    let list = format!("known {what} here: {}", known.join(", "));
    match closest(word, known) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list,
    }
}

/// The mapping that a key is in.
fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(mapping, _)| mapping)
}

fn within(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" in `{path}`") }
}

fn spot(error: &Error) -> Option<Place> {
    let location = error.location()?;
    (location != Location::UNKNOWN).then(|| place(location))
}

/// The reader's own words, which can repeat a part of the file.
fn words(error: &Error) -> String {
    DefaultMessageFormatter.format_message(error).chars().take(200).collect()
}
