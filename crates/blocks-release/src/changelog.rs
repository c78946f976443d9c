//! A changelog in the form of <https://keepachangelog.com>, to which releases are added.
//!
//! What stands there is kept byte by byte, but for two things: what stands under `Unreleased` becomes part of the release, and
//! the link of `Unreleased` leads from the new tag on. A release that has a section already is not touched.

use std::ops::Range;

use blocks_evidence::releases;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use semver::Version;

use crate::Part;

/// What a changelog begins with where there is none.
const HEAD: &str = "# Changelog\n\nThe format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and \
                    versions follow\n[Semantic Versioning](https://semver.org/spec/v2.0.0.html).\n\n## [Unreleased]\n";

/// The most entries of a part. A first release may be of thousands of commits.
const MOST: usize = 200;

/// The label of what is not released yet.
const UNRELEASED: &str = "Unreleased";

/// A release that is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The package, where the changelog is of several with versions of their own.
    pub package: Option<String>,
    /// The version.
    pub version: Version,
    /// The day, as `2026-01-31`.
    pub day: String,
    /// What commits say.
    pub entries: Vec<Entry>,
    /// What is said where there is no entry.
    pub otherwise: String,
    /// Whether it has what stands under `Unreleased`.
    pub takes_unreleased: bool,
    /// Where it can be looked at; none where nobody knows.
    pub links: Option<Links>,
}

/// An entry of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it belongs.
    pub part: Part,
    /// Its text in Markdown, without the sign of a list. Lines behind the first are indented by two blanks.
    pub text: String,
    /// What it is known by where somebody wrote it otherwise: the beginning of a commit's name, for example.
    pub known_by: Vec<String>,
    /// Words that tell of it already where they are all of an entry that is not released yet.
    pub words: Option<String>,
}

/// Where a release can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// From the release on.
    pub unreleased: String,
    /// The release itself.
    pub release: String,
}

/// Whether a changelog has a section of a release.
pub fn has_section(text: &str, package: Option<&str>, version: &Version) -> bool {
    releases(text).iter().any(|it| {
        it.version.as_ref() == Some(version)
            && it.package.as_deref().is_none_or(|name| package.is_none_or(|it| it == name))
            && (package.is_none() || it.package.is_some())
    })
}

/// What stands below the heading of a release, without blank lines around it; none where it has no section.
///
/// Links that are defined at the end of the changelog are defined behind it, where it uses them.
pub fn section_text(text: &str, package: &str, version: &Version) -> Option<String> {
    let all = headings(text, HeadingLevel::H2);
    let of = |it: &Heading| releases(&format!("## {}\n", it.text)).pop();
    let is_its = |it: &Heading| {
        of(it).is_some_and(|it| {
            it.version.as_ref() == Some(version)
                && it.package.as_deref().is_none_or(|name| name == package)
        })
    };
    let at = all.iter().position(is_its)?;
    let end = all.get(at + 1).map(|it| it.range.start);
    let end = end.unwrap_or(text.len() - definitions_at_the_end(text));
    let body = text.get(all[at].range.end..end)?.trim_matches(['\r', '\n']).trim_end();
    let definitions = &text[text.len() - definitions_at_the_end(text)..];
    let is_used = |line: &&str| {
        let label = line.split_once("]: ").map(|(label, _)| format!("{label}]"));
        label.is_some_and(|label| body.contains(&label))
    };
    let used: Vec<_> = definitions.lines().filter(is_used).collect();
    Some(if used.is_empty() { body.to_owned() } else { format!("{body}\n\n{}", used.join("\n")) })
}

/// Whether something stands under `Unreleased`.
pub fn has_unreleased(text: &str) -> bool {
    let places = Places::of(text);
    places.unreleased.is_some_and(|it| text.get(it).is_some_and(|text| !text.trim().is_empty()))
}

/// The text with a section, unless it has it.
///
/// None where what stands before is not closed, as a block of code or a comment, so that the section would be a part of that.
pub fn with_section(text: Option<&str>, section: &Section) -> Option<String> {
    let has_it = |text: &str| has_section(text, section.package.as_deref(), &section.version);
    let text = text.filter(|it| !it.trim().is_empty()).unwrap_or(HEAD);
    if has_it(text) {
        return Some(text.to_owned());
    }
    Some(added(text, section)).filter(|it| has_it(it))
}

