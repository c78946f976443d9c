//! The API documentation of a workspace's versions as a site of static pages, which are put around those of rustdoc.
//!
//! All addresses are relative, so that the site can lie in any folder of any server; no page asks another host for anything,
//! and each can be read without its script.

mod changes;
mod frame;
mod model;
mod moved;
mod overview;
#[cfg(test)]
mod schema_tests;
mod version;

use crate::json::pretty;
pub use model::{
    CrateName, Documented, MemberKind, SITE_SCHEMA, Site, SiteMember, SiteVersion, VersionKind,
    VersionName,
};
pub use moved::{crate_moved_html, latest_html, not_found_html};
pub use overview::overview_html;
pub use version::{VersionPage, version_html};

/// What the page of a folder is called.
pub(crate) const INDEX: &str = "index.html";

/// `versions.json`: all that the site holds, for programs.
pub fn versions_json(site: &Site) -> String {
    pretty(site)
}
