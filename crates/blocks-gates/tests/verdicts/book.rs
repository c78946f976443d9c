//! What the gate of a book says.

use crate::crew::lines;
use crate::evidence::{BOOK_PAGES, BOOK_WRITTEN, BROKEN_LINKS};
use crate::fixture::Fixture;
use blocks_gates::{Code, Outcome, Verdict};

const STAGE: &str = "book";

/// What mdBook says of a file that it cannot take in; it ends with 0.
const INCOMPLETE: &str = " INFO Book building has started
ERROR Error updating \"{{#include gone.md}}\", Could not read file for link {{#include gone.md}} (docs/gone.md)
 WARN Caused By: failed to read `docs/gone.md`
 WARN Caused By: No such file or directory (os error 2)
 INFO Running the html backend
 WARN unclosed HTML tag `<b>` found in `start.md`
 INFO HTML book written to `pages`
";

/// What it says where there is no list of chapters; it ends with 101.
const STOPPED: &str = "ERROR Couldn't open SUMMARY.md in \"docs\" directory\n";

fn of(exit: i32, said: &str, files: &str, links: &str) -> Verdict {
    let evidence = [("book.stderr", said), ("files.txt", files), ("links.txt", links)];
    Fixture::new(STAGE, exit, &evidence).judge()
}

#[test]
fn each_link_that_leads_nowhere_is_told_with_its_chapter() {
    let verdict = Fixture::failing(STAGE).judge();
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    assert_eq!(Fixture::passing(STAGE).judge().summary, "no broken link in 3 pages");
}

#[test]
fn a_first_page_that_is_a_copy_of_a_chapter_has_no_links_of_its_own() {
    let copied = "./index.html\tmessages.html#nowhere\t\n./start.html\tmessages.html#nowhere\tdocs/start.md\n";
    assert_eq!(of(1, BOOK_WRITTEN, BOOK_PAGES, copied).summary, "1 broken link in 3 pages");
    let alone = "./index.html\tmessages.html#nowhere\t\n";
    assert_eq!(of(1, BOOK_WRITTEN, BOOK_PAGES, alone).summary, "1 broken link in 3 pages");
}

#[test]
fn what_mdbook_could_not_do_fails_though_it_ends_with_0() {
    let verdict = of(1, INCOMPLETE, BOOK_PAGES, "");
    insta::assert_snapshot!(format!("{}\n{}", verdict.summary, lines(&verdict.causes)));
    let both = of(1, INCOMPLETE, BOOK_PAGES, BROKEN_LINKS);
    assert_eq!(both.summary, "2 things that mdBook could not do, 2 broken links in 3 pages");
}

#[test]
fn a_book_that_mdbook_does_not_begin_is_red_and_not_without_a_verdict() {
    let verdict = of(1, STOPPED, "", "");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::Fail, Code::BookIncomplete));
}

#[test]
fn without_a_book_there_is_nothing_to_ask() {
    let verdict = Fixture::new(STAGE, 64, &[]).judge();
    assert_eq!(verdict.outcome, Outcome::NotApplicable);
    assert_eq!(verdict.summary, "there is no docs/book.toml");
}

#[test]
fn a_book_without_a_page_is_no_verdict() {
    let verdict = of(0, BOOK_WRITTEN, "", "");
    assert_eq!((verdict.outcome, verdict.causes[0].code), (Outcome::NoVerdict, Code::NoAnswer));
}

#[test]
fn words_that_the_exit_status_or_the_list_denies_are_no_verdict() {
    for (exit, said, files, links) in [
        (0, BOOK_WRITTEN, BOOK_PAGES, BROKEN_LINKS),
        (0, INCOMPLETE, BOOK_PAGES, ""),
        (1, BOOK_WRITTEN, BOOK_PAGES, ""),
        (1, BOOK_WRITTEN, "./index.html\n", BROKEN_LINKS),
        (0, " INFO Book building has started\n", BOOK_PAGES, ""),
    ] {
        let verdict = of(exit, said, files, links);
        assert_eq!(verdict.causes[0].code, Code::EvidenceContradicts, "{verdict:?}");
    }
}