fn added(text: &str, section: &Section) -> String {
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let places = Places::of(text);
    let (before, old, after, opens) = match &places.unreleased {
        Some(it) => (&text[..it.start], &text[it.clone()], &text[it.end..], false),
        None => (&text[..places.first], "", &text[places.first..], true),
    };
    let (left, taken) = if section.takes_unreleased { ("", old) } else { (old, "") };
    let mut out = before.trim_end_matches(['\r', '\n']).to_owned();
    let blank = |out: &mut String| {
        if !out.is_empty() {
            out.push_str(eol);
            out.push_str(eol);
        }
    };
    if opens {
        blank(&mut out);
        out.push_str("## [Unreleased]");
    }
    let left = left.trim_matches(['\r', '\n']);
    if !left.is_empty() {
        blank(&mut out);
        out.push_str(left);
    }
    blank(&mut out);
    out.push_str(&section.text(text, taken).replace('\n', eol).replace("\r\r\n", "\r\n"));
    let after = after.trim_start_matches(['\r', '\n']);
    if after.is_empty() {
        out.push_str(eol);
    } else {
        blank(&mut out);
        out.push_str(after);
    }
    match &section.links {
        Some(links) => with_links(&out, section, links, eol),
        None => out,
    }
}

/// Where things are in a changelog.
struct Places {
    /// What stands under `Unreleased`.
    unreleased: Option<Range<usize>>,
    /// Where the first release begins, or what stands behind all of them.
    first: usize,
}

impl Places {
    fn of(text: &str) -> Self {
        let headings = headings(text, HeadingLevel::H2);
        let end = text.len() - definitions_at_the_end(text);
        let at = headings
            .iter()
            .position(|it| it.text.trim_matches(['[', ']', ' ']).eq_ignore_ascii_case(UNRELEASED));
        let unreleased = at.map(|at| {
            let next = headings.get(at + 1).map_or(end, |it| it.range.start);
            let start = headings[at].range.end;
            start..next.max(start)
        });
        // What is no release, such as a word on how to read it, stays before them.
        let is_release = |it: &&Heading| !releases(&format!("## {}\n", it.text)).is_empty();
        let first = headings.iter().find(is_release).map_or(end, |it| it.range.start);
        Self { unreleased, first }
    }
}

struct Heading {
    range: Range<usize>,
    text: String,
}

/// The headings of a level, and those above it.
fn headings(text: &str, least: HeadingLevel) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Option<Heading> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if level <= least => {
                open = Some(Heading { range, text: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => found.extend(open.take()),
            Event::Text(it) | Event::Code(it) => {
                if let Some(heading) = &mut open {
                    heading.text.push_str(&it);
                }
            }
            _ => {}
        }
    }
    found
}

/// How many bytes at the end are definitions of links.
fn definitions_at_the_end(text: &str) -> usize {
    let is_definition =
        |line: &str| line.starts_with('[') && line.contains("]: ") || line.trim().is_empty();
    let lines = text.split_inclusive('\n').rev().take_while(|line| is_definition(line));
    let lines: Vec<_> = lines.collect();
    // Blank lines before the first of them belong to nobody.
    lines.iter().map(|line| line.len()).sum()
}

impl Section {
    fn label(&self) -> String {
        match &self.package {
            Some(package) => format!("{package} {}", self.version),
            None => self.version.to_string(),
        }
    }

    /// The section, without a line's end behind it. `all` is the whole changelog.
    fn text(&self, all: &str, taken: &str) -> String {
        let mut parts = hand_parts(taken);
        for part in Part::ALL {
            let is_new = |it: &&Entry| it.part == part && !is_told(all, taken, it);
            let new: Vec<_> = self.entries.iter().filter(is_new).collect();
            if !new.is_empty() {
                add(&mut parts, part, &new);
            }
        }
        let mut out = format!("## [{}] - {}", self.label(), self.day);
        let body: Vec<_> = parts.iter().map(HandPart::text).filter(|it| !it.is_empty()).collect();
        let body = if body.is_empty() { vec![self.otherwise.clone()] } else { body };
        for part in body {
            out.push_str("\n\n");
            out.push_str(&part);
        }
        out
    }
}

