//! Spans of whole numbers.
//!
//! With the feature `text` a span is written as `1..=3`.

/// Whole numbers from one to another, both of them in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// The first number.
    pub first: u32,
    /// The last number, not before the first.
    pub last: u32,
}

impl Span {
    /// The numbers from `first` to `last`; none where these are in no order.
    ///
    /// ```
    /// use spans::Span;
    ///
    /// assert_eq!(Span::new(1, 3).map(Span::length), Some(3));
    /// assert_eq!(Span::new(3, 1), None);
    /// ```
    #[must_use]
    pub const fn new(first: u32, last: u32) -> Option<Self> {
        if first > last {
            None
        } else {
            Some(Self { first, last })
        }
    }

    /// How many numbers it has.
    #[must_use]
    pub const fn length(self) -> u64 {
        // Both are of 32 bits, so that this is no sum that is too large.
        self.last as u64 - self.first as u64 + 1
    }
}

#[cfg(feature = "text")]
impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..={}", self.first, self.last)
    }
}
