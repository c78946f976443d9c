//! Markdown of others as a part of a page: its text, in those few elements that a changelog has.

use pulldown_cmark::{Event, Parser, Tag};

use crate::html::{Address, Html};

/// The longest text that is shown, in bytes.
const LONGEST: usize = 64 * 1024;

/// How deep elements are nested; what is deeper is shown without its own.
const DEEPEST: usize = 16;

/// Writes what changed. What is HTML in it is shown as it was written, and links lead to the web only.
pub(super) fn changes(html: &mut Html, markdown: &str) {
    let text = blocks_evidence::bounded(markdown, LONGEST);
    write(html, &mut Parser::new(&text), 0);
}

/// Writes up to the end of what was begun last.
fn write(html: &mut Html, events: &mut Parser<'_>, depth: usize) {
    let mut flat = 0_usize;
    while let Some(event) = events.next() {
        match event {
            Event::Start(_) if depth >= DEEPEST => flat += 1,
            Event::End(_) if flat > 0 => flat -= 1,
            Event::Start(tag) => begin(html, &tag, events, depth + 1),
            Event::End(_) => return,
            Event::Code(text) => html.tag("code").saying(&text),
            Event::SoftBreak | Event::HardBreak => html.text("\n"),
            Event::Rule | Event::TaskListMarker(_) => {}
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::FootnoteReference(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => html.text(&text),
        }
    }
}

fn begin(html: &mut Html, tag: &Tag<'_>, events: &mut Parser<'_>, depth: usize) {
    let inside = |html: &mut Html| write(html, events, depth);
    match tag {
        Tag::Paragraph => html.tag("p").holding(inside),
        // The page has a heading above all of these.
        Tag::Heading { .. } => html.tag("h3").holding(inside),
        Tag::List(None) => html.tag("ul").class("changes").holding(inside),
        Tag::List(Some(_)) => html.tag("ol").class("changes").holding(inside),
        Tag::Item => html.tag("li").holding(inside),
        Tag::CodeBlock(_) => html.tag("pre").holding(inside),
        Tag::Strong => html.tag("strong").holding(inside),
        Tag::Emphasis => html.tag("em").holding(inside),
        Tag::BlockQuote(_) => html.tag("blockquote").holding(inside),
        Tag::Link { dest_url, .. } => match Address::web(dest_url) {
            Some(address) => {
                html.tag("a").leading(&address).with("rel", "noreferrer").holding(inside);
            }
            None => html.tag("span").holding(inside),
        },
        // What is left has no element here, and keeps its text.
        _ => html.tag("span").holding(inside),
    }
}
