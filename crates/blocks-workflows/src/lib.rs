//! Workflows of GitHub Actions, from a workspace's configuration and a few facts of it.
//!
//! [`Plan::of`] says what the workflows of a workspace have to be, and [`Plan::files`] gives their texts. Functions from
//! values to texts: who calls them reads and writes files. The texts are those of `templates/`, with places for values.
//!
//! # What a value cannot do
//! A value of the configuration is the whole of a YAML scalar, quoted where it has to be, and nothing else: a template that
//! puts one into a line of shell, or beside other text, is an error ([`PlanError::Beside`]). So it reaches a shell as a
//! variable of the environment only. One with `${{` in it is refused, for the service would evaluate it in whatever scalar
//! ([`PlanError::Expression`]).

mod action;
mod mark;
mod plan;
mod scalar;
mod template;

pub use action::{ACTIONS, Action};
pub use mark::{MARK, is_made};
pub use plan::{Facts, File, Plan};
pub use scalar::scalar;
pub use template::PlanError;
