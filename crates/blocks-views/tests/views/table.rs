use blocks_gates::Outcome;
use blocks_views::table;
use proptest::prelude::*;

use crate::fixture::{hostile, run, verdict};

#[test]
fn the_table_is_aligned_by_what_is_seen() {
    insta::assert_snapshot!(table(&run(), false));
}

#[test]
fn colours_change_nothing_that_is_seen() {
    let colored = table(&run(), true);
    assert!(colored.contains("\u{1b}[31m\u{2717} fail"), "{colored:?}");
    assert_eq!(blocks_evidence::strip_ansi(&colored), table(&run(), false));
}

#[test]
fn a_table_of_nothing_is_its_head() {
    assert_eq!(table(&[], false), "stage  outcome  seconds  summary\n");
}

#[test]
fn a_summary_cannot_paint_or_move() {
    let text =
        table(&[verdict("fmt", Outcome::Fail, "\u{1b}[2J\u{1b}[32mok\r\n::error::x")], false);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.ends_with("  ok\\u{d}\\n::error::x\n"), "{text}");
}

proptest! {
    #[test]
    fn each_verdict_is_one_harmless_line(
        verdicts in prop::collection::vec(hostile(), 0..5),
    ) {
        let text = table(&verdicts, false);
        prop_assert_eq!(text.lines().count(), verdicts.len() + 1);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        prop_assert!(text.lines().all(|line| !line.trim_start().starts_with("::")));
    }
}
