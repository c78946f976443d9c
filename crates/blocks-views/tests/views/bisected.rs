//! What a search for a commit came to.

use blocks_failures::failures;
use blocks_gates::{Code, Outcome, Verdict};
use blocks_views::{Bisected, BisectedCommit, Skipped, bisected_json, bisected_text};
use proptest::prelude::*;

use crate::fixture::{cause, hostile_text, verdict};

const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";

fn commit(subject: &str) -> BisectedCommit<'_> {
    BisectedCommit { revision: REVISION, author_date: "2026-01-08T10:00:00+01:00", subject }
}

fn search(commits: Vec<BisectedCommit<'_>>) -> Bisected<'_> {
    Bisected {
        stage: "clippy",
        signature: None,
        good: REVISION,
        bad: REVISION,
        commits,
        failures: None,
        ran: 3,
        known: 2,
        skipped: vec![Skipped {
            revision: REVISION,
            reason: "cargo does not accept\nthe manifest",
        }],
    }
}

#[test]
fn a_commit_is_told_with_what_came_with_it_and_how_to_look_at_it() {
    let verdicts = [Verdict {
        causes: vec![cause(Code::Lint, "unused variable: `x`")],
        ..verdict("clippy", Outcome::Fail, "1 lint")
    }];
    let new = failures(&verdicts);
    let found = Bisected { failures: Some(&new), ..search(vec![commit("feat: a state")]) };
    insta::assert_snapshot!("text", bisected_text(&found, false));
    insta::assert_snapshot!("json", bisected_json(&found));
}

#[test]
fn of_several_commits_none_is_named() {
    let among = search((0..14).map(|_| commit("a state")).collect());
    let text = bisected_text(&among, false);
    assert!(!among.is_found() && !text.contains("git show"), "{text}");
    assert!(
        text.contains("since one of 14 commits, of which the others have no answer\n"),
        "{text}"
    );
    assert!(text.contains("\n  and 4 more\n") && text.contains("is not known"), "{text}");
    assert!(bisected_json(&among).contains("\"show\": null"));
}

proptest! {
    #[test]
    fn hostile_texts_are_harmless(subject in hostile_text(), reason in hostile_text()) {
        let skipped = vec![Skipped { revision: REVISION, reason: &reason }];
        let text = bisected_text(&Bisected { skipped, ..search(vec![commit(&subject)]) }, false);
        for line in text.lines() {
            prop_assert!(!line.chars().any(char::is_control) && !line.trim_start().starts_with("::"), "{line:?}");
            prop_assert!(!line.contains("##["));
        }
        prop_assert_eq!(text.lines().count(), 8);
    }
}
