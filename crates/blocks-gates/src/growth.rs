//! When a number is more than it was by more than is allowed.

use blocks_config::Regression;

/// Whether a number is more than another by more than a share of it, compared exactly.
pub(crate) fn grew(now: u64, was: u64, allowed: Regression) -> bool {
    /// 100 percent, in the units of [`Regression::micros`].
    const WHOLE: u128 = 100_000_000;
    u128::from(now) * WHOLE > u128::from(was) * (WHOLE + u128::from(allowed.micros()))
}
