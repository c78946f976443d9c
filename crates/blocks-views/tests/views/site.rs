//! The pages of a site of API documentation.

use blocks_views::{
    CrateName, Site, VersionPage, crate_moved_html, latest_html, not_found_html, overview_html,
    version_html,
};
use roxmltree::{Document, ParsingOptions};

use crate::site_run::{CHANGES, HOSTILE, hostile, usual, version};

/// The page without its style, its script, and their hashes.
fn cut(page: &str) -> String {
    let mut page = page.to_owned();
    for name in ["style", "script"] {
        let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
        if let Some((before, rest)) = page.split_once(&begin) {
            let (_, after) = rest.split_once(&end).expect("its end");
            page = format!("{before}{begin}{end}{after}");
        }
    }
    let lines = page.lines().filter(|line| !line.contains("Content-Security-Policy"));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// All pages of a site, by what they are called.
fn pages(site: &Site) -> Vec<(String, String)> {
    let mut all = vec![
        ("index".to_owned(), overview_html(site)),
        ("404".to_owned(), not_found_html(site)),
        ("latest".to_owned(), latest_html(site).expect("there are versions")),
    ];
    for version in &site.versions {
        let page = VersionPage { name: &site.name, version, changes: Some(CHANGES) };
        all.push((version.version.to_string(), version_html(&page)));
    }
    all
}

#[test]
fn the_overview_has_all_versions_and_where_members_are() {
    insta::assert_snapshot!(cut(&overview_html(&usual())));
}

#[test]
fn a_version_has_its_members() {
    let site = usual();
    let page = VersionPage { name: "acme", version: &site.versions[0], changes: Some(CHANGES) };
    insta::assert_snapshot!(cut(&version_html(&page)));
}

#[test]
fn latest_sends_on_without_a_script() {
    let site = usual();
    insta::assert_snapshot!(cut(&latest_html(&site).expect("a page")));
    let core = CrateName::try_from("acme_core".to_owned()).expect("a name");
    let page = crate_moved_html(&site, &core).expect("a page");
    let sends = "content=\"0; url=../../1.1.0/acme_core/index.html\"";
    assert!(page.contains(sends) && !page.contains("<script"), "{page}");
    assert_eq!(latest_html(&Site::of("acme", Vec::new())), None);
}

#[test]
fn texts_of_others_are_texts_and_addresses_are_of_the_site() {
    for (name, page) in pages(&hostile()).into_iter().chain(pages(&usual())) {
        let text = cut(&page);
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            for it in node.attributes() {
                assert!(!it.name().starts_with("on") && it.name() != "style", "{name}: {it:?}");
            }
            let Some(href) = node.attribute("href") else { continue };
            let is_own = ["./", "../", "#"].iter().any(|begin| href.starts_with(begin));
            assert!(is_own || href == "https://example.org/acme", "{name}: {href}");
        }
        let count = |tag: &str| document.descendants().filter(|it| it.has_tag_name(tag)).count();
        assert!(count("script") <= 1 && count("h1") == 1 && count("title") == 1, "{name}");
        assert!(!text.contains('\u{202e}') && page.len() < 500_000, "{name}: {}", page.len());
    }
    assert!(overview_html(&hostile()).contains("&lt;script&gt;window.planted=1"), "{HOSTILE}");
}

#[test]
fn a_version_says_nothing_of_others() {
    let page = |site: &Site| {
        let version = site.version(&"1.0.0".to_owned().try_into().expect("a version"));
        let version = version.expect("it is there");
        version_html(&VersionPage { name: &site.name, version, changes: None })
    };
    let before = usual();
    let mut versions = before.versions.clone();
    versions.push(version("3.0.0", Vec::new()));
    let after = Site::of("acme", versions);
    assert_eq!(page(&before), page(&after));
    assert_ne!(overview_html(&before), overview_html(&after));
}

#[test]
fn what_is_nested_deeper_than_anybody_writes_is_shown_flat() {
    let site = usual();
    let version = &site.versions[0];
    let deep = format!("{} the end", "> ".repeat(20_000));
    let page = version_html(&VersionPage { name: "acme", version, changes: Some(&deep) });
    assert!(page.contains("the end") && page.matches("<blockquote>").count() == 16, "{page}");
}
