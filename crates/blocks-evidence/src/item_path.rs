//! What an item of a library is called: in the words of cargo-semver-checks, and as code in a text for people.

use crate::bounds::{NAME, bounded};
use std::fmt;

/// The name of an item, with as much of the path before it as is told: `module::Item::method`, `Item`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPath {
    segments: Vec<String>,
}

/// What can stand before a name in code: `pub fn name`, `feature name`.
const BEFORE_CODE: [&str; 21] = [
    "pub", "const", "async", "unsafe", "extern", "\"C\"", "mut", "fn", "struct", "enum", "union",
    "trait", "type", "mod", "macro", "static", "feature", "variant", "field", "method", "function",
];

/// What can stand behind a name in code that names nothing else.
const AFTER_CODE: [&str; 7] = ["(", "{", "[", "]", "!", " {", " ="];

/// What cargo-semver-checks calls an item, before its name.
const KINDS: [&str; 26] = [
    "trait associated type",
    "trait constant",
    "trait method",
    "trait type",
    "associated constant",
    "associated type",
    "helper attribute",
    "proc macro",
    "derive macro",
    "attribute",
    "constant",
    "enum",
    "feature",
    "field",
    "function",
    "macro",
    "method",
    "mod",
    "module",
    "static",
    "struct",
    "supertrait",
    "trait",
    "type",
    "union",
    "variant",
];

/// What follows a name in the tool's words. Where it follows a kind, that was the name: `method in file …`.
const AFTER_NAME: [&str; 8] =
    ["in", "is", "now", "requires", "exported", "changed", "takes", "(export_name"];

/// What leads from an item to the one that it is of: `field x of struct A`.
const LEADS_TO_OWNER: [&str; 6] =
    ["of struct ", "of enum ", "of union ", "of variant ", "of trait ", "in trait "];

impl ItemPath {
    /// The item that code names and nothing else: `Item`, `module::Item`, `Item::method`, `Pair.field`,
    /// `fn name(…)`, `name!`. What it takes and gives, and generic arguments, are no part of the name.
    pub fn of_code(code: &str) -> Option<Self> {
        let mut rest = code.trim();
        while let Some((word, after)) = rest.split_once(char::is_whitespace) {
            if !BEFORE_CODE.contains(&word) {
                break;
            }
            rest = after.trim_start();
        }
        let rest = rest.trim_start_matches('&');
        let rest = rest.strip_prefix("#[").or_else(|| rest.strip_prefix("#![")).unwrap_or(rest);
        let plain = without_generics(rest)?;
        let end = plain.find(is_no_part_of_a_path).unwrap_or(plain.len());
        let (path, after) = plain.split_at(end);
        // `size: usize` has a type behind it, and `a::b` more of the path.
        let (path, after) = match path.strip_suffix(':') {
            Some(path) if after.starts_with(' ') => (path, ""),
            _ => (path, after),
        };
        let is_whole = after.is_empty() || AFTER_CODE.iter().any(|it| after.starts_with(it));
        // `1.0.0` is a version.
        let is_name = !path.starts_with(|c: char| c.is_ascii_digit());
        if is_whole && is_name { Self::of_path(path) } else { None }
    }

    /// The names of which one tells what an item is, as cargo-semver-checks tells it. More than one, where people
    /// would call it by another: of a field that is private, the type that has it. None where no name is told.
    pub(crate) fn of_told(text: &str) -> Vec<Self> {
        let (kind, rest) = kind_of(text);
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let name = name.trim_end_matches(',');
        let Some(item) = Self::of_name(name) else { return Vec::new() };
        let owner = LEADS_TO_OWNER.iter().find_map(|it| rest.strip_prefix(it));
        let owner = owner.and_then(|it| Self::of_name(it.split([' ', ',']).next()?));
        match (owner, kind) {
            // It is the trait that changed.
            (Some(owner), "supertrait") => vec![owner, item],
            (Some(owner), "field") => vec![owner.with(&item), owner],
            (Some(owner), _) => vec![owner.with(&item)],
            (None, _) if kind == "field" || name.contains('.') => match item.owner() {
                Some(owner) => vec![item, owner],
                None => vec![item],
            },
            (None, "helper attribute") => {
                let of = rest.split_once("derive macro ").map(|(_, it)| it);
                let of = of.and_then(|it| Self::of_name(it.split(' ').next()?));
                std::iter::once(item).chain(of).collect()
            }
            (None, _) => vec![item],
        }
    }

