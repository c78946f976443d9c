//! A site of API documentation as a folder of static files.
//!
//! ```text
//! index.html       the overview
//! 404.html         what a server shows in the place of what is not there
//! versions.json    what is there, for programs and for the next run
//! .nojekyll        so that GitHub Pages serves the files as they are
//! <version>/       the pages of rustdoc, and index.html with all members
//! latest/          sends on to the newest release
//! ```
//!
//! What [`Folder`] does to it happens as a whole: a run that is killed leaves what was there or, after the next run, what was
//! to be. What `versions.json` does not list is nobody's to change.

mod changes;
mod error;
mod folder;
mod members;
mod stage;
mod tree;

pub use changes::changes_of;
pub use error::SiteError;
pub use folder::{Added, Addition, Folder, Policy};
pub use members::{Metadata, MetadataError};
pub use tree::digest;
