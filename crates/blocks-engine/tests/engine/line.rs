//! The commits that lead to a revision, and the sources of any of them.

use std::fs;

use blocks_engine::{Checkout as Sources, Line};

use crate::checkout::Checkout;

fn subjects(line: &Line) -> Vec<&str> {
    line.commits.iter().map(|it| it.subject.as_str()).collect()
}

/// `main` with a merge of a topic of two commits.
fn merged() -> Checkout {
    let checkout = Checkout::new("inner");
    checkout.git(&["checkout", "--quiet", "-b", "topic"]);
    for name in ["one", "two"] {
        checkout.write("of-topic", name);
        checkout.commit(name);
    }
    checkout.git(&["checkout", "--quiet", "main"]);
    checkout.write("of-main", "");
    checkout.commit("on main: \u{1f} \u{1b}[31m");
    checkout.git(&["merge", "--quiet", "--no-ff", "--message", "merge", "topic"]);
    checkout
}

#[test]
fn a_line_is_of_first_parents_with_the_oldest_first() {
    let checkout = merged();
    let workspace = checkout.workspace();
    let line = Line::to(&workspace, "HEAD").expect("a line");
    assert_eq!(subjects(&line), ["first", "on main: \u{1f} \u{1b}[31m", "merge"]);
    assert!(line.commits.iter().all(|it| it.revision.len() == 40 && it.author_date.contains('T')));
    let line = line.since(&workspace, "HEAD~1").expect("on the line");
    assert_eq!(subjects(&line), ["on main: \u{1f} \u{1b}[31m", "merge"]);
    assert_eq!(subjects(&Line::to(&workspace, "topic").expect("a line")), ["first", "one", "two"]);
}

#[test]
fn what_leads_there_otherwise_is_not_on_the_line() {
    let checkout = merged();
    let workspace = checkout.workspace();
    let line = || Line::to(&workspace, "HEAD").expect("a line");
    let error = line().since(&workspace, "topic").expect_err("merged").to_string();
    assert!(error.contains("`topic` is none of the last 3 commits"), "{error}");
    let error = line().since(&workspace, "gone").expect_err("unknown").to_string();
    assert!(error.contains("git knows no revision `gone`"), "{error}");
    for hostile in ["--all", "-p", "HEAD\nHEAD", ""] {
        assert!(Line::to(&workspace, hostile).is_err(), "{hostile:?}");
    }
}

#[test]
fn the_sources_of_a_commit_are_its_own_wherever_it_is() {
    let checkout = merged();
    let workspace = checkout.workspace();
    let folder = checkout.root().join("target/sources");
    for (revision, text) in [("topic", "two"), ("topic~1", "one")] {
        let commit = Line::to(&workspace, revision).expect("a line").commits.pop().expect("one");
        let sources = Sources::at(&workspace, commit.revision.clone(), &folder).expect("sources");
        assert_eq!(sources.commit, commit.revision);
        assert_eq!(fs::read_to_string(sources.root.join("of-topic")).expect("a file"), text);
        assert!(!sources.root.join("of-main").exists());
    }
}
