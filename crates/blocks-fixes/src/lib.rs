//! Patches and words for what failed.
//!
//! [`draft`] goes from verdicts, the evidence of their records, and the sources that these are of to changes of files: what
//! formatters would write, what compilers suggest and say that nobody has to look at, words that are spelled in one way
//! only, regions of pages that Blocks writes, dependencies that nobody uses, versions that an interface asks for. It runs nothing; whoever calls it tries the
//! [`Draft`], leaves out what does not compile, and has [`Fixes`]: a patch in [`Part`]s, and [`Suggestion`]s for what no
//! patch can do.
//!
//! All changes are in the places of the files as they were recorded, and those that belong together are made together or
//! not at all. [`patch`] writes them as `git apply` takes them.

mod draft;
mod edit;
mod fixes;
mod form;
mod formatted;
mod lines;
mod lock;
mod manifest;
mod markdown;
mod patch;
mod regions;
#[cfg(test)]
mod schema_tests;
mod sources;
mod spelled;
mod suggested;
mod words;

pub use draft::{Draft, StageChanges};
pub use edit::{Change, Edit};
pub use fixes::{
    Drafted, Fixes, Left, Part, Refused, by_hand, draft, is_of_format, parts, update_words,
};
pub use form::{WHOLE, fixes_json, is_absent, patch_name};
pub use lock::Lock;
pub use markdown::fixes_markdown;
pub use patch::{FileChange, patch};
pub use sources::{Sources, Unfit};
pub use words::Suggestion;
