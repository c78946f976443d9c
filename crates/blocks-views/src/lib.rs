//! What Blocks shows of records and verdicts: badges, the status for programs, one report of
//! all tests, coverage as LCOV, and texts for terminals and Markdown.
//!
//! A view shows a red verdict as well as a green one, and never decides anything: none takes
//! for good what is not known. All views are functions of
//! verdicts and of what records and the history hold alone, so that the same records give the same bytes.

mod badge;
mod badges;
mod bisected;
mod branches;
mod catalogue;
mod causes;
mod closing;
mod color;
mod cost;
mod element;
mod escape;
mod export;
mod failure;
mod history;
mod html;
mod json;
mod junit;
mod label;
mod lcov;
mod markdown;
mod members;
mod number;
mod outcome;
mod performance;
mod plot;
mod report;
mod shared;
mod show;
mod site;
mod status;
mod status_page;
mod table;
mod template;
mod terminal;
mod text_width;
mod xml;

pub use badge::Badge;
pub use badges::{ConfiguredBadge, badge, badges_of};
pub use bisected::{
    BISECT_SCHEMA, Bisected, BisectedCommit, Skipped, bisected_json, bisected_text,
};
pub use branches::{BRANCHES_SCHEMA, BranchStatus, CommitStatus, OUTCOMES, branches_json};
pub use catalogue::catalogue_markdown;
pub use causes::{causes_text, verdict_text};
pub use closing::{Closing, closing_text};
pub use color::Color;
pub use cost::{Cost, cost_text};
pub use escape::escaped as markdown_text;
pub use export::{annotations, cobertura, ctrf, sarif};
pub use failure::{
    FailureReport, FailureStage, MAIL, TERMINAL, failure_html, failure_markdown, failure_text,
    failure_title,
};
pub use history::{HISTORY_SCHEMA, history_csv, history_json, history_table};
pub use junit::{Junit, junit};
pub use lcov::lcov;
pub use markdown::{COMMENT, STEP_SUMMARY, report_markdown};
pub use outcome::word as outcome_word;
pub use performance::{PERFORMANCE_SCHEMA, performance_json, performance_table};
pub use plot::{MOST_PANELS, history_svg};
pub use report::{REPORT_SCHEMA, Report, report_html, report_json};
pub use show::{ShownRecord, ShownTest, find_tests, record_text, test_text};
pub use site::{
    CrateName, Documented, MemberKind, SITE_SCHEMA, Site, SiteMember, SiteVersion, VersionKind,
    VersionName, VersionPage, crate_moved_html, latest_html, not_found_html, overview_html,
    version_html, versions_json,
};
pub use status::{Origin, STATUS_SCHEMA, Versions, status_json};
pub use status_page::{StatusPage, status_html};
pub use table::table;
