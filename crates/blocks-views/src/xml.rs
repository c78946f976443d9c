use std::borrow::Cow;
use std::fmt::Write as _;

/// XML that is written from its beginning to its end. What comes of it is well-formed whatever the texts are: names
/// are the program's own, elements end where what they hold does, and every text is [`Escaped`].
#[derive(Default)]
pub(crate) struct Xml {
    out: String,
}

/// A text that is right both between tags and between double quotes.
pub(crate) struct Escaped<'a>(Cow<'a, str>);

impl<'a> Escaped<'a> {
    /// Characters that XML 1.0 (section 2.2) has no way to write are dropped.
    pub(crate) fn of(text: &'a str) -> Self {
        if !text.bytes().any(may_be_special) {
            return Self(Cow::Borrowed(text));
        }
        let mut out = String::with_capacity(text.len());
        push_escaped(&mut out, text);
        Self(Cow::Owned(out))
    }

    /// The same, whatever becomes of the text.
    pub(crate) fn kept(self) -> Escaped<'static> {
        Escaped(Cow::Owned(self.0.into_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Attributes, in the order in which they are written.
type Attributes = [(&'static str, Escaped<'static>)];

impl Xml {
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An element of those that `inside` writes; one that holds nothing if it writes none.
    pub(crate) fn holding(
        &mut self,
        name: &'static str,
        attributes: &Attributes,
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

    /// A text between elements.
    pub(crate) fn text(&mut self, text: &Escaped<'_>) {
        self.out.push_str(text.as_str());
    }

    fn begin(&mut self, name: &'static str, attributes: &Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(value.as_str());
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
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
    use super::{Escaped, Xml};

    fn said(attribute: &str, text: &str) -> String {
        let mut xml = Xml::default();
        let attributes = [("b", Escaped::of(attribute).kept())];
        xml.holding("a", &attributes, |xml| xml.text(&Escaped::of(text)));
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
            said("\t\r\n\0\u{1b}\u{ffff}\u{fffe}\u{fffd}x\u{ffef}", "x"),
            "<a b=\"&#9;&#13;&#10;\u{fffd}x\u{ffef}\">x</a>"
        );
    }

    #[test]
    fn an_element_that_holds_nothing_ends_at_once() {
        let mut xml = Xml::default();
        xml.holding("a", &[], |xml| xml.holding("b", &[], |_| {}));
        assert_eq!(xml.finish(), "<a><b/></a>");
    }
}
