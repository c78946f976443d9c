use serde::Deserialize;

/// A line of a tool that says that it came to no answer, whatever its exit status.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// How the stage ended then: a word of the record's `ended`.
    pub ended: String,
    /// What the line begins with.
    pub begins: String,
    /// What the line holds.
    pub holds: String,
    /// What happened and what to do, for people.
    pub reason: String,
}

impl Fault {
    /// Whether `line` says so.
    pub fn is_said_by(&self, line: &str) -> bool {
        line.starts_with(&self.begins) && line.contains(&self.holds)
    }
}
