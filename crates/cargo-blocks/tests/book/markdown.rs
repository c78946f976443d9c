//! Plain text as Markdown, and Markdown as its parts.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Text of a program as Markdown: what stands in backticks is code, and all else is what it looks like.
pub fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        let is_code = index % 2 == 1;
        if is_code { format!("`{part}`") } else { part.chars().flat_map(harmless).collect() }
    });
    parts.collect()
}

fn harmless(it: char) -> impl Iterator<Item = char> {
    let is_special = matches!(it, '<' | '>' | '*' | '[' | ']' | '|');
    is_special.then_some('\\').into_iter().chain([it])
}

/// A block of code, and the words behind its fence.
pub struct Block {
    pub info: String,
    pub text: String,
}

pub fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                found.push(Block { info: info.into_string(), text: String::new() });
                inside = true;
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => {
                found.last_mut().expect("a block").text.push_str(&text);
            }
            _ => {}
        }
    }
    found
}

/// Where links and pictures of a page lead.
pub fn links(page: &str) -> Vec<String> {
    let parser = Parser::new_ext(page, Options::ENABLE_TABLES);
    let links = parser.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.into_string())
        }
        _ => None,
    });
    links.collect()
}

/// The anchors of a page: of each heading its words in lower case with hyphens between them, as both mdBook and GitHub
/// have it, and a number behind one that was there before.
pub fn anchors(page: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let before = found.iter().filter(|one| **one == anchor).count();
                found.push(if before == 0 { anchor } else { format!("{anchor}-{before}") });
            }
            _ => {}
        }
    }
    found
}

/// The anchor of a heading.
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|it| match it {
        ' ' => Some('-'),
        '-' | '_' => Some(it),
        _ => it.is_alphanumeric().then_some(it),
    });
    kept.flat_map(char::to_lowercase).collect()
}
