//! What a list of plots adds up to.

use shapes::Rectangle;

/// The area of all plots together, in square metres.
///
/// ```
/// use shapes::Rectangle;
///
/// let plots = [Rectangle::new(2, 3)?, Rectangle::new(4, 5)?];
/// assert_eq!(survey::total(&plots), 26);
/// # Ok::<(), shapes::Flat>(())
/// ```
#[must_use]
pub fn total(plots: &[Rectangle]) -> u128 {
    plots.iter().map(|plot| u128::from(plot.area())).sum()
}

/// The largest plot; the first of several that are equally large.
#[must_use]
pub fn largest(plots: &[Rectangle]) -> Option<&Rectangle> {
    plots.iter().rev().max_by_key(|plot| plot.area())
}
