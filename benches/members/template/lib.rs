//! Readings of @word@, as @name@ weighs them.
//!
//! [`own`] is what this member alone does with a value, [`chain`] what it does together with the
//! members below it.

mod parse;
mod summary;

pub use parse::{ParseError, Reading};
//? rc
pub use summary::Label;
//? end
pub use summary::{Kind, Summary};

/// The weight of one step.
pub const STEP: u64 = @step@; // bench: edit

/// How many layers of members lie below this one.
//? below
pub const LEVEL: u32 = 1 + @first@::LEVEL;
//? not below
pub const LEVEL: u32 = 0;
//? end

const OFFSET: u64 = @offset@;

/// What this member alone makes of a value.
///
/// ```
/// assert_eq!(@name@::own(2), 2 * @name@::STEP + @offset@);
/// ```
#[must_use]
pub fn own(value: u64) -> u64 {
    value.wrapping_mul(STEP).wrapping_add(OFFSET)
}

/// What this member and those below it make of a value.
#[must_use]
pub fn chain(value: u64) -> u64 {
//? two
    own(@first@::chain(value)) ^ @second@::own(value)
//? not two
//? below
    own(@first@::chain(value))
//? not below
    own(value)
//? end
//? end
}

/// What the lines of a text add up to.
///
/// ```
/// let summary = @name@::summarize("@word@=3\n@word@=4")?;
/// assert_eq!((summary.count, summary.total), (2, 7));
/// # Ok::<(), @name@::ParseError>(())
/// ```
///
/// # Errors
/// The first line that is no reading.
pub fn summarize(text: &str) -> Result<Summary, ParseError> {
    text.lines().map(str::parse::<Reading>).collect()
}
//? below

/// The weight of a reading that the member below takes.
///
/// # Errors
/// [`ParseError::Below`] when that member does not take it.
pub fn borrowed(text: &str) -> Result<u64, ParseError> {
    let reading: @first@::Reading = text.parse()?;
    Ok(own(reading.amount))
}
//? end

/// The values on the way from a number down to nothing, a [`STEP`] at a time.
#[derive(Debug, Clone)]
pub struct Descent {
    left: u64,
}

impl Descent {
    /// The way down from a number, which is its first value.
    #[must_use]
    pub fn new(from: u64) -> Self {
        Self { left: from }
    }
}

impl Iterator for Descent {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let now = self.left;
        self.left = now.saturating_sub(STEP);
        (now > 0).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_weighed_by_the_step() {
        assert_eq!(own(0), OFFSET);
        assert_eq!(own(3) - own(2), STEP);
    }

    #[test]
    fn the_members_below_weigh_first() {
        assert_eq!(LEVEL, @level@);
//? two
        assert_eq!(chain(5), own(@first@::chain(5)) ^ @second@::own(5));
//? not two
//? below
        assert_eq!(chain(5), own(@first@::chain(5)));
//? not below
        assert_eq!(chain(5), own(5));
//? end
//? end
    }

    #[test]
    fn the_way_down_ends_above_nothing() {
        let values: Vec<u64> = Descent::new(2 * STEP + 1).collect();
        assert_eq!(values, [2 * STEP + 1, STEP + 1, 1]);
        assert_eq!(Descent::new(0).next(), None);
    }
}
