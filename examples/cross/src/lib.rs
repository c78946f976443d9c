//! Mixes two colours, with nothing of a machine's system: also where there is none.
#![no_std]

/// The colour between two, each with red, green and blue.
///
/// ```
/// assert_eq!(mixing::mixed([0, 0, 0], [255, 10, 0]), [127, 5, 0]);
/// ```
#[must_use]
pub fn mixed(one: [u8; 3], other: [u8; 3]) -> [u8; 3] {
    core::array::from_fn(|at| one[at].midpoint(other[at]))
}

#[cfg(test)]
mod tests {
    use super::mixed;

    #[test]
    fn the_brightest_do_not_overflow() {
        assert_eq!(mixed([255; 3], [255; 3]), [255; 3]);
    }
}
