//! Tells people of what failed, each once: [`blocks_failures::Run`] is what there is to tell.

mod agent;

pub use agent::{NoCertificates, agent};
