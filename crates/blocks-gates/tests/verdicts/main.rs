//! Verdicts from records as the engines leave them, whole and damaged.

#![expect(clippy::unwrap_used, reason = "the helpers of a test stop it like the test itself does")]

mod advisories;
mod answers;
mod baseline;
mod codes;
mod counted;
mod crew;
mod damage;
mod dependencies;
mod doc_coverage;
mod evidence;
mod expected;
mod features;
mod fixture;
mod hints;
mod hostile;
mod identity;
mod instructions;
mod member_coverage;
mod members;
mod members_coverage;
mod members_refused;
mod memory;
mod migrations;
mod models;
mod msrv;
mod mutants;
mod nix_format;
mod nix_lint;
mod packages;
mod patch_coverage;
mod performance;
mod quarantine;
mod recorded_numbers;
mod recorded_tests;
mod sbom;
mod semver;
mod sizes;
mod spelling;
mod times;
mod toml_format;
mod unsafe_code;
mod unused_dependencies;
mod watched;
mod workflows;
