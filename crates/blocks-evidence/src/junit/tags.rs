//! The tags of plain XML: as nextest writes it, and no more of what XML allows.

use quick_junit::XmlString;
use std::borrow::Cow;

/// The most attributes of a tag.
const ATTRIBUTES: usize = 12;

/// What is not read yet. Each function takes what it reads, or gives nothing where that is not plain.
pub(super) struct Tags<'a> {
    rest: &'a str,
}

/// A tag that begins an element.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// Whether it ends the element, too.
    pub(super) is_empty: bool,
    attributes: [(&'a str, &'a str); ATTRIBUTES],
    count: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Whether nothing but blanks is left.
    pub(super) fn are_read(&mut self) -> bool {
        self.skip_blanks();
        self.rest.is_empty()
    }

    pub(super) fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The end of an element, after blanks.
    pub(super) fn end(&mut self, name: &str) -> bool {
        self.skip_blanks();
        let before = self.rest;
        if self.take("</") && self.take(name) && self.take(">") {
            return true;
        }
        self.rest = before;
        false
    }

    /// The next tag, after blanks.
    pub(super) fn tag(&mut self) -> Option<Tag<'a>> {
        self.skip_blanks();
        self.rest = self.rest.strip_prefix('<')?;
        let name = self.name()?;
        let mut tag = Tag { name, is_empty: false, attributes: [("", ""); ATTRIBUTES], count: 0 };
        loop {
            let length = self.rest.len();
            self.skip_blanks();
            if self.take(">") {
                return Some(tag);
            }
            if self.take("/>") {
                tag.is_empty = true;
                return Some(tag);
            }
            // A blank is before each attribute.
            (self.rest.len() < length).then_some(())?;
            let name = self.name()?;
            self.take("=\"").then_some(())?;
            let (value, rest) = self.rest.split_once('"')?;
            self.rest = rest;
            tag.add(name, value)?;
        }
    }

    /// All up to the next tag.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        let (text, rest) = self.rest.split_at(self.rest.find('<')?);
        self.rest = rest;
        Some(text)
    }

    fn name(&mut self) -> Option<&'a str> {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let end = self.rest.bytes().position(|byte| !is_inner(byte))?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n']);
    }
}

impl<'a> Tag<'a> {
    fn add(&mut self, name: &'a str, value: &'a str) -> Option<()> {
        if self.value(name).is_some() || value.contains('<') {
            return None;
        }
        *self.attributes.get_mut(self.count)? = (name, value);
        self.count += 1;
        Some(())
    }

    /// The attribute of a name, as it stands in the file.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        let mut attributes = self.attributes[..self.count].iter();
        attributes.find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The attributes of other names, as they stand in the file.
    pub(super) fn others(&self, known: &[&str]) -> impl Iterator<Item = &'a str> {
        let attributes = self.attributes[..self.count].iter();
        attributes.filter(|(name, _)| !known.contains(name)).map(|(_, value)| *value)
    }
}

/// A text with characters in the place of what stands for them; nothing where it has others than those five that XML
/// itself knows.
pub(super) fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('&') {
        return Some(Cow::Borrowed(text));
    }
    let mut parts = text.split('&');
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next()?);
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        });
        out.push_str(rest);
    }
    Some(Cow::Owned(out))
}

/// A text as the other parser keeps it: without what only a terminal understands.
pub(super) fn cleaned(text: Cow<'_, str>) -> Cow<'_, str> {
    // To look is much cheaper than to take it apart.
    let is_ascii = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    let is_shown = |c: char| c >= '\u{a0}' || matches!(c, ' '..='~' | '\n');
    if text.bytes().all(is_ascii) || text.chars().all(is_shown) {
        return text;
    }
    Cow::Owned(XmlString::new(text).into_string())
}
