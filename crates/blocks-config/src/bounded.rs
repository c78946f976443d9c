//! Whole numbers that carry their range in their type.

use crate::key::{Kind, Setting};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A whole number from `MIN` to `MAX`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Bounded<const MIN: u32, const MAX: u32>(u32);

/// A number that lies outside the range of a [`Bounded`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{value} lies outside {min} to {max}")]
pub struct OutOfRange {
    /// The number that was refused.
    pub value: u64,
    /// The least number allowed.
    pub min: u32,
    /// The greatest number allowed.
    pub max: u32,
}

impl<const MIN: u32, const MAX: u32> Bounded<MIN, MAX> {
    /// The number `N`; one out of range does not compile.
    pub const fn of<const N: u32>() -> Self {
        const { assert!(MIN <= N && N <= MAX, "the number lies outside its range") };
        Self(N)
    }

    /// The number, where it lies in the range.
    pub fn new(value: u64) -> Result<Self, OutOfRange> {
        let refused = OutOfRange { value, min: MIN, max: MAX };
        match u32::try_from(value) {
            Ok(number) if (MIN..=MAX).contains(&number) => Ok(Self(number)),
            _ => Err(refused),
        }
    }

    /// The number itself.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const MIN: u32, const MAX: u32> fmt::Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de, const MIN: u32, const MAX: u32> Deserialize<'de> for Bounded<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(u64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<const MIN: u32, const MAX: u32> Setting for Bounded<MIN, MAX> {
    const KIND: Kind = Kind::Whole { min: MIN, max: MAX };
    fn show(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
impl<const MIN: u32, const MAX: u32> schemars::JsonSchema for Bounded<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("From{MIN}To{MAX}").into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exactly_the_numbers_of_the_range_are_taken(number in prop_oneof![0..40_u64, any::<u64>()]) {
            let taken = Bounded::<3, 20>::new(number);
            if (3..=20).contains(&number) {
                prop_assert_eq!(u64::from(taken.unwrap().get()), number);
            } else {
                prop_assert_eq!(taken, Err(OutOfRange { value: number, min: 3, max: 20 }));
            }
        }
    }
}
