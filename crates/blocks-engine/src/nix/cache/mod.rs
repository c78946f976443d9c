//! What a binary cache should have of a workspace, and what it has.
//!
//! Worth pushing is what others would compile or run again: layers of crates from elsewhere, members' libraries, records,
//! and the program that judges these. Verdicts and views are not: they are made of records in a moment, and new with every
//! day and every version of this program. Nor are sources, which whoever builds has, or fetches by their hashes.
//!
//! Nix copies closures only, since a cache may hold no path without what that names. So what a layer names, a toolchain for
//! example, is pushed with it, and counted in the plan.

mod address;
mod ask;
mod outputs;
mod plan;
mod push;
mod verify;

use blocks_config::{PublicKey, StoreAddress};

use super::Nix;
use crate::EngineError;

pub use outputs::{Item, ItemState, KINDS};
pub use plan::{Closure, Plan};
pub use verify::{Contents, Verified};

/// A binary cache for what a workspace's flake makes.
pub struct Cache<'a> {
    /// The workspace and the program that stands for Nix.
    pub nix: &'a Nix<'a>,
    /// Where it is.
    pub address: &'a StoreAddress,
    /// What its signatures are verified with; none where no signature is asked for.
    pub keys: &'a [PublicKey],
    /// The kinds of what is looked at, of [`KINDS`]; none for all.
    pub only: &'a [String],
    /// The file of the key that paths are signed with on their way there.
    pub signing_key: Option<&'a std::path::Path>,
}

impl Cache<'_> {
    /// For a cache that could not be read or written.
    fn fault(&self, what: &'static str, reason: impl Into<String>) -> EngineError {
        EngineError::Cache { what, store: self.address.to_string(), reason: reason.into() }
    }
}
