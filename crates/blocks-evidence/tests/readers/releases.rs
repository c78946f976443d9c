use blocks_evidence::{ItemPath, Release, read_changelogs, releases};
use proptest::prelude::*;

/// Each release in a line: its package and version, its line, what it names, and whether it has notes.
fn told(text: &str) -> Vec<String> {
    let line = |it: &Release| {
        let package = it.package.as_deref().map_or_else(String::new, |it| format!("{it} "));
        let version = it.version.as_ref().map_or("unreleased".to_owned(), ToString::to_string);
        let named: Vec<_> = it.named.iter().map(ToString::to_string).collect();
        let notes = if it.has_notes { " notes" } else { "" };
        format!("{package}{version} at {}: {}{notes}", it.line, named.join(" "))
    };
    releases(text).iter().map(line).collect()
}

#[test]
fn a_changelog_has_releases_which_name_items_by_code() {
    let sample = read_changelogs(include_bytes!("../samples/changelogs.txt")).unwrap();
    let expected = [
        "unreleased at 6: Pair Pair::new notes",
        "2.0.0 at 14: gone also notes",
        "other 3.1.0 at 30: theirs",
        "1.2.0 at 34: old",
    ];
    assert_eq!(told(sample[0].text.as_deref().unwrap()), expected);
}

#[test]
fn a_heading_that_begins_with_a_version_begins_a_release() {
    for (heading, expected) in [
        ("## [1.0.0] - 2020-01-01", "1.0.0"),
        ("## [1.0.0]-2020-01-01", "1.0.0"),
        ("## 1.0.0 (2020-01-01)", "1.0.0"),
        ("# v1.0", "1.0.0"),
        ("### V1.0.0-rc.1+build: named", "1.0.0-rc.1+build"),
        ("## 1.0-rc.1", "1.0.0-rc.1"),
        ("## Version 1.0.0", "1.0.0"),
        ("## release 1.0.0", "1.0.0"),
        ("## [1.0.0](https://example.org/2.0.0)", "1.0.0"),
        ("## `1.0.0`", "1.0.0"),
        ("## **1.0.0**", "1.0.0"),
        ("1.0.0\n-----", "1.0.0"),
        ("## my-lib 1.0.0", "my-lib 1.0.0"),
        ("## my-lib-v1.0.0", "my-lib 1.0.0"),
        ("## my-lib-1.0.0-rc.1", "my-lib 1.0.0-rc.1"),
        ("## my-lib@1.0.0", "my-lib 1.0.0"),
        ("## my-lib/v1.0.0", "my-lib 1.0.0"),
        ("## my-lib [Unreleased]", "my-lib unreleased"),
        ("## [Unreleased]", "unreleased"),
        ("## UNRELEASED - soon", "unreleased"),
    ] {
        assert_eq!(told(heading), [format!("{expected} at 1: ")], "{heading}");
    }
    for text in [
        "## Changelog",
        "## 1",
        "## 2020-01-01",
        "## 2020.01.01",
        "## In about 1.0.0",
        "##",
        "",
        "1.0.0",
        "<!--\n## 1.0.0\n-->",
        "```\n## 1.0.0\n```",
        "    ## 1.0.0",
        "- 1.0.0",
        "## x y 1.0.0",
    ] {
        assert_eq!(told(text), <[&str; 0]>::default(), "{text}");
    }
}

#[test]
fn a_release_ends_where_another_begins_or_something_else_does() {
    let text = "# 2.0.0\n`a`\n### 1.9.1\n`b`\n# Older\n`c`\n";
    assert_eq!(told(text), ["2.0.0 at 1: a", "1.9.1 at 3: b"]);
    let text = "## 2.0.0\n### MSRV 1.85\n`a`\n### In `b`\n## lib 1.0.0\n`c`\n";
    assert_eq!(told(text), ["2.0.0 at 1: a b", "lib 1.0.0 at 5: c"]);
}

#[test]
fn only_code_that_is_a_name_names() {
    let text = "## 1.0.0\nFoo *Foo* \\`Foo\\` `let x = Foo`\n\n    `Foo`\n\n<!-- `Foo` -->\n\nx <b>`Bar`</b>\n";
    assert_eq!(told(text), ["1.0.0 at 1: Bar"]);
}

#[test]
fn notes_are_a_text_below_a_heading_or_behind_a_bold_word_that_says_so() {
    for (text, has) in [
        ("### Removed\n\nAll of it.", true),
        ("### Migration guide\n\n`a`", true),
        ("### BREAKING\n\n- x", true),
        ("### Changed\n\n#### In detail\n\nx", true),
        ("**Breaking**: x", true),
        ("- **Changed** x", true),
        ("### Removed", false),
        ("### Removed\n\n---\n\n<!-- x -->", false),
        ("### Removed\n\n### Fixed\n\nx", false),
        ("**Breaking**\n\n### Fixed\n\nx", false),
        ("**Breaking changes of all**", false),
        ("### Fixed\n\nWhat was changed and removed is breaking.", false),
        ("Removed x", false),
    ] {
        let found = releases(&format!("## 1.0.0\n\n{text}\n\n## Other\n\nx\n"));
        assert_eq!(found[0].has_notes, has, "{text}");
    }
}

#[test]
fn long_names_are_cut_and_deep_nests_end() {
    let long = "x".repeat(5000);
    let found = releases(&format!("## {long} 1.0.0\n`{long}`\n"));
    assert!(found[0].package.as_ref().is_some_and(|it| it.len() < 3000));
    assert!(found[0].named.iter().all(|it: &ItemPath| it.to_string().len() < 3000));
    let _ = releases(&"[".repeat(50_000));
    let _ = releases(&"> ".repeat(50_000));
    let _ = releases(&"**a ".repeat(50_000));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(## |\n|1\\.0|\\*\\*|`|\\[|\\]|Removed|é|<!--|x){0,20}") {
        let _ = releases(&text);
    }

    #[test]
    fn a_name_is_of_the_release_that_it_stands_in(count in 1_usize..6, at in 0_usize..6) {
        let at = at % count;
        let section = |n: usize| format!("## {n}.0.0\n\n- x\n{}\n", if n == at { "- `Name`" } else { "" });
        let found = releases(&(0..count).map(section).collect::<String>());
        let named: Vec<_> = found.iter().map(|it| it.named.len()).collect();
        prop_assert_eq!(named, (0..count).map(|n| usize::from(n == at)).collect::<Vec<_>>());
    }
}
