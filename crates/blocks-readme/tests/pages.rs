//! Regions are found, filled and checked; what is outside of them stays.

use std::collections::BTreeMap;

use blocks_readme::{Facts, Help, KINDS, Member, Page, Region, StageRow, Updated};
use proptest::prelude::*;

fn member(name: &str, folder: &str, version: &str, rust_version: Option<&str>) -> Member {
    Member {
        name: name.to_owned(),
        folder: folder.to_owned(),
        version: version.to_owned(),
        rust_version: rust_version.map(str::to_owned),
    }
}

fn facts() -> Facts {
    let printed = |status, text: &str| Help::Printed { status, text: text.to_owned() };
    let row = |id: &str, title: &str, why: &str| StageRow {
        id: id.to_owned(),
        title: title.to_owned(),
        why: why.to_owned(),
    };
    Facts {
        members: vec![
            member("survey", "crates/survey", "1.2.0-rc.1", Some("1.80")),
            member("shapes", "crates/shapes", "0.3.0", None),
        ],
        badges: vec![
            ("build".to_owned(), ".github/badges/build.svg".to_owned()),
            ("tests".to_owned(), ".github/badges/my tests.svg".to_owned()),
        ],
        stages: vec![row("fmt", "Formatting", "Nobody reviews it."), row("own", "a|b", "<b> `x")],
        helps: BTreeMap::from([
            (
                "survey".to_owned(),
                printed(0, "Usage: survey\n\n```\n<!-- /blocks -->\n\u{1b}[1mx\u{1b}[0m  \n\n"),
            ),
            ("survey area".to_owned(), printed(2, "")),
            ("nope".to_owned(), Help::NoProgram),
            ("quiet".to_owned(), printed(0, " \n")),
            ("ends".to_owned(), printed(0, "a\n<!-- /blocks -->\n")),
        ]),
    }
}