    /// Whether this is what another path names: one of the two is the end of the other.
    pub fn is_same(&self, other: &Self) -> bool {
        let (short, long) = if self.segments.len() <= other.segments.len() {
            (&self.segments, &other.segments)
        } else {
            (&other.segments, &self.segments)
        };
        long.ends_with(short)
    }

    /// A name in the tool's words: `a::B`, `Pair.two`, `E:V`, `<a::T>::m`, `#[attribute]`.
    fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix("#[").map_or(name, |it| it.trim_end_matches(']'));
        Self::of_path(&without_generics(name)?)
    }

    fn of_path(path: &str) -> Option<Self> {
        let mut segments: Vec<String> = path
            .split([':', '.'])
            .filter(|it| !it.is_empty())
            .map(|it| bounded(it.strip_prefix("r#").unwrap_or(it), NAME))
            .collect();
        if segments.first().is_some_and(|it| it == "crate" || it == "self") {
            segments.remove(0);
        }
        let is_name = |it: &String| it.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        (!segments.is_empty() && segments.iter().all(is_name)).then_some(Self { segments })
    }

    fn with(&self, item: &Self) -> Self {
        Self { segments: [&self.segments[..], &item.segments].concat() }
    }

    fn owner(&self) -> Option<Self> {
        let (_, owner) = self.segments.split_last()?;
        (!owner.is_empty()).then(|| Self { segments: owner.to_vec() })
    }
}

impl fmt::Display for ItemPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("::"))
    }
}

fn is_no_part_of_a_path(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-' | '+' | '#'))
}

/// A kind that a text begins with, and the rest; no kind where it begins with the name.
fn kind_of(text: &str) -> (&str, &str) {
    for kind in KINDS {
        // Some lints begin with a capital.
        let (Some(head), Some(rest)) = (text.get(..kind.len()), text.get(kind.len()..)) else {
            continue;
        };
        let Some(rest) = rest.strip_prefix(' ').filter(|_| head.eq_ignore_ascii_case(kind)) else {
            continue;
        };
        let next = rest.split(' ').next().unwrap_or_default();
        return if AFTER_NAME.contains(&next) { ("", text) } else { (kind, rest) };
    }
    ("", text)
}

/// A path without what stands between `<` and `>`; of `<a::T>::m` and `<X as a::T>::m` the type or trait stays. None
/// where these do not match.
fn without_generics(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    if let Some(inner) = text.strip_prefix('<') {
        let end = closing(inner)?;
        let qualified = &inner[..end];
        plain.push_str(qualified.rsplit(" as ").next()?.split('<').next()?);
        rest = &inner[end + 1..];
    }
    while let Some(at) = rest.find(['<', '(', ' ']) {
        // What follows a name is no part of it, however it reads.
        if !rest[at..].starts_with('<') {
            break;
        }
        plain.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        rest = &inner[closing(inner)? + 1..];
    }
    plain.push_str(rest);
    Some(plain)
}

