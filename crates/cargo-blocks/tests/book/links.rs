//! Each link of the book leads somewhere.

use crate::{chapters, markdown, read, root};

/// What a page is with the files that it includes, as mdBook does it: `{{#include FILE}}`, `{{#include FILE:FIRST:}}`.
fn with_includes(page: &str) -> String {
    let lines = page.lines().map(|line| {
        let Some(asked) = line.strip_prefix("{{#include ").and_then(|rest| rest.strip_suffix("}}"))
        else {
            return format!("{line}\n");
        };
        let (file, from) = asked.split_once(':').unwrap_or((asked, "1:"));
        let first: usize = from.trim_end_matches(':').parse().expect("a line's number");
        let text = read(&format!("docs/{file}"));
        text.lines().skip(first - 1).flat_map(|line| [line, "\n"]).collect()
    });
    lines.collect()
}

fn pages() -> Vec<(String, String)> {
    let pages = chapters().into_iter().map(|(name, text)| (name, with_includes(&text)));
    pages.collect()
}

/// What is wrong with a link, if anything is.
fn fault(pages: &[(String, String)], page: &str, link: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let file = if file.is_empty() { page } else { file };
    if file.starts_with("..") || file.starts_with('/') {
        return Some(format!("{page}: {link} leads out of the book"));
    }
    if !root().join("docs").join(file).is_file() {
        return Some(format!("{page}: there is no file {file}"));
    }
    let target = pages.iter().find(|(name, _)| name == file);
    let known = target.is_none_or(|(_, text)| {
        anchor.is_empty() || markdown::anchors(text).iter().any(|one| one == anchor)
    });
    (!known).then(|| format!("{page}: {file} has no heading #{anchor}"))
}

#[test]
fn each_link_of_the_book_leads_to_a_file_and_a_heading_that_are_there() {
    let pages = pages();
    let mut count = 0;
    let mut wrong = Vec::new();
    for (page, text) in &pages {
        let links = markdown::links(text);
        count += links.len();
        wrong.extend(links.iter().filter_map(|link| fault(&pages, page, link)));
    }
    assert!(count > 50, "only {count} links were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_chapter_is_in_the_summary_and_once() {
    let mut listed = markdown::links(&read("docs/SUMMARY.md"));
    listed.sort();
    let there: Vec<String> =
        chapters().into_iter().map(|(name, _)| name).filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, there);
}

#[test]
fn the_readme_leads_to_the_book() {
    let links = markdown::links(&read("README.md"));
    let of_the_book: Vec<_> = links.iter().filter_map(|link| link.strip_prefix("docs/")).collect();
    assert!(of_the_book.contains(&"README.md"), "{of_the_book:?}");
    let pages = pages();
    let wrong: Vec<_> =
        of_the_book.iter().filter_map(|link| fault(&pages, "README.md", link)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_link_to_nowhere_is_found() {
    let pages = [("README.md".to_owned(), "# One\n\n## One\n\n## `two.three`\n".to_owned())];
    for good in ["#one", "#one-1", "README.md#twothree", "https://example.org/nowhere#x"] {
        assert_eq!(fault(&pages, "README.md", good), None);
    }
    for bad in ["#four", "README.md#one-2", "nowhere.md", "../README.md", "/README.md"] {
        assert!(fault(&pages, "README.md", bad).is_some(), "{bad}");
    }
}
