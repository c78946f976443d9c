use serde::{Deserialize, Serialize};

/// How large programs are with all that they name in a store: what has to be there for them to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closures {
    /// The sum in bytes, of what several programs name for each of them; none where not all were measured.
    pub bytes: Option<u64>,
    /// Whether some were measured at one side alone, the baseline or what is compared with it.
    pub is_one_sided: bool,
}

impl Closures {
    pub(crate) fn plus(self, other: Self) -> Self {
        let both = self.bytes.zip(other.bytes);
        Self {
            bytes: both.map(|(one, other)| one.saturating_add(other)),
            is_one_sided: self.is_one_sided || other.is_one_sided,
        }
    }
}
