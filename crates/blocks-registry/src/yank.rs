//! How a release that should not have been is taken back: commands for a person, of which nothing is run.

use crate::members::Member;

/// A version that is to be yanked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yank {
    /// `NAME@VERSION`.
    pub spec: String,
    /// What does it.
    pub command: String,
    /// The members of this workspace that need it, and stand before it.
    pub needed_by: Vec<String>,
}

/// In which order: each before what it needs, so that at no time a version can be chosen whose needs are gone.
///
/// `members` are in the order of publishing.
pub fn yank_plan(members: &[Member], registry: &str) -> Vec<Yank> {
    let of = |member: &Member| {
        let needs_it = |it: &&Member| it.needs.contains(&member.name);
        let needed_by = members.iter().rev().filter(needs_it).map(Member::spec).collect();
        let spec = member.spec();
        Yank { command: format!("cargo yank --registry {registry} {spec}"), spec, needed_by }
    };
    members.iter().rev().map(of).collect()
}
