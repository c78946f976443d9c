//! The survey of a few plots.

use shapes::{Flat, Rectangle};
use survey::{largest, total};

#[test]
fn no_plots_have_no_area_and_no_largest() {
    assert_eq!(total(&[]), 0);
    assert_eq!(largest(&[]), None);
}

#[test]
fn the_first_of_equals_wins() -> Result<(), Flat> {
    let (low, high, wide) = (
        Rectangle::new(2, 3)?,
        Rectangle::new(4, 5)?,
        Rectangle::new(5, 4)?,
    );
    assert_eq!(largest(&[low, high, wide]), Some(&high));
    Ok(())
}

#[test]
fn areas_beyond_64_bits_are_added() -> Result<(), Flat> {
    let plots = [Rectangle::new(u32::MAX, u32::MAX)?; 3];
    assert_eq!(total(&plots), 3 * u128::from(u32::MAX).pow(2));
    Ok(())
}
