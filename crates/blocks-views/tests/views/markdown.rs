use blocks_gates::Outcome;
use blocks_views::summary_markdown;
use proptest::prelude::*;

use crate::fixture::{cause, hostile, of_members, run, verdict};

#[test]
fn the_summary_has_a_table_and_the_causes() {
    insta::assert_snapshot!(summary_markdown(&run()));
}

#[test]
fn members_are_named_where_they_are_not_green() {
    insta::assert_snapshot!(summary_markdown(&of_members()));
}

#[test]
fn shares_of_a_members_tests_are_no_members() {
    let mut verdicts = of_members();
    let failed = verdicts.iter_mut().find(|it| it.outcome == Outcome::Fail).expect("one");
    failed.units.iter_mut().for_each(|unit| unit.unit += ".1-of-2");
    let count = failed.units.len();
    assert!(summary_markdown(&verdicts).contains(&format!(" of {count} records")), "{verdicts:?}");
}

#[test]
fn a_summary_of_nothing_says_so() {
    assert!(summary_markdown(&[]).starts_with("**no verdict: nothing ran**\n"));
}

#[test]
fn causes_that_are_not_listed_are_counted() {
    let mut many = verdict("clippy", Outcome::Fail, "15 findings");
    many.causes = vec![cause(blocks_gates::Code::Lint, "unused"); 15];
    many.more_causes = 2;
    let text = summary_markdown(&[many]);
    assert_eq!(text.matches("- unused (<code>lint</code>)\n").count(), 10, "{text}");
    assert!(text.ends_with("- and 7 more\n"), "{text}");
}

proptest! {
    #[test]
    fn the_table_has_as_many_columns_and_rows_for_any_texts(
        verdicts in prop::collection::vec(hostile(), 0..5),
    ) {
        let text = summary_markdown(&verdicts);
        let rows: Vec<&str> = text.lines().filter(|line| line.contains('|')).collect();
        prop_assert_eq!(rows.len(), verdicts.len() + 2, "{}", text);
        prop_assert!(rows.iter().all(|row| row.matches('|').count() == 5), "{}", text);
    }

    #[test]
    fn no_text_is_markup_or_a_mention(verdict in hostile()) {
        let text = summary_markdown(&[verdict]);
        // What is left is the summary's own.
        let rest = text.replace("<code>", "").replace("</code>", "").replace("**", "");
        let rest: String = rest.split("&#").map(|part| {
            part.split_once(';').map_or(part, |(_, after)| after)
        }).collect();
        prop_assert!(!rest.contains(['<', '>', '`', '[', ']', '*', '@', '#', '\\', '&']), "{}", text);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
