//! The two configuration files of Blocks: strict readers, defaults and schemas.
//!
//! `.github/pipeline-config.yml` is a [`PipelineConfig`], `.github/notify-config.yml` a
//! [`NotifyConfig`]. Both are optional, and so is every key: what is not written has the default.
//! What *is* written must be understood to the letter. An unknown key, a wrong type or a value out of
//! range is a [`ConfigError`], which shows the line and says what to do: a threshold with a typing
//! error in its name would otherwise pass for one that holds.
//!
//! # The YAML that is read
//! One UTF-8 document of at most [`MAX_BYTES`], block or flow style, comments anywhere. An empty
//! document means the defaults. Anchors, aliases, merge keys and tags are errors: they make a file of
//! forty lines harder to read, for people and for the second reader of these files (the one in Nix,
//! which cannot run a program). For the same reason truth values are `true` and `false` only, and
//! numbers are plain decimal digits without quotes.
//!
//! # Where a value comes from
//! [`Loaded`] keeps the text beside the configuration, so that [`Loaded::effective`] names the line
//! that set a value, and [`Loaded::check_stages`] and [`Loaded::check_members`] show the line of a name
//! that is unknown.

mod badge;
mod bounded;
mod branch;
mod cache;
mod check;
mod choice;
mod ci;
mod contact;
mod date;
mod error;
mod example;
mod feature;
mod key;
mod limit;
mod loaded;
mod members;
mod notify;
mod path;
mod percent;
mod pipeline;
mod places;
mod problem;
mod quarantine;
mod read;
mod release;
mod stages;
mod suggest;
mod text;

#[cfg(test)]
mod schema_tests;

pub use badge::{Badge, BadgeName, BadgePath};
pub use bounded::{Bounded, OutOfRange};
pub use branch::BranchName;
pub use cache::{Cache, PublicKey, Store, StoreAddress};
pub use ci::{Ci, CiEngine, Cron, GitAddress, PlainBranch, System, Workflow};
pub use contact::{BaseUrl, HostName, Label, MailAddress, RepositoryName};
pub use date::{Date, DateError};
pub use error::{ConfigError, Place};
pub use example::{ExampleName, Examples};
pub use feature::FeatureName;
pub use key::{Key, Kind, keys};
pub use limit::{BenchmarkLimit, BenchmarkMeasure, BenchmarkName};
pub use loaded::{ConfigFile, Effective, Loaded, Origin};
pub use members::{MemberSettings, MembersPerBuild};
pub use notify::{
    Channel, Email, Encryption, Event, Issues, Notifications, NotifyConfig, Owners, Webhook,
    WebhookFormat,
};
pub use path::InsidePath;
pub use percent::{Percent, PercentError, PercentUpTo, Regression};
pub use pipeline::{Docs, Performance, PipelineConfig, Resources, Test, Verify};
pub use quarantine::{Issue, Quarantined, TestName};
pub use read::MAX_BYTES;
pub use release::{
    Changelog, ChangelogCommits, GroupName, PlainName, Release, TagPattern, Versions,
};
pub use stages::{StageLayer, StageSet, StageSettings};
pub use suggest::closest;
