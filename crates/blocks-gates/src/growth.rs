//! What is compared with a baseline one by one: which numbers are more than is allowed, and what came and went.

use crate::case::Case;
use blocks_config::Regression;
use std::collections::BTreeMap;

/// What packages have, by the names of the package and of the thing.
pub(crate) type OfPackages<T> = BTreeMap<(String, String), T>;

/// How many of the things of a case's members came since the baseline, and how many went.
pub(crate) fn came_and_went<T>(
    case: &Case<'_>,
    now: &OfPackages<T>,
    before: Option<&OfPackages<T>>,
) -> (u64, u64) {
    let Some(before) = before else { return (0, 0) };
    let is_of_it = |package: &String| case.members.is_empty() || case.members.contains(package);
    let missing = |from: &OfPackages<T>, of: &OfPackages<T>| {
        let keys = of.keys().filter(|key| is_of_it(&key.0) && !from.contains_key(*key));
        keys.count() as u64
    };
    (missing(before, now), missing(now, before))
}

/// Whether a number is more than another by more than a share of it, compared exactly.
pub(crate) fn grew(now: u64, was: u64, allowed: Regression) -> bool {
    /// 100 percent, in the units of [`Regression::micros`].
    const WHOLE: u128 = 100_000_000;
    u128::from(now) * WHOLE > u128::from(was) * (WHOLE + u128::from(allowed.micros()))
}