fn updated(file: &str, text: &str) -> Updated {
    let page = Page::of(file, text).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    page.updated(&facts()).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// What is wrong with a page, a line each.
fn wrong(text: &str) -> String {
    let mistakes = match Page::of("README.md", text) {
        Err(mistakes) => mistakes,
        Ok(page) => page.updated(&facts()).expect_err(text),
    };
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_kind_writes_what_is_known() {
    let text = "\
# Survey <!-- blocks: version survey --><!-- /blocks -->

<!-- blocks: badges -->
<!-- /blocks -->

| Rust | <!-- blocks: msrv survey -->1.0<!-- /blocks --> |

<!-- blocks: dependency shapes -->
old
<!-- /blocks -->
<!-- blocks: help survey -->
<!-- /blocks -->
  <!-- blocks: stages -->
  <!-- /blocks -->
";
    let expected = "\
# Survey <!-- blocks: version survey -->1.2.0-rc.1<!-- /blocks -->

<!-- blocks: badges -->
![build](.github/badges/build.svg) ![tests](.github/badges/my%20tests.svg)
<!-- /blocks -->

| Rust | <!-- blocks: msrv survey -->1.80<!-- /blocks --> |

<!-- blocks: dependency shapes -->
```toml
[dependencies]
shapes = \"0.3.0\"
```
<!-- /blocks -->
<!-- blocks: help survey -->
````text
Usage: survey

```
<!-- /blocks -->
x
````
<!-- /blocks -->
  <!-- blocks: stages -->
  | Stage | What it checks | Why |
  | --- | --- | --- |
  | `fmt` | Formatting | Nobody reviews it. |
  | `own` | a\\|b | \\<b\\> \\`x |
  <!-- /blocks -->
";
    let found = updated("README.md", text);
    assert_eq!(found.text, expected);
    assert_eq!(found.stale.len(), 6);
    let again = updated("README.md", expected);
    assert_eq!((again.text.as_str(), again.stale.len()), (expected, 0));
}

#[test]
fn a_file_of_a_member_is_about_that_member() {
    let text =
        "<!-- blocks: version --><!-- /blocks --> and <!-- blocks: badges --><!-- /blocks -->";
    let found = updated("crates/shapes/README.md", text).text;
    assert!(found.starts_with("<!-- blocks: version -->0.3.0<!-- /blocks --> and"), "{found}");
    assert!(found.contains("![build](../../.github/badges/build.svg)"), "{found}");
    // The folder of another member begins alike.
    assert!(wrong("<!-- blocks: version --><!-- /blocks -->").contains("members differ"));
    let mut one = facts();
    one.members.truncate(1);
    let page = Page::of("crates/surveys/README.md", text).unwrap();
    assert!(page.updated(&one).unwrap().text.contains("1.2.0-rc.1"));
}

#[test]
fn lines_end_as_they_did_and_begin_where_the_marker_does() {
    let text = "a\r\n- b\r\n\r\n  <!-- blocks: version survey -->\r\n  <!-- /blocks -->\r\nc\n";
    let expected = "a\r\n- b\r\n\r\n  <!-- blocks: version survey -->\r\n  1.2.0-rc.1\r\n  <!-- /blocks -->\r\nc\n";
    assert_eq!(updated("README.md", text).text, expected);
    assert_eq!(updated("README.md", expected).stale, []);
}

#[test]
fn what_looks_like_a_marker_in_code_or_in_a_comment_is_none() {
    let text = "\
```html
<!-- blocks: nope -->
```

A span: `<!-- blocks: version -->`, and four blanks:

    <!-- /blocks -->

<!-- A text about <!-- blocks: version and
<!-- blocks: help survey
-->

<!-- blocks of stone --> <!-- /blocks-of-stone -->
";
    assert_eq!(Page::of("README.md", text).unwrap().regions, []);
    assert_eq!(updated("README.md", text).text, text);
}

#[test]
fn a_mistake_is_told_with_its_line_and_what_to_do() {
    for (text, expected) in [
        (
            "\n<!-- blocks: number --><!-- /blocks -->",
            "line 2: there is no kind `number`; there are: badges, version,",
        ),
        ("<!-- blocks: -->x<!-- /blocks -->", "line 1: there is no kind ``"),
        (
            "<!-- blocks: stages all -->\n<!-- /blocks -->",
            "line 1: the kind `stages` is written `<!-- blocks: stages -->`",
        ),
        (
            "<!-- blocks: help survey --area -->\n<!-- /blocks -->",
            "`<!-- blocks: help PROGRAM [SUBCOMMAND…] -->`",
        ),
        ("<!-- blocks: dependency -->\n<!-- /blocks -->", "`<!-- blocks: dependency MEMBER -->`"),
        ("a\n\n<!-- blocks: version -->\n", "line 3: the region `version` has no end"),
        ("a <!-- /blocks -->", "line 1: here a region ends that does not begin"),
        (
            "<!-- blocks: badges -->\n\n<!-- blocks: version -->\n<!-- /blocks -->\n",
            "line 3: a region begins within that of line 1",
        ),
        ("<!-- blocks: badges --><!-- /blocks: badges --><!-- /blocks -->", "without another word"),
        ("> <!-- blocks: stages -->\n> <!-- /blocks -->", "line 1: both markers"),
        ("a <!-- blocks: version survey -->\n<!-- /blocks -->", "line 1: both markers"),
        ("<!-- blocks: version survey -->\n<!-- /blocks --> b", "line 1: both markers"),
        (
            "a <!-- blocks: stages --><!-- /blocks -->",
            "line 1: the region `stages` has several lines",
        ),
        (
            "<!-- blocks: version shape -->\n<!-- /blocks -->",
            "no member `shape`; its members are: survey, shapes",
        ),
        ("<!-- blocks: msrv shapes -->\n<!-- /blocks -->", "the manifest of `shapes` promises no"),
        ("<!-- blocks: help nope -->\n<!-- /blocks -->", "no member has a program `nope`"),
        (
            "<!-- blocks: help survey area -->\n<!-- /blocks -->",
            "`survey area --help` ended with status 2",
        ),
        ("<!-- blocks: help quiet -->\n<!-- /blocks -->", "`quiet --help` printed nothing"),
        // In a block of HTML a fence is no code, and what it holds would end the region.
        (
            "<div>\n<!-- blocks: help ends -->\n<!-- /blocks -->\n</div>",
            "line 2: what belongs here would be read as something else",
        ),
    ] {
        let found = wrong(text);
        assert!(found.contains(expected), "{text:?}: {found}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "<!-- blocks: version nope --><!-- /blocks -->\n\n<!-- blocks: help nope -->\n<!-- /blocks -->\n";
    assert_eq!(wrong(text).lines().count(), 2);
}

#[test]
fn what_nobody_asked_is_not_known_and_stays() {
    let text = "<!-- blocks: help other -->\nold\n<!-- /blocks -->\n";
    let page = Page::of("README.md", text).unwrap();
    assert_eq!(page.helps().collect::<Vec<_>>(), ["other"]);
    let found = page.updated(&facts()).unwrap();
    assert_eq!((found.text.as_str(), found.unknown), (text, vec!["help other".to_owned()]));
}

/// Pieces of pages: markers, and what makes them something else.
fn piece() -> impl Strategy<Value = String> {
    let kinds: Vec<_> = KINDS.iter().map(|row| row.name).collect();
    let marker = (proptest::sample::select(kinds), "( survey| shapes|)")
        .prop_map(|(kind, argument)| format!("<!-- blocks: {kind}{argument} -->"));
    let whole = (
        proptest::sample::select(vec![
            "version survey",
            "badges",
            "stages",
            "help survey",
            "dependency shapes",
        ]),
        "[a-z \n]{0,6}",
    )
        .prop_map(|(kind, text)| {
            format!("\n\n<!-- blocks: {kind} -->\n{text}\n<!-- /blocks -->\n")
        });
    prop_oneof![
        2 => marker,
        4 => whole,
        2 => Just("<!-- /blocks -->".to_owned()),
        2 => "[ \t\r\n>*`~|#-]{0,4}",
        1 => proptest::sample::select(vec!["```", "<div>", "</div>", "<!--", "-->", "    ", "- ", "| a |\n| - |\n", "\r\n", "ü"]).prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn applying_twice_changes_nothing_more(pieces in proptest::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        if let Ok(page) = Page::of("README.md", &text)
            && let Ok(once) = page.updated(&facts())
        {
            let again = Page::of("README.md", &once.text).map(|page| page.updated(&facts()));
            let again = again.map_err(|wrong| TestCaseError::fail(format!("{wrong:?}")))?;
            let again = again.map_err(|wrong| TestCaseError::fail(format!("{wrong:?}")))?;
            prop_assert_eq!(&again.text, &once.text);
            prop_assert!(again.stale.is_empty());
            prop_assert_eq!(outside(&text), outside(&once.text));
        }
    }

    #[test]
    fn no_text_is_too_much(text in "\\PC{0,40}") {
        let _ = Page::of("README.md", &text).map(|page| page.updated(&facts()));
    }

    #[test]
    fn what_a_program_prints_stays_within_its_region(printed in "[`a \n<>!/blocks-]{1,40}") {
        let mut facts = facts();
        facts.helps.insert("survey".to_owned(), Help::Printed { status: 0, text: printed });
        let text = "<!-- blocks: help survey -->\n<!-- /blocks -->\nafter\n";
        let page = Page::of("README.md", text).unwrap();
        if let Ok(once) = page.updated(&facts) {
            prop_assert!(once.text.ends_with("<!-- /blocks -->\nafter\n"));
            let again = Page::of("README.md", &once.text).unwrap();
            prop_assert_eq!(again.regions.len(), 1);
            prop_assert_eq!(again.updated(&facts).unwrap().stale, []);
        }
    }
}

/// The text without what stands in regions.
fn outside(text: &str) -> String {
    let page = Page::of("README.md", text).expect("a page");
    let mut out = String::new();
    let mut at = 0;
    for range in page.regions.iter().map(Region::held) {
        out.push_str(&text[at..range.start]);
        at = range.end;
    }
    out + &text[at..]
}
