//! Issues on a server that keeps them.

#![expect(clippy::unwrap_used, reason = "these are tests, their helpers included")]

mod crash;
mod life;
mod refused;
mod runs;
mod server;
mod week;
