//! The releases that a changelog tells of, in the form of <https://keepachangelog.com>, and the items that each names.
//!
//! A release begins at a heading that begins with a version or with `Unreleased`, and ends where the next one begins,
//! or at another heading of its level or above. Markdown is read by a parser of Markdown: what stands in a comment or in
//! a block of code is no heading, and names nothing.

use crate::bounds::{NAME, bounded};
use crate::item_path::ItemPath;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use semver::Version;

/// What a changelog says of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The word before the version, where there is one: a changelog may be of several packages.
    pub package: Option<String>,
    /// Its version; none for what is not released yet.
    pub version: Option<Version>,
    /// The heading's text.
    pub heading: String,
    /// The heading's line, counted from 1.
    pub line: u32,
    /// The items that it names: code that is a name and nothing else.
    pub named: Vec<ItemPath>,
    /// Whether it has a part about what was broken, by a heading or a bold word that says so, with a text in it.
    pub has_notes: bool,
}

/// What a heading or a bold text holds that is about what was broken.
const OF_NOTES: [&str; 4] = ["migrat", "breaking", "removed", "changed"];

/// Deeper than any heading: what a bold word begins ends at the next heading.
const BOLD: u8 = 7;

/// The releases of a changelog, in its order. A text without any has none.
pub fn releases(text: &str) -> Vec<Release> {
    let mut reader = Reader { lines: Lines::of(text), ..Reader::default() };
    for (event, range) in Parser::new(text).into_offset_iter() {
        reader.take(event, range.start);
    }
    reader.found
}

#[derive(Default)]
struct Reader<'a> {
    lines: Lines<'a>,
    found: Vec<Release>,
    /// The level of the heading of the release that is being read: the last one that was found.
    open: Option<u8>,
    heading: Option<Heading>,
    /// The bold text that is being read.
    bold: Option<String>,
    /// The level of what began a part about what was broken.
    notes: Option<u8>,
}

#[derive(Default)]
struct Heading {
    level: u8,
    line: u32,
    text: String,
    named: Vec<ItemPath>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let line = self.lines.number(at);
                self.heading = Some(Heading { level: level as u8, line, ..Heading::default() });
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(heading) = self.heading.take() {
                    self.begin(heading);
                }
            }
            Event::Start(Tag::Strong) if self.heading.is_none() => self.bold = Some(String::new()),
            Event::End(TagEnd::Strong) => self.end_of_bold(),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.text(&code);
                self.name(&code);
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else if let Some(bold) = &mut self.bold {
            bold.push_str(text);
        } else if self.notes.is_some()
            && text.contains(char::is_alphanumeric)
            && let Some(release) = self.release()
        {
            release.has_notes = true;
        }
    }

    fn end_of_bold(&mut self) {
        let is_of_notes = self.bold.take().is_some_and(|text| is_of_notes(&text));
        if is_of_notes && self.open.is_some() {
            self.notes.get_or_insert(BOLD);
        }
    }

    /// The release that is being read.
    fn release(&mut self) -> Option<&mut Release> {
        self.open.and(self.found.last_mut())
    }

    fn name(&mut self, code: &str) {
        let Some(path) = ItemPath::of_code(code) else { return };
        if let Some(heading) = &mut self.heading {
            heading.named.push(path);
        } else if let Some(release) = self.release() {
            release.named.push(path);
        }
    }

    /// What a heading begins: a release, a part of one, or something else.
    fn begin(&mut self, heading: Heading) {
        let Heading { level, line, text, named } = heading;
        // `### MSRV 1.85` below a release is a part of it.
        let is_part =
            |title: &Title| title.package.is_some() && self.open.is_some_and(|it| level > it);
        if let Some(Title { package, version }) = title(&text).filter(|it| !is_part(it)) {
            let heading = bounded(text.trim(), NAME);
            self.found.push(Release { package, version, heading, line, named, has_notes: false });
            (self.open, self.notes) = (Some(level), None);
        } else if self.open.is_some_and(|it| level <= it) {
            (self.open, self.notes) = (None, None);
        } else if self.open.is_some() {
            if is_of_notes(&text) {
                self.notes = Some(level);
            } else if self.notes.is_some_and(|it| level <= it) {
                self.notes = None;
            }
            if let Some(release) = self.release() {
                release.named.extend(named);
            }
        }
    }
}

fn is_of_notes(text: &str) -> bool {
    let text = text.to_lowercase();
    OF_NOTES.iter().any(|word| text.contains(word))
}

/// What a heading says of a release.
#[derive(Debug, PartialEq)]
struct Title {
    package: Option<String>,
    version: Option<Version>,
}

/// `[1.0.0] - 2020-01-01`, `v1.0`, `Version 1.0.0`, `name 1.0.0`, `name-v1.0.0`, `[Unreleased]`.
fn title(text: &str) -> Option<Title> {
    let words = text.split(|c: char| c.is_whitespace() || "[]()".contains(c));
    let words = words.map(|it| it.trim_matches([':', ',', ';'])).filter(|it| !it.is_empty());
    let mut words = words.take(2);
    let first = words.next()?;
    if let Some(which) = Which::of(first) {
        return Some(Title { package: None, version: which.version() });
    }
    let joined = |(at, _): (usize, &str)| Some((&first[..at], version(&first[at + 1..])?));
    if let Some((package, version)) = first.match_indices(['@', '/', '-']).find_map(joined) {
        return Some(Title { package: Some(bounded(package, NAME)), version: Some(version) });
    }
    let version = Which::of(words.next()?)?.version();
    let is_name = !["version", "release"].contains(&first.to_lowercase().as_str());
    Some(Title { package: is_name.then(|| bounded(first, NAME)), version })
}

/// What a word says of a release.
enum Which {
    Unreleased,
    Released(Version),
}

impl Which {
    fn of(word: &str) -> Option<Self> {
        if word.eq_ignore_ascii_case("unreleased") {
            return Some(Self::Unreleased);
        }
        version(word).map(Self::Released)
    }

    fn version(self) -> Option<Version> {
        match self {
            Self::Unreleased => None,
            Self::Released(version) => Some(version),
        }
    }
}

/// The version that a word is.
fn version(word: &str) -> Option<Version> {
    let word = word.strip_prefix(['v', 'V']).unwrap_or(word);
    if let Ok(version) = Version::parse(word) {
        return Some(version);
    }
    // `1.2` is a version that people write.
    let end = word.find(['-', '+']).unwrap_or(word.len());
    let (numbers, rest) = word.split_at(end);
    let is_short = numbers.matches('.').count() == 1;
    is_short.then(|| Version::parse(&format!("{numbers}.0{rest}")).ok()).flatten()
}

/// Counts lines on the way through a text.
#[derive(Default)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, number: 1 }
    }

    /// The number of the line of a place; places come in their order.
    fn number(&mut self, at: usize) -> u32 {
        let more = self.text.get(self.at..at).unwrap_or_default().matches('\n').count();
        self.number = self.number.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        self.at = self.at.max(at);
        self.number
    }
}
