//! The engines, run on small workspaces.

mod bench;
mod host;
mod nix;
mod tools;
mod workspace;
