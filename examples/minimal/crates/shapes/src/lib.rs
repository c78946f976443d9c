//! Plane shapes and their areas.

use std::fmt;

/// A rectangle. Its sides are in metres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rectangle {
    width: u32,
    height: u32,
}

impl Rectangle {
    /// A rectangle of these sides, in metres.
    ///
    /// # Errors
    /// [`Flat`] when a side is zero.
    ///
    /// ```
    /// use shapes::{Flat, Rectangle};
    ///
    /// assert!(Rectangle::new(2, 3).is_ok());
    /// assert_eq!(Rectangle::new(2, 0), Err(Flat));
    /// ```
    pub fn new(width: u32, height: u32) -> Result<Self, Flat> {
        if width == 0 || height == 0 {
            return Err(Flat);
        }
        Ok(Self { width, height })
    }

    /// The area, in square metres.
    ///
    /// ```
    /// # use shapes::Rectangle;
    /// let field = Rectangle::new(2, 3)?;
    /// assert_eq!(field.area(), 6);
    /// # Ok::<(), shapes::Flat>(())
    /// ```
    #[must_use]
    pub fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// A shape without an inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flat;

impl fmt::Display for Flat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a side is zero")
    }
}

impl std::error::Error for Flat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_product_of_the_sides() {
        assert_eq!(Rectangle::new(7, 6).map(|it| it.area()), Ok(42));
    }

    #[test]
    fn the_greatest_sides_do_not_overflow() {
        let greatest = Rectangle::new(u32::MAX, u32::MAX).expect("no side is zero");
        assert_eq!(greatest.area(), u64::from(u32::MAX).pow(2));
    }

    #[test]
    fn a_side_of_zero_is_refused_with_the_reason() {
        for (width, height) in [(0, 1), (1, 0), (0, 0)] {
            let refused = Rectangle::new(width, height).expect_err("a side is zero");
            assert_eq!(refused.to_string(), "a side is zero");
        }
    }
}
