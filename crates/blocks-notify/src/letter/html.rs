//! A letter as HTML, of elements that every mail program shows.

use super::sections::{Entry, lead, nothing};
use super::{Scene, Section};
use crate::What;

pub(super) fn html(subject: &str, what: What, scene: &Scene<'_>, sections: &[Section]) -> String {
    let mut out = Html(String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>\n",
    ));
    out.element("h2", subject);
    out.element("p", lead(what));
    if let Some(commit) = scene.commit() {
        out.element("p", &format!("commit {commit}"));
    }
    if let Some(address) = scene.address() {
        out.own("<p><a href=\"").text(address).own("\">report</a></p>\n");
    }
    for section in sections {
        out.element("h3", section.title);
        if let Some(whole) = &section.whole {
            // It is HTML that is as it was meant, whatever the texts in it are.
            out.0.push_str(&whole.html);
            continue;
        }
        out.own("<ul>\n");
        section.entries.iter().for_each(|it| out.entry(it));
        if section.more > 0 {
            out.element("li", &format!("and {} more", section.more));
        }
        out.own("</ul>\n");
    }
    if let Some(nothing) = nothing(sections) {
        out.element("p", nothing);
    }
    out.own("</body></html>\n");
    out.0
}

/// A text that means nothing to HTML, between tags or in quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// HTML that is written from its beginning to its end. Words of others are texts only.
struct Html(String);

impl Html {
    fn own(&mut self, own: &'static str) -> &mut Self {
        self.0.push_str(own);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escaped(text));
        self
    }

    fn element(&mut self, name: &'static str, text: &str) {
        self.own("<").own(name).own(">").text(text).own("</").own(name).own(">\n");
    }

    fn entry(&mut self, entry: &Entry) {
        self.own("<li>").text(&entry.message);
        for (word, fact) in &entry.facts {
            self.own("<br>").own(word).own(" <code>").text(fact).own("</code>");
        }
        self.own("</li>\n");
    }
}
