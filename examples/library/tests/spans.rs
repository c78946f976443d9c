//! Spans, as users see them.

use spans::Span;

#[test]
fn the_longest_span_has_all_numbers() {
    assert_eq!(Span::new(0, u32::MAX).map(Span::length), Some(1 << 32));
}

#[test]
fn one_number_is_a_span() {
    assert_eq!(Span::new(7, 7).map(Span::length), Some(1));
    assert_eq!(Span::new(8, 7), None);
}

#[cfg(feature = "text")]
#[test]
fn a_span_is_written_as_code_has_it() {
    assert_eq!(
        Span::new(1, 3).map(|span| span.to_string()).as_deref(),
        Some("1..=3")
    );
}
