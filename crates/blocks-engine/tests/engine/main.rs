//! The engines, run on small workspaces.

mod bench;
mod changes;
mod changes_shared;
mod checkout;
mod closures;
mod database;
mod desk;
mod examples;
mod host;
mod line;
mod measure;
mod nix;
mod nix_again;
mod nix_baseline;
mod nix_units;
mod promises;
mod results;
mod tools;
mod workspace;
