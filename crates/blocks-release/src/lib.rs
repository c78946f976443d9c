//! Plans of releases: which members get which version, why, and what that changes in files.
//!
//! A plan is a function of what is [`Project::read`] of manifests, of tags, of [`Logs`] of commits, and of what is known of
//! [`Interface`]s. It runs nothing and changes nothing: whoever calls it has git, and replaces the files.
//!
//! 1. [`Project::units`] tells which members share a version, and which of their releases was the last.
//! 2. [`Unit::bases`] says since which commits the logs have to be.
//! 3. [`Plan::of`] is the plan. Planned again after its changes are made, it is [`State::Prepared`] and changes nothing more.

mod changelog;
mod commit;
mod edits;
mod error;
mod form;
mod history;
mod manifest;
mod markdown;
mod outcome;
mod plan;
mod project;
#[cfg(test)]
mod schema_tests;
mod tag;
mod text;
mod version;

pub use changelog::{
    Entry, Links, Section, has_section, has_unreleased, section_text, with_section,
};
pub use commit::{Commit, Part, RawCommit};
pub use error::PlanError;
pub use form::plan_json;
pub use outcome::{Plan, State};
pub use plan::{Interface, Logs, Past, Planned, Reason, Unchanged};
pub use project::{CHANGELOG, Place, Policy, Project, Tells, Unit};
pub use tag::{Released, Tag, tag_of};
pub use text::plan_text;
pub use version::{Asked, Level, NextError, Pre, Standing, raised};
