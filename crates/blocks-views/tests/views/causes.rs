use blocks_gates::{Cause, Code, Outcome, Verdict};
use blocks_views::{causes_text, verdict_text};
use proptest::prelude::*;

use crate::fixture::{cause, hostile, of_members, run, units, verdict};

#[test]
fn causes_have_their_place_and_their_command() {
    insta::assert_snapshot!(causes_text(&run(), 3, false));
}

#[test]
fn members_are_named_where_they_are_not_green() {
    insta::assert_snapshot!(causes_text(&of_members(), 3, false));
    let green = &of_members()[2];
    assert_eq!(verdict_text(green, 3, false), "\u{2713} pass fmt: all files\n");
}

#[test]
fn a_verdict_that_no_single_member_has_names_none() {
    let together = Verdict {
        units: units(3, |_| Outcome::NotApplicable),
        ..verdict("coverage", Outcome::Fail, "90.0 % of lines (95 % wanted)")
    };
    assert!(!verdict_text(&together, 3, false).contains("in:"));
}

#[test]
fn colours_change_nothing_that_is_seen() {
    let colored = causes_text(&run(), 3, true);
    assert_ne!(colored, causes_text(&run(), 3, false));
    assert_eq!(blocks_evidence::strip_ansi(&colored), causes_text(&run(), 3, false));
}

#[test]
fn a_verdict_that_is_green_is_one_line() {
    let pass = Verdict {
        repeat: Some("cargo fmt --all".to_owned()),
        ..verdict("fmt", Outcome::Pass, "every file is formatted")
    };
    assert_eq!(verdict_text(&pass, 3, false), "\u{2713} pass fmt: every file is formatted\n");
    assert_eq!(causes_text(&[pass], 3, false), "");
}

#[test]
fn a_cause_without_words_still_has_its_line() {
    let mut empty = verdict("fmt", Outcome::Fail, "not formatted");
    empty.causes.push(cause(Code::Unformatted, ""));
    empty.causes[0].file = Some("src/lib.rs".to_owned());
    assert_eq!(
        verdict_text(&empty, 1, false),
        "\u{2717} fail fmt: not formatted\n  src/lib.rs:  [unformatted]\n"
    );
}

#[test]
fn a_place_does_not_become_a_command_to_a_ci_runner() {
    let mut forged = verdict("fmt", Outcome::Fail, "not formatted");
    forged.causes.push(cause(Code::Unformatted, "error::planted"));
    forged.causes[0].file = Some(":".to_owned());
    let text = verdict_text(&forged, 1, false);
    assert!(text.ends_with("\n  \\:: error::planted [unformatted]\n"), "{text}");
}

proptest! {
    #[test]
    fn the_text_is_harmless_and_has_no_more_lines_than_it_promises(
        verdict in hostile(),
        causes in 0..5_usize,
    ) {
        let text = verdict_text(&verdict, causes, false);
        prop_assert!(text.lines().count() <= 4 + 6 * causes, "{}", text);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert!(text.lines().all(|line| !line.trim_start().starts_with("::")));
        prop_assert!(text.lines().all(|line| line.chars().count() <= 600));
    }
}

#[test]
fn a_command_is_whole_or_nobody_could_repeat_it() {
    let repeat = format!("cargo nextest run -E 'test(={})'", "x".repeat(1000));
    let cause = Cause { repeat: Some(repeat.clone()), ..cause(Code::TestFailed, "it") };
    let failed = Verdict {
        causes: vec![cause],
        repeat: Some(repeat.clone()),
        ..verdict("test", Outcome::Fail, "")
    };
    let text = causes_text(&[failed], 3, false);
    assert!(text.contains(&format!("    repeat: {repeat}\n")), "{text}");
    assert!(text.ends_with(&format!("  fix and repeat: {repeat}\n")), "{text}");
}

/// A compile error of three stages, one of which has a cause of its own.
fn shared() -> Vec<Verdict> {
    let error = || Cause {
        file: Some("src/lib.rs".to_owned()),
        line: Some(3),
        ..cause(Code::CompileError, "mismatched types (E0308)")
    };
    let of = |stage: &str, causes| Verdict { causes, ..verdict(stage, Outcome::Fail, "red") };
    vec![
        of("clippy", vec![error(), cause(Code::Lint, "unused")]),
        of("test", vec![error()]),
        of("docs", vec![error(), cause(Code::DocWarning, "a link that leads nowhere")]),
    ]
}

#[test]
fn what_fails_several_stages_is_told_once() {
    insta::assert_snapshot!(causes_text(&shared(), 3, false));
    let alone = verdict_text(&shared()[1], 3, false);
    assert!(alone.contains("src/lib.rs:3: mismatched types"), "{alone}");
}
