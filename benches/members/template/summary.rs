//! What readings add up to.

use std::fmt;
//? rc
use std::sync::Arc;
//? end

//? serde
use serde::{Deserialize, Serialize};

//? end
use crate::{Reading, STEP};

/// Whether readings are many.
//? serde
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
//? not serde
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
//? end
pub enum Kind {
    /// Less than a step in all.
    Low,
    /// A step or more.
    High,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
//? serde
        self.serialize(f)
//? not serde
        f.write_str(match self {
            Self::Low => "low",
            Self::High => "high",
        })
//? end
    }
}
//? rc

/// A name that many readings share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The name itself.
    pub text: Arc<str>,
}
//? end

/// What readings add up to.
//? serde
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
//? not serde
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
//? end
pub struct Summary {
    /// How many there are.
    pub count: u64,
    /// The sum of their amounts, or the greatest number when it is more.
    pub total: u64,
    /// The greatest of their amounts, 0 without any.
    pub greatest: u64,
}

impl Summary {
    /// Whether the readings are many.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.total < STEP { Kind::Low } else { Kind::High }
    }
}

impl FromIterator<Reading> for Summary {
    fn from_iter<I: IntoIterator<Item = Reading>>(readings: I) -> Self {
        readings.into_iter().fold(Self::default(), |summary, reading| Self {
            count: summary.count + 1,
            total: summary.total.saturating_add(reading.amount),
            greatest: summary.greatest.max(reading.amount),
        })
    }
}

#[cfg(test)]
mod tests {
//? serde
    use serde::de::value::{Error, MapDeserializer};

//? end
    use super::*;

    #[test]
    fn a_step_in_all_is_many() {
        let kind = |total| Summary { total, ..Summary::default() }.kind();
        assert_eq!(kind(STEP - 1).to_string(), "low");
        assert_eq!(kind(STEP).to_string(), "high");
    }
//? serde

    #[test]
    fn a_summary_is_read_by_its_fields() {
        let fields = [("count", 1_u64), ("total", @offset@), ("greatest", @offset@)];
        let read = Summary::deserialize(MapDeserializer::<_, Error>::new(fields.into_iter()));
        assert_eq!(read, Ok(Summary { count: 1, total: @offset@, greatest: @offset@ }));
    }
//? not serde

    #[test]
    fn a_sum_stays_at_the_greatest_number() {
        let most = Reading { name: "@word@".to_owned(), amount: u64::MAX };
        let summary = Summary::from_iter([most.clone(), most]);
        assert_eq!((summary.count, summary.total), (2, u64::MAX));
    }
//? end
//? rc

    #[test]
    fn a_label_shares_its_text() {
        let fields = [("text", "@word@")];
        let label = Label::deserialize(MapDeserializer::<_, Error>::new(fields.into_iter()));
        assert_eq!(label, Ok(Label { text: Arc::from("@word@") }));
    }
//? end
}
