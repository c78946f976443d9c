//! The program itself, run as users run it, on small workspaces without dependencies.

mod advisories;
mod affected;
mod baseline;
mod bench;
mod check;
mod config;
mod deps;
mod evidence;
mod faults;
mod hostile;
mod interruption;
mod mutants;
mod nix_format;
mod nix_lint;
mod own;
mod sandbox;
mod sbom;
mod semver;
mod spelling;
mod times;
mod today;
mod toml_format;
mod units;
mod verify_performance;
mod words;
mod workflows;
