//! The markers of a text: comments of HTML, wherever Markdown has HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// What a marker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says<'a> {
    /// A region begins: what stands behind `blocks:`.
    Begin(&'a str),
    /// A region ends.
    End,
    /// It begins like an end, and has more.
    Other,
}

/// A marker, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Marker<'a> {
    pub(crate) at: Range<usize>,
    pub(crate) says: Says<'a>,
}

/// The markers in their order. What looks like one in code, or within another comment, is none.
pub(crate) fn markers(text: &str) -> Vec<Marker<'_>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let html = Parser::new_ext(text, options).into_offset_iter().filter_map(|(event, range)| {
        // A block of HTML is looked into as a whole, since a comment may be longer than a line of it.
        let is_html = matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_));
        is_html.then_some(range)
    });
    html.flat_map(|range| comments(text, range)).collect()
}

/// The markers among the comments of a piece of HTML.
fn comments(text: &str, within: Range<usize>) -> Vec<Marker<'_>> {
    const BEGIN: &str = "<!--";
    const END: &str = "-->";
    let mut found = Vec::new();
    let mut at = within.start;
    while let Some(start) = find(text, at..within.end, BEGIN) {
        let inner = start + BEGIN.len();
        let Some(end) = find(text, inner..within.end, END) else { break };
        at = end + END.len();
        let says = text.get(inner..end).and_then(says);
        found.extend(says.map(|says| Marker { at: start..at, says }));
    }
    found
}

fn find(text: &str, within: Range<usize>, what: &str) -> Option<usize> {
    let start = within.start;
    text.get(within)?.find(what).map(|at| start + at)
}

/// What stands between words.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

/// What the text of a comment says to us, if anything.
fn says(comment: &str) -> Option<Says<'_>> {
    // Other blanks than these would be a part of a word to the script of the stage.
    let comment = comment.trim_matches(BLANKS);
    // Markers are lines; a comment of several is a text.
    if comment.contains(['\n', '\r']) {
        return None;
    }
    if let Some(rest) = comment.strip_prefix("blocks:") {
        return Some(Says::Begin(rest.trim_matches(BLANKS)));
    }
    let rest = comment.strip_prefix("/blocks")?;
    match rest.chars().next() {
        None => Some(Says::End),
        Some(c) if c.is_alphanumeric() || c == '-' || c == '_' => None,
        Some(_) => Some(Says::Other),
    }
}
