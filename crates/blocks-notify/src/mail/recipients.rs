//! Who has to hear of a change.

use std::collections::{BTreeMap, BTreeSet};

use lettre::Address;

use super::author;
use super::codeowners::{CodeOwners, Owner};
use crate::{Change, plain};

/// The most recipients of a message: what every server takes at once (RFC 5321, 4.5.3.1.8).
pub const MOST_RECIPIENTS: usize = 100;

/// Where recipients come from. All of it counts together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Addresses that the configuration names: of all changes.
    pub always: Vec<String>,
    /// Owners of the files of failures.
    pub owners: Option<CodeOwners>,
    /// The authors that manifests name, by member: of those whose records have a failure. Of failures of the workspace, those
    /// of all.
    pub authors: BTreeMap<String, Vec<String>>,
}

/// Who is told, and who cannot be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Addresses, each once, in their order.
    pub to: Vec<String>,
    /// Those who ought to be told, and to whom no mail can get.
    pub missed: Vec<Missed>,
}

/// Somebody to whom no mail can get.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Missed {
    /// An entry of the configuration that is no address.
    #[error("{0} is no address of mail")]
    NoAddress(String),
    /// An owner by an account.
    #[error("{0} of CODEOWNERS gets no mail: only GitHub knows the address, so name one beside it")]
    Account(String),
    /// An author without an address.
    #[error("the author {0} has no address in the manifest")]
    Author(String),
    /// There are too many.
    #[error("{0} recipients more than the {MOST_RECIPIENTS} that a message can have get none")]
    TooMany(usize),
}

impl Recipients {
    /// Who is told of a change.
    pub fn of(&self, change: &Change) -> Chosen {
        let mut found = Found::default();
        for text in &self.always {
            found.add(author::address(text), || Missed::NoAddress(plain::line(text, 80)));
        }
        for failure in change.all() {
            if let (Some(owners), Some(file)) = (&self.owners, &failure.file) {
                owners.of(file).iter().for_each(|it| found.add_owner(it));
            }
            for (member, authors) in &self.authors {
                if failure.units.is_empty() || failure.units.contains(member) {
                    found.add_authors(authors);
                }
            }
        }
        found.chosen()
    }
}

#[derive(Default)]
struct Found {
    to: BTreeSet<String>,
    missed: BTreeSet<Missed>,
}

impl Found {
    fn add(&mut self, address: Option<Address>, missed: impl FnOnce() -> Missed) {
        match address {
            Some(address) => drop(self.to.insert(address.to_string())),
            None => drop(self.missed.insert(missed())),
        }
    }

    fn add_owner(&mut self, owner: &Owner) {
        match owner {
            Owner::Address(address) => drop(self.to.insert(address.clone())),
            Owner::Account(name) => drop(self.missed.insert(Missed::Account(name.clone()))),
        }
    }

    fn add_authors(&mut self, authors: &[String]) {
        for text in authors {
            self.add(author::address(text), || Missed::Author(plain::line(text, 80)));
        }
    }

    fn chosen(self) -> Chosen {
        let more = self.to.len().saturating_sub(MOST_RECIPIENTS);
        let mut missed: Vec<_> = self.missed.into_iter().collect();
        if more > 0 {
            missed.push(Missed::TooMany(more));
        }
        Chosen { to: self.to.into_iter().take(MOST_RECIPIENTS).collect(), missed }
    }
}
