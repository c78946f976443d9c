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
    /// The tools that its commands need, beyond the toolchain. Stages of the layer may use no others,
    /// so that build scripts find the same programs in all of them.
    #[serde(default)]
    pub tools: Vec<String>,
    /// The cargo commands that compile the crates from elsewhere. Nix runs them; on the host cargo
    /// compiles what a stage lacks.
    pub prepare: Vec<Vec<String>>,
    /// The cargo commands that compile a member's library as its dependants compile it. Nix runs
    /// them.
    #[serde(default)]
    pub share: Vec<Vec<String>>,
}