/// A part of what stands under `Unreleased`: a heading, where it has one, and what stands below.
struct HandPart {
    /// The line of the heading; empty before the first.
    heading: String,
    /// What the heading says.
    title: String,
    body: String,
}

impl HandPart {
    fn text(&self) -> String {
        let body = self.body.trim_matches(['\r', '\n']);
        match (self.heading.is_empty(), body.is_empty()) {
            (true, _) => body.to_owned(),
            (false, true) => String::new(),
            (false, false) => format!("{}\n\n{body}", self.heading),
        }
    }
}

fn hand_parts(text: &str) -> Vec<HandPart> {
    let headings = headings(text, HeadingLevel::H3);
    let end = |at: usize| headings.get(at).map_or(text.len(), |it| it.range.start);
    let first =
        HandPart { heading: String::new(), title: String::new(), body: text[..end(0)].to_owned() };
    let rest = headings.iter().enumerate().map(|(at, it)| HandPart {
        heading: text[it.range.clone()].trim().to_owned(),
        title: it.text.trim().to_owned(),
        body: text[it.range.end..end(at + 1).max(it.range.end)].to_owned(),
    });
    std::iter::once(first).chain(rest).collect()
}

/// Adds entries to the part of that title, or a part where it belongs: before the first that comes later.
fn add(parts: &mut Vec<HandPart>, part: Part, entries: &[&Entry]) {
    let mut lines: Vec<_> = entries.iter().take(MOST).map(|it| format!("- {}", it.text)).collect();
    if let Some(more) = entries.len().checked_sub(MOST).filter(|more| *more > 0) {
        lines.push(format!("- and {more} more"));
    }
    let lines = lines.join("\n");
    if let Some(own) = parts.iter_mut().find(|it| it.title.eq_ignore_ascii_case(part.title())) {
        let body = own.body.trim_end();
        let last = body.lines().last().unwrap_or_default();
        // Behind a text that is no list, a list needs a blank line.
        let is_list = last.starts_with(['-', '*', '+', ' ']);
        own.body = format!("{body}{}{lines}", if is_list { "\n" } else { "\n\n" });
        return;
    }
    let rank =
        |title: &str| Part::ALL.into_iter().find(|it| it.title().eq_ignore_ascii_case(title));
    let later =
        |it: &HandPart| !it.heading.is_empty() && rank(&it.title).is_some_and(|it| it > part);
    let at = parts.iter().position(later).unwrap_or(parts.len());
    let heading = format!("### {}", part.title());
    parts.insert(at, HandPart { heading, title: part.title().to_owned(), body: lines });
}

/// Whether somebody told of it already: by its name anywhere, or by its words in what is not released yet. The same words in an
/// earlier release are about something earlier.
fn is_told(all: &str, taken: &str, entry: &Entry) -> bool {
    let is_named = entry.known_by.iter().any(|it| !it.is_empty() && all.contains(it));
    let words = entry.words.as_deref().map(bare).filter(|it| !it.is_empty());
    is_named || words.is_some_and(|words| items(taken).iter().any(|it| bare(it) == words))
}

/// The items of lists, each as one line without its mark.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let inner = line.trim();
        if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| inner.strip_prefix(mark)) {
            items.push(item.to_owned());
            is_open = true;
        } else if is_open && !inner.is_empty() && line.starts_with([' ', '\t']) {
            if let Some(last) = items.last_mut() {
                last.push(' ');
                last.push_str(inner);
            }
        } else {
            is_open = false;
        }
    }
    items
}