/// Where the `>` is that belongs to a `<` before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1_u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' if at == 0 || text.as_bytes()[at - 1] != b'-' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Option<String> {
        ItemPath::of_code(text).map(|it| it.to_string())
    }

    fn told(text: &str) -> Vec<String> {
        ItemPath::of_told(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn code_that_is_a_name_names_an_item() {
        for (text, name) in [
            ("Item", "Item"),
            ("module::Item", "module::Item"),
            ("crate::module::Item", "module::Item"),
            ("Item::method", "Item::method"),
            ("Item::method()", "Item::method"),
            ("name(a, b: Vec<u8>) -> Option<u8>", "name"),
            ("pub fn name(a: u8)", "name"),
            ("pub const fn name<T>(a: T)", "name"),
            ("unsafe extern \"C\" fn name()", "name"),
            ("struct Item", "Item"),
            ("Item<T, Vec<U>>", "Item"),
            ("Item<fn(u8) -> u8>::method", "Item::method"),
            ("Item::<u8>::method", "Item::method"),
            ("<T as a::Trait>::method", "a::Trait::method"),
            ("<Item>::method", "Item::method"),
            ("&Item", "Item"),
            ("name!", "name"),
            ("name!(…)", "name"),
            ("#[name]", "name"),
            ("#[name(helper)]", "name"),
            ("Pair.two", "Pair::two"),
            ("size: usize", "size"),
            ("pub static ALL: u8 = 1", "ALL"),
            ("E::B = 2", "E::B"),
            ("Item { .. }", "Item"),
            ("r#type", "type"),
            ("feature std-io", "std-io"),
            (" Item ", "Item"),
        ] {
            assert_eq!(code(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn code_that_is_more_than_a_name_names_none() {
        for text in [
            "",
            " ",
            "let x = Item::new()",
            "Item is gone",
            "a -> b",
            "a, b",
            "::",
            "--flag",
            "Vec<",
            "<",
            "cargo add x",
            "a/b",
            "\"Item\"",
            "1.0.0",
            "impl Item",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    /// The forms of the tool's lints, version 0.51.
    #[test]
    fn what_the_tool_tells_has_a_name() {
        let cases: [(&str, &[&str]); 37] = [
            ("Struct Foo (1 -> 2 required generic types) in src/lib.rs:7", &["Foo"]),
            ("function a::m::gone, previously in file src/lib.rs:4", &["a::m::gone"]),
            ("struct a::Gone, previously in file src/lib.rs:2", &["a::Gone"]),
            ("S::meth, previously in file src/lib.rs:5", &["S::meth"]),
            ("S::K, previously at src/lib.rs:5", &["S::K"]),
            ("C in file src/lib.rs:9", &["C"]),
            ("variant E:C", &["E::C"]),
            ("variant E::B, previously in file src/lib.rs:2", &["E::B"]),
            ("field Pair.two", &["Pair::two", "Pair"]),
            ("field Sendy.0", &["Sendy::0", "Sendy"]),
            ("field E::V.f", &["E::V::f", "E::V"]),
            ("field 0 of struct Sendy, previously in file x:1", &["Sendy::0", "Sendy"]),
            ("field f of variant E::B, previously in file x:3", &["E::B::f", "E::B"]),
            ("S.f moved from position 1 to 2", &["S::f", "S"]),
            ("method b of trait T, previously in file src/lib.rs:4", &["T::b"]),
            ("method b in trait a::T", &["a::T::b"]),
            ("associated type X in trait a::T", &["a::T::X"]),
            ("associated constant T::K, previously at x:1", &["T::K"]),
            ("trait method a::m::T::c", &["a::m::T::c"]),
            ("trait method <a::T>::c", &["a::T::c"]),
            ("trait associated type a::T::X", &["a::T::X"]),
            ("trait a::m::T gained Sized", &["a::m::T"]),
            ("trait T", &["T"]),
            ("trait T (1 -> 2 required generic types)", &["T"]),
            ("supertrait a::B of trait T", &["T", "a::B"]),
            ("type Sendy is no longer Send", &["Sendy"]),
            ("type D no longer derives Clone", &["D"]),
            ("a::g now takes 2 parameters instead of 1", &["a::g"]),
            ("function g (1 -> 2 generic types)", &["g"]),
            ("method in file x:1", &["method"]),
            ("macro mac, previously in file x:1", &["mac"]),
            ("macro #[mac]", &["mac"]),
            ("helper attribute #[h] removed from derive macro D", &["h", "D"]),
            ("feature std-io in the package's Cargo.toml", &["std-io"]),
            ("feature a no longer enables b", &["a"]),
            ("union a::U with multiple public API fields became a struct", &["a::U"]),
            ("name exported as other changed from C to Rust", &["name"]),
        ];
        for (text, names) in cases {
            assert_eq!(told(text), names, "{text}");
        }
        assert_eq!(told(""), <[&str; 0]>::default());
        assert_eq!(told("{"), <[&str; 0]>::default());
    }

    #[test]
    fn a_path_is_the_same_as_one_that_ends_like_it() {
        let is_same = |a: &str, b: &str| {
            let of = |text| ItemPath::of_code(text).expect("a name");
            assert_eq!(of(a).is_same(&of(b)), of(b).is_same(&of(a)), "{a} {b}");
            of(a).is_same(&of(b))
        };
        assert!(is_same("a::Item::new", "new") && is_same("a::Item::new", "Item::new"));
        assert!(is_same("Item", "module::Item"));
        assert!(!is_same("a::Item::new", "Item") && !is_same("a::Item", "b::Item"));
        assert!(!is_same("Item", "ItemKind"));
        assert!(is_same("S.0", "S::0"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([a-zé:.<>#! \\[(&]|::|fn |field | as |of trait ){0,12}") {
            let _ = (ItemPath::of_code(&text), ItemPath::of_told(&text));
        }
    }
}
