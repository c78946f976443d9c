//! How Blocks asks servers over HTTP: one agent for all that tell something, or fetch something.

mod agent;

pub use agent::{NoCertificates, agent, following};
