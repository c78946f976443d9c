//! The table of stages that both engines of Blocks run.
//!
//! [`Table::embedded`] is `stages.toml` of this crate, the file that the Nix engine reads with
//! `builtins.fromTOML`. Nothing else lists stages, layers or tools: the checks of the flake, the
//! command line, badges and documentation come from this table.
//!
//! ```
//! let table = blocks_stages::Table::embedded();
//! let coverage = table.stage("coverage").expect("a row of the table");
//! assert_eq!(coverage.record_stage(), "test", "coverage judges the record that the tests left");
//! ```

mod check;
mod fault;
mod group;
mod layer;
mod like;
mod own;
mod packages;
mod place;
mod settings;
mod stage;
mod table;
mod tool;

pub use check::TableError;
pub use fault::Fault;
pub use group::Group;
pub use layer::{Compiler, Layer};
pub use own::Own;
pub use packages::{feature_words, shell_word, typed_word};
pub use place::{Compared, Database, Places};
pub use stage::{Engine, Evidence, File, Output, Scope, Set, Stage, Step};
pub use table::Table;
pub use tool::{Install, Tool};
