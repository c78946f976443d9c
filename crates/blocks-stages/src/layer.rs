use std::collections::BTreeMap;

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
    /// Environment variables of all that compiles in it, and of the steps of its stages.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Whether the standard library is compiled in it, too, so that Nix gives cargo what that depends on.
    #[serde(default)]
    pub standard_library: bool,
    /// Whether the libraries that a unit needs are no members of the workspace that Nix lays out for it, but
    /// packages beside it. What wraps the compiler for members alone, as clippy does, then leaves them to the
    /// compiler itself, so that one compilation of them serves those who wrap it and those who do not.
    #[serde(default)]
    pub apart: bool,
    /// What compiles, in order. A layer without one compiles nothing.
    #[serde(default, rename = "compiler")]
    pub compilers: Vec<Compiler>,
}

/// What cargo calls to compile: `rustc`, or a program that wraps it. To cargo, crates of one compiler are
/// unknown to another that wraps other crates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compiler {
    /// The name that a stage's `compiler` refers to.
    pub id: String,
    /// Whether it wraps members alone, so that it has nothing to share where all libraries are apart.
    #[serde(default)]
    pub members_only: bool,
    /// The cargo commands that compile the crates from elsewhere. Nix runs them; on the host cargo
    /// compiles what a stage lacks.
    pub prepare: Vec<Vec<String>>,
    /// The cargo commands that compile a member's library as its dependants compile it. Nix runs
    /// them.
    #[serde(default)]
    pub share: Vec<Vec<String>>,
    /// What `prepare` has beside this where the dev profile has a panic abort: tests unwind all the same, so
    /// that cargo has all crates twice.
    #[serde(default)]
    pub prepare_aborting: Vec<Vec<String>>,
    /// The same of `share`.
    #[serde(default)]
    pub share_aborting: Vec<Vec<String>>,
}
