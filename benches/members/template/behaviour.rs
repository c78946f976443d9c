//! What a user of @name@ sees.

//? below
use @name@::{Descent, Kind, ParseError, STEP, borrowed, own, summarize};
//? not below
use @name@::{Descent, Kind, ParseError, STEP, summarize};
//? end

#[test]
fn a_text_is_summed_up() {
    let summary = summarize(&format!("@word@=1\nz={STEP}")).expect("two readings");
    assert_eq!((summary.count, summary.greatest), (2, STEP));
    assert_eq!(summary.kind(), Kind::High);
}

#[test]
fn the_first_line_that_is_wrong_is_told() {
    let refused = summarize("@word@=1\n@word@\n?").expect_err("a bad line");
    assert_eq!(refused, ParseError::Form("@word@".to_owned()));
}

#[test]
fn the_way_down_has_a_value_a_step() {
    assert_eq!(Descent::new(@offset@ * STEP).count(), @offset@);
}
//? below

#[test]
fn a_reading_of_the_member_below_is_weighed_here() {
    assert_eq!(borrowed("@word@=6"), Ok(own(6)));
    let refused = borrowed("@word@").expect_err("no reading");
    assert!(matches!(refused, ParseError::Below(@first@::ParseError::Form(_))), "{refused}");
}
//? end