/// What an entry says, without its scope, what it refers to in brackets at its end, and a full stop.
fn bare(entry: &str) -> String {
    let entry = entry.trim();
    let scoped = entry.strip_prefix("**").and_then(|it| it.split_once(":** "));
    let mut text = scoped.map_or(entry, |(_, rest)| rest);
    loop {
        let shorter = text.trim_end().trim_end_matches('.');
        let shorter = match shorter.rfind(" (") {
            Some(at) if shorter.ends_with(')') => &shorter[..at],
            _ => shorter,
        };
        if shorter == text {
            return text.to_lowercase();
        }
        text = shorter;
    }
}

/// Lets `Unreleased` lead from the new tag on, and the release have its link.
fn with_links(text: &str, section: &Section, links: &Links, eol: &str) -> String {
    let label = section.label();
    let is_of = |line: &str, label: &str| {
        let rest = line.strip_prefix('[').and_then(|it| it.split_once("]: "));
        rest.is_some_and(|(found, _)| found.eq_ignore_ascii_case(label))
    };
    let start = text.len() - definitions_at_the_end(text);
    let (body, definitions) = text.split_at(start);
    let mut lines: Vec<String> = definitions.split_inclusive('\n').map(str::to_owned).collect();
    let has_own = lines.iter().any(|line| is_of(line, &label));
    let unreleased = format!("[{UNRELEASED}]: {}{eol}", links.unreleased);
    // In a changelog of several packages nothing leads from one tag on.
    let is_shared = section.package.is_some();
    let at = lines.iter().position(|line| is_of(line, UNRELEASED));
    let at = match at {
        Some(at) if !is_shared => {
            lines[at] = unreleased;
            at + 1
        }
        Some(at) => at + 1,
        None => {
            let at = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
            if is_shared {
                at
            } else {
                lines.insert(at, unreleased);
                at + 1
            }
        }
    };
    if !has_own {
        lines.insert(at, format!("[{label}]: {}{eol}", links.release));
    }
    let definitions = lines.concat();
    let is_apart = definitions.starts_with(['\r', '\n'])
        || body.ends_with("\n\n")
        || body.ends_with("\r\n\r\n");
    if is_apart { format!("{body}{definitions}") } else { format!("{body}{eol}{definitions}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(part: Part, text: &str) -> Entry {
        Entry { part, text: text.to_owned(), known_by: vec![text.to_owned()], words: None }
    }

    fn added_once(text: Option<&str>, section: &Section) -> String {
        with_section(text, section).expect("nothing is left open")
    }

    fn section(version: &str, entries: Vec<Entry>) -> Section {
        Section {
            package: None,
            version: version.parse().expect("a version"),
            day: "2026-01-31".to_owned(),
            entries,
            otherwise: "Nothing of its own.".to_owned(),
            takes_unreleased: true,
            links: None,
        }
    }

    fn linked(version: &str) -> Section {
        let links =
            Links { unreleased: format!("x/v{version}...HEAD"), release: format!("x/v{version}") };
        Section { links: Some(links), ..section(version, vec![entry(Part::Fixed, "one")]) }
    }

    #[test]
    fn what_is_told_of_a_release_is_its_section() {
        let text = "# Log\n\n## [Unreleased]\n\n- x\n\n## [0.2.0] - 2026-01-31\n\n### Fixed\n\n- one, see [9]\n\n## How\n\nno\n\n\
                    ## b 0.1.0\n\n- of b\n\n## [0.1.0] - 2025-01-01\n\n[Unreleased]: u\n[0.2.0]: v\n[9]: w\n";
        let of =
            |name: &str, version: &str| section_text(text, name, &version.parse().expect("one"));
        assert_eq!(of("a", "0.2.0").as_deref(), Some("### Fixed\n\n- one, see [9]\n\n[9]: w"));
        assert_eq!(of("b", "0.1.0").as_deref(), Some("- of b"));
        assert_eq!(of("a", "0.1.0").as_deref(), Some(""));
        assert_eq!(of("a", "0.3.0"), None);
    }

    #[test]
    fn a_missing_file_is_made() {
        let made = added_once(None, &section("0.1.0", vec![entry(Part::Added, "all")]));
        assert_eq!(made, format!("{HEAD}\n## [0.1.0] - 2026-01-31\n\n### Added\n\n- all\n"));
        assert_eq!(added_once(Some(&made), &section("0.1.0", Vec::new())), made);
    }

    #[test]
    fn what_was_written_by_hand_is_kept_and_told_once() {
        let old = "# Log\n\nWords.\n\n## [Unreleased]\n\nA preface.\n\n### Fixed\n\n- mine,\n  in two lines\n- two\n\n\
                   ### Notes\n\nText.\n\n## [0.1.0] - 2025-01-01\n\n- old\n\n[Unreleased]: x/v0.1.0...HEAD\n[0.1.0]: x/v0.1.0\n";
        let entries = vec![
            entry(Part::Breaking, "big"),
            entry(Part::Fixed, "two"),
            entry(Part::Fixed, "three"),
            entry(Part::Security, "four"),
        ];
        let section = Section { entries, ..linked("0.2.0") };
        let expected = "# Log\n\nWords.\n\n## [Unreleased]\n\n## [0.2.0] - 2026-01-31\n\nA preface.\n\n### Breaking changes\n\n\
                        - big\n\n### Fixed\n\n- mine,\n  in two lines\n- two\n- three\n\n### Notes\n\nText.\n\n### Security\n\n\
                        - four\n\n## [0.1.0] - 2025-01-01\n\n- old\n\n[Unreleased]: x/v0.2.0...HEAD\n[0.2.0]: x/v0.2.0\n\
                        [0.1.0]: x/v0.1.0\n";
        let made = added_once(Some(old), &section);
        assert_eq!(made, expected);
        assert_eq!(added_once(Some(&made), &section), made);
        assert!(has_unreleased(old) && !has_unreleased(&made));
        // With the ends of lines of another system it is the same.
        let windows = added_once(Some(&old.replace('\n', "\r\n")), &section);
        assert_eq!(windows, expected.replace('\n', "\r\n"));
    }

    #[test]
    fn packages_of_one_changelog_have_sections_of_their_own() {
        let of = |name: &str| Section {
            package: Some(name.to_owned()),
            takes_unreleased: false,
            ..linked("0.2.0")
        };
        let old = "# Log\n\n## [Unreleased]\n\n- mine\n\n## [b 0.2.0] - 2025-01-01\n\n- old\n";
        assert!(has_section(old, Some("b"), &Version::new(0, 2, 0)));
        let made = added_once(Some(old), &of("a"));
        assert!(made.contains("## [Unreleased]\n\n- mine\n\n## [a 0.2.0] - 2026-01-31\n\n### Fixed\n\n- one\n\n## [b 0.2.0]"), "{made}");
        assert!(made.ends_with("- old\n\n[a 0.2.0]: x/v0.2.0\n"), "{made}");
        assert_eq!(added_once(Some(&made), &of("b")), made);
    }

    #[test]
    fn a_heading_in_code_is_none_and_without_unreleased_there_is_one() {
        let old = "# Log\n\n## How to read\n\n```\n## [Unreleased]\n```\n\n## 0.1.0\n\n- old\n";
        let made = added_once(Some(old), &section("0.2.0", vec![entry(Part::Added, "new")]));
        let expected =
            "```\n\n## [Unreleased]\n\n## [0.2.0] - 2026-01-31\n\n### Added\n\n- new\n\n## 0.1.0\n";
        assert!(made.contains(expected), "{made}");
    }

    #[test]
    fn a_release_without_entries_says_so() {
        let made = added_once(Some("# Log\n\n## [Unreleased]\n"), &section("0.2.0", Vec::new()));
        assert!(made.ends_with("- 2026-01-31\n\nNothing of its own.\n"), "{made}");
    }

    fn block() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{1,6}( [a-z]{1,6}){0,3}",
            "[-*] [a-z`]{1,8}(\n  [a-z]{1,8})?",
            Just("```\n## [9.9.9] - x\n```".to_owned()),
            Just("### Added".to_owned()),
            Just("### Other".to_owned()),
            Just("#### Deep".to_owned()),
            Just("> quoted".to_owned()),
            Just("    code".to_owned()),
        ]
    }

    fn changelog() -> impl Strategy<Value = (String, Vec<String>, String)> {
        let blocks = || prop::collection::vec(block(), 0..5);
        let links = prop::bool::ANY;
        (blocks(), blocks(), blocks(), links).prop_map(|(head, hand, old, links)| {
            let text = |blocks: &[String]| [blocks, &[String::new()]].concat().join("\n\n");
            let links =
                if links { "[Unreleased]: x/v0.1.0...HEAD\n[0.1.0]: x/v0.1.0\n" } else { "" };
            let old = format!("## [0.1.0] - 2025-01-01\n\n{}", text(&old));
            let all =
                format!("# Log\n\n{}## [Unreleased]\n\n{}{old}{links}", text(&head), text(&hand));
            (all, hand, old)
        })
    }

    #[test]
    fn words_tell_of_a_change_where_they_are_the_whole_of_an_entry_that_is_not_released() {
        let section = |text: &str| {
            let words = Some("wait for the server".to_owned());
            let text_of = "wait for the server (0af3)".to_owned();
            let entry = Entry { part: Part::Fixed, text: text_of, known_by: Vec::new(), words };
            with_section(Some(text), &section("0.2.0", vec![entry])).unwrap().contains("(0af3)")
        };
        let under = |entry: &str| format!("# Log\n\n## [Unreleased]\n\n### Fixed\n\n{entry}\n");
        assert!(!section(&under("- Wait for the server.")));
        assert!(!section(&under("- **net:** wait for\n  the server (#12).")));
        assert!(
            section(&under("- wait for the server and its database")),
            "more is something else"
        );
        assert!(section(&under("- do not wait for the server")));
        let old = "# Log\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-31\n\n- wait for the server\n";
        assert!(section(old), "an earlier release told of an earlier change");
    }

    #[test]
    fn what_is_left_open_would_swallow_a_section() {
        for text in ["# Log\n\n~~~\nopen\n", "# Log\n\n<!-- open\n"] {
            assert_eq!(with_section(Some(text), &section("0.2.0", Vec::new())), None, "{text}");
        }
        let closed = "# Log\n\n~~~\nclosed\n~~~\n";
        assert!(with_section(Some(closed), &section("0.2.0", Vec::new())).is_some());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_told_twice((text, hand, old) in changelog(), returns: bool) {
            let text = if returns { text.replace('\n', "\r\n") } else { text };
            let section = Section { entries: vec![entry(Part::Added, "NEW")], ..linked("0.2.0") };
            let made = added_once(Some(&text), &section);
            prop_assert_eq!(&added_once(Some(&made), &section), &made);
            prop_assert_eq!(made.contains("\r\n"), returns);
            prop_assert!(!returns || !made.replace("\r\n", "").contains('\n'));
            let (made, text) = (made.replace("\r\n", "\n"), text.replace("\r\n", "\n"));
            prop_assert!(made.contains(old.trim_end()), "{}", made);
            let head = text.split("## [Unreleased]\n\n").next().unwrap_or_default();
            prop_assert!(made.starts_with(head), "{}", made);
            prop_assert_eq!(made.matches("NEW").count(), 1);
            for block in &hand {
                // A heading without anything below says nothing.
                if !block.starts_with("###") {
                    for line in block.lines() {
                        let count = |text: &str| text.lines().filter(|it| *it == line).count();
                        prop_assert_eq!(count(&made), count(&text), "{:?} {}", line, made);
                    }
                }
            }
            let (before, now) = (releases(&text), releases(&made));
            prop_assert_eq!(before.len() + 1, now.len());
            prop_assert_eq!(now[1].version.clone(), Some(Version::new(0, 2, 0)));
            // The section taken out again leaves what there was, without what stood under `Unreleased`.
            let start = made.find("## [0.2.0]").expect("a section");
            let end = made.find("## [0.1.0]").expect("a section");
            let without = format!("{}{}", &made[..start], &made[end..]);
            let without = without.replace("x/v0.2.0...HEAD", "x/v0.1.0...HEAD").replace("[0.2.0]: x/v0.2.0\n", "");
            prop_assert!(!without.contains("0.2.0"), "{}", without);
        }
    }
}
