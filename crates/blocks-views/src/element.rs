//! Elements of a picture with many parts, each made where it is known what it has. A badge, of which thousands are
//! drawn, is written without them (see `template.rs`).

use crate::xml::{Escaped, Xml};

/// An element of XML with what it holds.
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, Escaped<'static>)>,
    inside: Vec<Node>,
}

enum Node {
    Text(Escaped<'static>),
    Element(Element),
}

impl Element {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), inside: Vec::new() }
    }

    /// The same with one more attribute.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.attributes.push((name, Escaped::of(value.as_ref()).kept()));
        self
    }

    /// The same with a number.
    #[must_use]
    pub(crate) fn sized(self, name: &'static str, value: u32) -> Self {
        self.with(name, value.to_string())
    }

    /// The same with a text inside.
    #[must_use]
    pub(crate) fn saying(mut self, text: &str) -> Self {
        self.inside.push(Node::Text(Escaped::of(text).kept()));
        self
    }

    /// The same with elements inside.
    #[must_use]
    pub(crate) fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(elements.into_iter().map(Node::Element));
        self
    }

    pub(crate) fn render(&self) -> String {
        let mut xml = Xml::default();
        self.write(&mut xml);
        xml.finish()
    }

    fn write(&self, xml: &mut Xml) {
        xml.holding(self.name, &self.attributes, |xml| {
            for node in &self.inside {
                match node {
                    Node::Text(text) => xml.text(text),
                    Node::Element(element) => element.write(xml),
                }
            }
        });
    }
}
