//! A registry on loopback, real cargo that publishes to it, and what is made of it.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod client;
mod confirm;
mod order;
mod publish;
mod server;
mod workspace;
