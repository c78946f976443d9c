//! The readers over what the tools left for small workspaces (`tests/samples`), and over damage.

#![expect(clippy::unwrap_used, reason = "the helpers of a test stop it like the test itself does")]

mod advisory_database;
mod book_links;
mod cargo_deny;
mod cargo_graph;
mod cargo_hack;
mod cargo_messages;
mod cargo_metadata;
mod cargo_mutants;
mod cargo_timings;
mod changelogs;
mod compiler_text;
mod criterion;
mod cyclonedx;
mod damage;
mod deadnix_json;
mod doc_coverage;
mod examples;
mod file_list;
mod file_sizes;
mod gungraun;
mod junit;
mod lcov;
mod libtest_text;
mod llvm_cov;
mod machete_text;
mod nixfmt_runs;
mod releases;
mod rustfmt_diff;
mod semver_text;
mod sources;
mod times;
mod toml_format;
mod typos_json;
mod zizmor_json;
