//! Where each key and value of a file stands, and in which form.

use crate::Key;
use crate::error::{Place, Problem, quote};
use crate::key::row;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// The longest key in bytes. Ours are short; without a limit a file of a mebibyte could spell paths
/// of gibibytes.
const LONGEST_KEY: usize = 128;

/// Any YAML, without its scalars' values: those are read from the text.
pub(crate) enum Node {
    Nothing,
    Scalar,
    Mapping(Vec<(Spanned<String>, Spanned<Node>)>),
    List(Vec<Spanned<Node>>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Mapping(entries))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Node::List(elements))
    }
}

/// What stands at a path of a file.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The path with indexes: `badges[1].name`.
    pub(crate) path: String,
    /// The path as the table of keys has it: `badges[].name`.
    pub(crate) pattern: String,
    /// Where the key stands; for an element of a list, the element.
    pub(crate) key: Place,
    /// Where the value stands.
    pub(crate) value: Place,
    /// The scalar as it is written, quotes included.
    pub(crate) scalar: Option<String>,
    /// What is there, in words.
    pub(crate) found: String,
}

/// All entries of a file, in its order; the first is the document itself, with an empty path.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<Entry>);

impl Places {
    /// Walks a document. `keys` tells which mappings have free names for keys.
    pub(crate) fn collect(root: &Spanned<Node>, text: &str, keys: &[Key]) -> Result<Self, Problem> {
        let mut walk = Walk { text, keys, entries: Vec::new() };
        walk.visit("", "", root.referenced, root)?;
        Ok(Self(walk.entries))
    }

    /// The entry at a path.
    pub(crate) fn get(&self, path: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.path == path)
    }

    /// The outermost entry whose value starts at a place.
    pub(crate) fn value_at(&self, place: Place) -> Option<&Entry> {
        let same = |entry: &&Entry| start(entry.value) == start(place);
        self.0.iter().find(same)
    }

    /// The innermost entry whose key starts at a place.
    pub(crate) fn key_at(&self, place: Place) -> Option<&Entry> {
        let same = |entry: &&Entry| start(entry.key) == start(place);
        self.0.iter().rev().find(same)
    }

    /// The first scalar whose form is not the one of its key, with the key's row.
    pub(crate) fn wrong_form<'a>(&self, keys: &'a [Key]) -> Option<(&Entry, &'a Key)> {
        self.0.iter().find_map(|entry| {
            let key = row(keys, &entry.pattern)?;
            let scalar = entry.scalar.as_ref()?;
            let element = !key.list || entry.pattern.ends_with("[]");
            (element && !key.kind.has_form(scalar)).then_some((entry, key))
        })
    }
}

fn start(place: Place) -> (u32, u32) {
    (place.line, place.column)
}

struct Walk<'a> {
    text: &'a str,
    keys: &'a [Key],
    entries: Vec<Entry>,
}

impl Walk<'_> {
    fn visit(
        &mut self,
        path: &str,
        pattern: &str,
        key: Location,
        node: &Spanned<Node>,
    ) -> Result<(), Problem> {
        let scalar = match node.value {
            Node::Scalar => Some(slice(self.text, node.referenced)),
            _ => None,
        };
        self.entries.push(Entry {
            path: path.to_owned(),
            pattern: pattern.to_owned(),
            key: place(key),
            value: place(node.referenced),
            found: found(&node.value, scalar.as_deref()),
            scalar,
        });
        match &node.value {
            Node::Nothing | Node::Scalar => Ok(()),
            Node::Mapping(entries) => self.mapping(path, pattern, entries),
            Node::List(elements) => elements.iter().enumerate().try_for_each(|(i, element)| {
                self.visit(
                    &format!("{path}[{i}]"),
                    &format!("{pattern}[]"),
                    element.referenced,
                    element,
                )
            }),
        }
    }

    fn mapping(
        &mut self,
        path: &str,
        pattern: &str,
        entries: &[(Spanned<String>, Spanned<Node>)],
    ) -> Result<(), Problem> {
        let free = join(pattern, "<id>");
        let is_free = self.keys.iter().any(|key| key.path.starts_with(&free));
        for (key, value) in entries {
            if key.value.len() > LONGEST_KEY {
                return Err(Problem {
                    place: Some(place(key.referenced)),
                    message: format!("a key is longer than {LONGEST_KEY} bytes"),
                    help: "no key of this file is that long: remove it".to_owned(),
                });
            }
            let child = if is_free { free.clone() } else { join(pattern, &key.value) };
            self.visit(&join(path, &key.value), &child, key.referenced, value)?;
        }
        Ok(())
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn found(node: &Node, scalar: Option<&str>) -> String {
    match node {
        Node::Nothing => "empty".to_owned(),
        Node::Mapping(_) => "a mapping".to_owned(),
        Node::List(_) => "a list".to_owned(),
        Node::Scalar => quote(scalar.unwrap_or_default()),
    }
}

/// The text of a node. Its location comes from the parser of the same text; were it ever wrong, the
/// text would be empty and so be refused.
fn slice(text: &str, location: Location) -> String {
    let span = location.span();
    let range = span.byte_offset().zip(span.byte_len()).and_then(|(offset, length)| {
        let offset = usize::try_from(offset).ok()?;
        text.get(offset..offset.checked_add(usize::try_from(length).ok()?)?)
    });
    range.unwrap_or_default().trim_end().to_owned()
}

/// Translates a location of the parser.
pub(crate) fn place(location: Location) -> Place {
    let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX).max(1);
    Place {
        line: number(location.line()),
        column: number(location.column()),
        length: number(location.span().len()),
    }
}
