//! What is told, to whom and how often: with servers of this machine, and mails that are read back.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod compose;
mod fixture;
mod full;
mod kill;
mod server;
mod smtp;
mod state;
mod webhook;
mod week;
