use serde::Deserialize;

/// What third-party crates are compiled for, once for all stages that share it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// The name that a stage's `layer` refers to.
    pub id: String,
    /// What it holds, in a sentence.
    pub about: String,
    /// The folder of its artifacts, below cargo's target folder; empty for that folder itself.
    pub folder: String,
    /// The cargo commands that compile it.
    pub prepare: Vec<Vec<String>>,
}
