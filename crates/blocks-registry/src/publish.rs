//! Publishing: one member after the other, each behind what it needs, from wherever an earlier run stopped.

use std::{
    thread,
    time::{Duration, Instant, SystemTime},
};

use thiserror::Error;

use crate::cargo::{Cargo, CargoError};
use crate::journal::Journal;
use crate::limit::limit;
use crate::members::Member;
use crate::{Client, IndexVersion, RegistryError, sha256};

/// What the registry has of a member's version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// Nothing: it is free.
    Nothing,
    /// The very archive that is packed here.
    Same,
    /// Another archive, of this SHA-256.
    Other(String),
    /// The archive that is packed here, and nobody should use it.
    Yanked,
}

/// A member, as it would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The member.
    pub member: Member,
    /// SHA-256 of its archive, as it is packed here.
    pub sha256: String,
    /// What the registry has.
    pub there: There,
}

/// What publishing tells as it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was there already.
    Kept,
    /// Cargo is about to send it.
    Sends,
    /// An earlier run sent it: the index is looked at.
    Awaits,
    /// The index is waited for.
    Waits,
    /// Cargo ended badly, and the archive is there all the same.
    Arrived,
    /// The registry takes no more for now: it is sent again after so long.
    Limited(Duration),
    /// It is there.
    There,
}

/// Why publishing stopped. What is there then is not sent again.
#[derive(Debug, Error)]
pub enum PublishError {
    /// Cargo, or a file.
    #[error(transparent)]
    Cargo(#[from] CargoError),
    /// The registry.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The registry has something else of that version.
    #[error(
        "the registry has {spec} already, and it is another archive (SHA-256 {theirs}, here {ours}): a version cannot be \
         published again, so the next one has to be"
    )]
    Other {
        /// `NAME@VERSION`.
        spec: String,
        /// What it has.
        theirs: String,
        /// What is packed here.
        ours: String,
    },
    /// The version was taken back.
    #[error(
        "the registry has {0} already, and it is yanked: cargo yank --undo, or the next version"
    )]
    Yanked(String),
    /// Cargo could not publish it, and it is not there.
    #[error(
        "{spec} is not published ({done} of {all} are; the same command goes on from there): cargo publish says\n{said}"
    )]
    NotTaken {
        /// `NAME@VERSION`.
        spec: String,
        /// How many are there.
        done: usize,
        /// How many are to be.
        all: usize,
        /// What cargo says.
        said: String,
    },
    /// The index does not show it.
    #[error(
        "{spec} was sent, and the index does not show it after {seconds} s: the same command goes on from there"
    )]
    NotShown {
        /// `NAME@VERSION`.
        spec: String,
        /// How long the index was looked at.
        seconds: u64,
    },
}

/// What became of an archive that was sent.
enum Sent {
    /// Cargo says that it is taken.
    Taken,
    /// Cargo ended badly, and the index shows it.
    Arrived,
    /// It is not there, and cargo says why.
    Refused(String),
}

/// Who publishes.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    /// Cargo, for the workspace.
    pub cargo: &'a Cargo,
    /// The registry, which is asked what it has.
    pub client: &'a Client,
    /// The registry's name, as cargo knows it.
    pub registry: &'a str,
}

