use blocks_gates::Outcome;
use blocks_views::{Closing, closing_text};
use proptest::prelude::*;

use crate::fixture::{hostile, run, verdict};

#[test]
fn a_red_run_ends_with_what_it_came_to_and_where_there_is_more() {
    let closing = Closing {
        seconds: 12.34,
        made: 4,
        kept: 9,
        report: Some("target/r.html"),
        show: Some("cargo blocks show --records r"),
    };
    insta::assert_snapshot!(closing_text(&run(), &closing, false), @r"
    ✗ fail in 12.3 s: 1 of 4 stages fails, 1 has no verdict, 1 does not apply; 4 records made, 9 kept
    report: target/r.html
    more: cargo blocks show --records r test
    ");
    let nowhere = closing_text(&run(), &Closing { show: None, ..closing }, false);
    assert!(!nowhere.contains("more: "), "{nowhere}");
    let colored = closing_text(&run(), &closing, true);
    assert!(colored.starts_with("\u{1b}[31m✗ fail\u{1b}[0m in "), "{colored:?}");
}

#[test]
fn a_green_run_is_a_line_and_one_without_an_answer_is_not_green() {
    let of = |outcomes: &[Outcome], made, kept| {
        let all: Vec<_> = outcomes.iter().map(|it| verdict("fmt", *it, "")).collect();
        let show = Some("cargo blocks show");
        let closing = Closing { seconds: 0.04, made, kept, report: None, show };
        closing_text(&all, &closing, false)
    };
    let pass = [Outcome::Pass; 2];
    assert_eq!(of(&pass, 1, 0), "✓ pass in 0.0 s: 2 stages pass; 1 record made\n");
    assert_eq!(of(&pass, 0, 2), "✓ pass in 0.0 s: 2 stages pass; 2 records kept\n");
    assert_eq!(
        of(&[Outcome::Pass, Outcome::NoVerdict], 0, 0),
        "? no verdict in 0.0 s: 1 stage passes, 1 has no verdict; no records\nmore: cargo blocks show fmt\n"
    );
    assert_eq!(of(&[], 0, 0), "? no verdict in 0.0 s: nothing was asked; no records\n");
    assert!(of(&[Outcome::Fail; 3], 0, 0).contains(": 3 of 3 stages fail;"));
}

proptest! {
    #[test]
    fn no_text_adds_a_line(verdicts in prop::collection::vec(hostile(), 0..4)) {
        let closing = Closing { show: Some("cargo blocks show"), ..Closing::default() };
        let text = closing_text(&verdicts, &closing, false);
        prop_assert!(text.lines().count() <= 2 && text.ends_with('\n'));
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
