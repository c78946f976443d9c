//! The program itself, run as users run it, on small workspaces without dependencies.

mod advisories;
mod affected;
mod baseline;
mod bench;
mod bisect;
mod check;
mod config;
mod deps;
mod docs_api;
mod docs_examples;
mod docs_readme;
mod evidence;
mod faults;
mod fix;
mod github;
mod history;
mod hooks;
mod hostile;
mod init;
mod interruption;
mod lcov;
mod mutants;
mod nix_format;
mod nix_lint;
mod notify;
mod own;
mod packages;
mod release;

#[path = "../../../blocks-registry/tests/registry/server.rs"]
mod registry;
mod release_assets;
mod release_publish;
mod report;
mod sandbox;
mod sbom;
mod semver;
mod show;
mod spelling;
mod times;
mod today;
mod toml_format;
mod units;
mod verify_performance;
mod words;
mod workflows;