impl Publisher<'_> {
    /// What would be published, in this order, and what is there already.
    pub fn plan(&self, members: Vec<Member>) -> Result<Vec<Planned>, PublishError> {
        let archives = self.cargo.pack(&members, self.registry, false)?;
        let sums = archives.iter().map(|it| sha256(it)).collect();
        Ok(self.look(members, sums)?)
    }

    /// What the registry has of members whose archives are of these SHA-256.
    pub fn look(
        &self,
        members: Vec<Member>,
        sums: Vec<String>,
    ) -> Result<Vec<Planned>, RegistryError> {
        let planned = members.into_iter().zip(sums).map(|(member, sha256)| {
            let there = of(self.found(&member)?.as_ref(), &sha256);
            Ok(Planned { member, sha256, there })
        });
        planned.collect()
    }

    /// Publishes what is not there yet, in order, and waits until the index has each. Where the registry has another archive
    /// of any of them, nothing is sent.
    pub fn publish(
        &self,
        planned: &[Planned],
        tell: &dyn Fn(&Member, Step),
    ) -> Result<(), PublishError> {
        planned.iter().try_for_each(check)?;
        let mut journal = Journal::open(&self.cargo.folder, &self.client.address())?;
        for (done, one) in planned.iter().enumerate() {
            if one.there == There::Same {
                tell(&one.member, Step::Kept);
                continue;
            }
            self.one(one, &mut journal, (done, planned.len()), tell)?;
            tell(&one.member, Step::There);
        }
        Ok(())
    }

    fn one(
        &self,
        one: &Planned,
        journal: &mut Journal,
        (done, all): (usize, usize),
        tell: &dyn Fn(&Member, Step),
    ) -> Result<(), PublishError> {
        let spec = one.member.spec();
        if journal.has(&spec, &one.sha256) {
            tell(&one.member, Step::Awaits);
            match self.wait(one) {
                // Whether it ever came, nobody knows: a registry takes no version twice.
                Err(PublishError::NotShown { .. }) => {}
                result => return result,
            }
        }
        for tried in 1.. {
            tell(&one.member, Step::Sends);
            match self.send(one, journal)? {
                Sent::Taken => {
                    tell(&one.member, Step::Waits);
                    return self.wait(one);
                }
                Sent::Arrived => {
                    tell(&one.member, Step::Arrived);
                    return Ok(());
                }
                Sent::Refused(said) => {
                    let limit = limit(&said, SystemTime::now());
                    let patience = self.client.patience();
                    let Some(wait) = limit.and_then(|it| patience.limited(tried, it.asked)) else {
                        return Err(PublishError::NotTaken { spec, done, all, said });
                    };
                    tell(&one.member, Step::Limited(wait));
                    thread::sleep(wait);
                }
            }
        }
        Ok(())
    }

    /// Sends a member's archive once.
    fn send(&self, one: &Planned, journal: &mut Journal) -> Result<Sent, PublishError> {
        let spec = one.member.spec();
        journal.sends(&spec, &one.sha256)?;
        let ran = self.cargo.publish(&one.member, self.registry)?;
        if ran.is_success {
            return Ok(Sent::Taken);
        }
        // The answer of a registry that took it can be lost.
        match of(self.found(&one.member)?.as_ref(), &one.sha256) {
            There::Nothing => {
                // If it was taken all the same, the registry says so to who sends it again.
                journal.forgets(&spec)?;
                Ok(Sent::Refused(ran.told))
            }
            there => {
                check(&Planned { there, ..one.clone() })?;
                Ok(Sent::Arrived)
            }
        }
    }

    /// Waits until the index shows a member's version.
    fn wait(&self, one: &Planned) -> Result<(), PublishError> {
        let patience = self.client.patience();
        let begin = Instant::now();
        loop {
            match of(self.found(&one.member)?.as_ref(), &one.sha256) {
                There::Nothing if begin.elapsed() < patience.index => thread::sleep(patience.look),
                There::Nothing => {
                    let seconds = patience.index.as_secs();
                    return Err(PublishError::NotShown { spec: one.member.spec(), seconds });
                }
                there => return check(&Planned { there, ..one.clone() }),
            }
        }
    }

    fn found(&self, member: &Member) -> Result<Option<IndexVersion>, RegistryError> {
        self.client.version(&member.name, &member.version)
    }
}

/// What an entry of the index is beside what is packed here.
fn of(found: Option<&IndexVersion>, sha256: &str) -> There {
    match found {
        None => There::Nothing,
        Some(it) if it.checksum != sha256 => There::Other(it.checksum.clone()),
        Some(it) if it.is_yanked => There::Yanked,
        Some(_) => There::Same,
    }
}

/// That nothing else is there.
fn check(one: &Planned) -> Result<(), PublishError> {
    let spec = one.member.spec();
    match &one.there {
        There::Nothing | There::Same => Ok(()),
        There::Yanked => Err(PublishError::Yanked(spec)),
        There::Other(theirs) => {
            let (theirs, ours) = (theirs.clone(), one.sha256.clone());
            Err(PublishError::Other { spec, theirs, ours })
        }
    }
}
