use std::fmt::Write as _;

/// An XML element. What is made of these is well-formed whatever the texts are: names are the
/// program's own, and every text passes through [`push_escaped`].
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// Adds an attribute. Attributes are written in the order in which they were added.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds an attribute that is a number.
    pub(crate) fn sized(self, name: &'static str, value: u32) -> Self {
        self.with(name, value.to_string())
    }

    pub(crate) fn holding(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(crate) fn saying(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        self.push(&mut out);
        out
    }

    fn push(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            push_escaped(out, value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.push(out),
                Node::Text(text) => push_escaped(out, text),
            }
        }
        let _ = write!(out, "</{}>", self.name);
    }
}

/// Writes a text so that it is right both between tags and between double quotes.
///
/// Characters that XML 1.0 (section 2.2) has no way to write are dropped.
fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
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
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn texts_cannot_leave_their_place() {
        let element = Element::new("a").with("b", "\"><c d='").saying("</a>&amp;");
        assert_eq!(element.render(), "<a b=\"&quot;&gt;&lt;c d=&apos;\">&lt;/a&gt;&amp;amp;</a>");
    }

    #[test]
    fn white_space_is_kept_and_what_xml_cannot_write_is_dropped() {
        let element = Element::new("a").with("b", "\t\r\n\0\u{1b}\u{ffff}\u{fffe}\u{fffd}x");
        assert_eq!(element.render(), "<a b=\"&#9;&#13;&#10;\u{fffd}x\"/>");
    }
}
