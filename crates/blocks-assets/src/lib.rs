//! What a release carries beside the crates: archives of programs, bills of materials, notes, checksums, and a list of all.
//!
//! - [`Facts`] is what a program needs of the machine that it runs on. One that needs the store of Nix runs nowhere else, and
//!   is refused.
//! - [`Order`] is what a folder is made of; [`Folder`] is one, made, read back, or merged of several.
//! - [`checks`] looks whether a folder is whole, and [`Told`] whether it is of this workspace.
//!
//! The same programs and texts are the same bytes, whoever packs them, wherever and whenever.

mod bom;
mod error;
mod folder;
mod list;
mod made;
mod merge;
mod order;
mod pack;
mod program;
#[cfg(test)]
mod schema_tests;
mod sums;
#[cfg(test)]
mod tests;
mod verify;

pub use error::AssetsError;
pub use folder::{Folder, LIST, NOTES, SUMS};
pub use list::{Built, File, Kind, List, Member, Program};
pub use made::{made, notes_of};
pub use merge::merged;
pub use order::{Order, Ordered, Packed};
pub use program::{Facts, ProgramError};
pub use verify::{Told, checks, compared};
