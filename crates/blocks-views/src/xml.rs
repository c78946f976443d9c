use std::fmt::Write as _;

use crate::Color;

/// XML that is written from its beginning to its end. What comes of it is well-formed whatever the texts are: names
/// are the program's own, elements end where what they hold does, and every text is [`Escaped`].
///
/// There is no tree of elements, each of which would be several pieces of memory for a badge of two kilobytes.
pub(crate) struct Xml {
    out: String,
}

/// The value of an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// One of the program's own words, in which nothing has to be escaped.
    Own(&'static str),
    Text(&'a Escaped),
    Number(u32),
    Color(Color),
}

/// A text that is right both between tags and between double quotes.
pub(crate) struct Escaped(String);

impl Escaped {
    /// Characters that XML 1.0 (section 2.2) has no way to write are dropped.
    pub(crate) fn of(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        push_escaped(&mut out, text);
        Self(out)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Attributes, in the order in which they are written. One without a name is several that are always the same, as they are
/// written, each behind a blank.
type Attributes<'a> = [(&'static str, Value<'a>)];

impl Xml {
    pub(crate) fn with_room_for(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An element of those that `inside` writes; one that holds nothing if it writes none.
    pub(crate) fn holding(
        &mut self,
        name: &'static str,
        attributes: &Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        let end = self.out.len();
        self.out.push('>');
        inside(self);
        if self.out.len() == end + 1 {
            self.out.truncate(end);
            self.out.push_str("/>");
        } else {
            self.end(name);
        }
    }

    pub(crate) fn empty(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.holding(name, attributes, |_| {});
    }

    pub(crate) fn saying(
        &mut self,
        name: &'static str,
        attributes: &Attributes<'_>,
        text: &Escaped,
    ) {
        self.begin(name, attributes);
        self.out.push('>');
        self.out.push_str(&text.0);
        self.end(name);
    }

    /// A text between elements.
    pub(crate) fn text(&mut self, text: &Escaped) {
        self.out.push_str(&text.0);
    }

    /// Elements that are always the same.
    pub(crate) fn own(&mut self, elements: &'static str) {
        self.out.push_str(elements);
    }

    fn begin(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            if let ("", Value::Own(written)) = (*name, *value) {
                self.out.push_str(written);
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            match value {
                Value::Text(text) => self.out.push_str(&text.0),
                Value::Own(word) => self.out.push_str(word),
                Value::Number(number) => push_number(&mut self.out, *number),
                Value::Color(color) => color.push_to(&mut self.out),
            }
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// Writes a number in decimal digits: there are so many in an image that the machinery of formats would take most of the
/// time.
fn push_number(out: &mut String, number: u32) {
    if number > 9999 {
        push_number(out, number / 10_000);
    }
    let last = number % 10_000;
    for power in [1000, 100, 10, 1] {
        if number >= power || power == 1 {
            out.push(char::from_digit(last / power % 10, 10).unwrap_or_default());
        }
    }
}

fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_be_special) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        chars.next().into_iter().for_each(|c| push_escaped_char(out, c));
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether a character that begins with a byte may have to be written otherwise.
const fn may_be_special(byte: u8) -> bool {
    // 0xef begins, among others, U+FFFE and U+FFFF.
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0x00..=0x1f | 0xef)
}

fn push_escaped_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        // A reader turns these into spaces in an attribute unless they are written as numbers.
        '\t' | '\n' | '\r' => {
            let _ = write!(out, "&#{};", u32::from(c));
        }
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::Value::{Number, Own, Text};
    use super::{Escaped, Xml};

    fn said(attribute: &str, text: &str) -> String {
        let mut xml = Xml::with_room_for(0);
        xml.saying("a", &[("b", Text(&Escaped::of(attribute)))], &Escaped::of(text));
        xml.finish()
    }

    #[test]
    fn texts_cannot_leave_their_place() {
        assert_eq!(
            said("\"><c d='", "</a>&amp;"),
            "<a b=\"&quot;&gt;&lt;c d=&apos;\">&lt;/a&gt;&amp;amp;</a>"
        );
    }

    #[test]
    fn white_space_is_kept_and_what_xml_cannot_write_is_dropped() {
        assert_eq!(
            said("\t\r\n\0\u{1b}\u{ffff}\u{fffe}\u{fffd}x\u{ffef}", ""),
            "<a b=\"&#9;&#13;&#10;\u{fffd}x\u{ffef}\"></a>"
        );
    }

    #[test]
    fn numbers_and_own_words_are_written_as_they_are() {
        let mut xml = Xml::with_room_for(0);
        let (numbers, own) = ([0, 10, 1005, 20_000, u32::MAX], ("", Own(" c=\"1\" d=\"2\"")));
        for number in numbers {
            xml.empty("a", &[("b", Number(number)), own, ("e", Own("10%"))]);
        }
        let wanted = numbers.map(|it| format!("<a b=\"{it}\" c=\"1\" d=\"2\" e=\"10%\"/>"));
        assert_eq!(xml.finish(), wanted.concat());
    }

    #[test]
    fn an_element_that_holds_nothing_ends_at_once() {
        let mut xml = Xml::with_room_for(0);
        xml.holding("a", &[], |xml| xml.holding("b", &[], |_| {}));
        assert_eq!(xml.finish(), "<a><b/></a>");
    }
}
