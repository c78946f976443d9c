//! Registries of crates: what is there, and how a workspace's packages get there and are looked at afterwards.
//!
//! - [`Client`] asks a registry by the protocol that cargo speaks: an answer, or an error. What could not be asked is never
//!   taken for absent.
//! - [`Archive`] reads what a package holds.
//! - [`Cargo`] packs, publishes, and says which registries there are.
//! - [`Publisher`] brings members to a registry one by one, and [`Confirming`] looks at what is there then.

mod archive;
mod cargo;
mod check;
mod client;
mod config;
mod confirm;
mod error;
mod form;
mod index;
mod journal;
mod limit;
mod members;
mod nobody;
mod patience;
mod programs;
mod publish;
mod ready;
#[cfg(test)]
mod schema_tests;
mod text;
mod yank;

pub use archive::{Archive, ArchiveError, ArchiveFile, sha256};
pub use cargo::{Cargo, CargoError};
pub use check::{Check, by_cause, overall};
pub use client::{Client, Token};
pub use confirm::{Confirming, variable};
pub use error::RegistryError;
pub use form::release_checks_json;
pub use index::{IndexVersion, read_index};
pub use members::{
    DEFAULT_REGISTRY, Member, OrderError, chosen, in_order, registry_of, with_programs,
};
pub use patience::Patience;
pub use programs::{Compiler, Programs};
pub use publish::{Planned, PublishError, Publisher, Step, There};
pub use ready::{free, licences, locked, readmes, told};
pub use yank::{Yank, yank_plan};
